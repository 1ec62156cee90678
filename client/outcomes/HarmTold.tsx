import { ask } from "#client/api/ask.ts";
import { hasValue } from "#client/api/resource.ts";
import { useFetched } from "#client/api/use-resource.ts";
import { measures } from "#core/outcomes/measures.ts";
import type { Period } from "#core/outcomes/typed-tally.ts";
import { type OutcomesReply, outcomeCalls } from "#core/outcomes/wire/outcomes.ts";
import { formatDateRange } from "#core/time/words.ts";

/** Only where partners gave a total for exactly these days. Never on paper (SAFEGUARDS). */
export function HarmTold({ from, to }: Period) {
  const { resource } = useFetched(`harm to partners, ${from} to ${to}`, (signal) =>
    ask(outcomeCalls.read, { query: { from, to, form: "exact" } }, { signal }),
  );
  if (!hasValue(resource)) return null;
  return <p className="quiet no-print">{harmWords(resource.value, formatDateRange(from, to))}</p>;
}

function harmWords({ figures, others }: OutcomesReply, days: string): string {
  const told = [...figures, ...others].find(
    ({ measure }) => measure === "harm_reported_to_partners",
  );
  const count = told?.count ?? null;
  return count === null
    ? `No total of harm reported to outreach partners is entered for exactly these days, ${days}. Outcomes has those of other days.`
    : `Incidents of harm reported to outreach partners, ${days}, as they told police: ${count}. They count these themselves; “${measures.reports_by_women.label}” counts reports to police, and may count some again.`;
}
