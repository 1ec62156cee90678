import { hasValue } from "#client/api/resource.ts";
import { useFetched } from "#client/api/use-resource.ts";
import { loadOutcomes } from "#client/outcomes/outcomes-api.ts";
import { movedIntoDanger } from "#core/displacement/caveats.ts";
import type { AssessmentReply } from "#core/displacement/wire/displacement.ts";
import type { OutcomesReply } from "#core/outcomes/wire/outcomes.ts";
import { formatDateRange } from "#core/time/words.ts";

type Claims = Pick<
  AssessmentReply,
  "overall" | "treatedArea" | "rings" | "edges" | "phases" | "after"
>;

/** Beside a claimed fall: what moving people does, and what partners were told of harm on the same days. */
export function MovedPeople({ claims }: { readonly claims: Claims }) {
  return claimsFall(claims) ? <WhatItMayHide after={claims.after} /> : null;
}

/** Whether anything on the screen says that reports fell. */
function claimsFall({ overall, treatedArea, rings, edges, phases }: Claims): boolean {
  return [overall, treatedArea, rings, ...edges, ...phases].some(
    ({ verdict }) => verdict === "fall",
  );
}

function WhatItMayHide({ after: { from, to } }: Pick<Claims, "after">) {
  const { resource } = useFetched(`harm to partners, ${from} to ${to}`, (signal) =>
    loadOutcomes({ period: { from, to }, form: "exact" }, signal),
  );
  return (
    <section className="estimate__hidden" aria-label="What a fall may hide">
      <p>{movedIntoDanger}</p>
      {hasValue(resource) ? (
        <p className="quiet">
          {harmWords(resource.value)} ({formatDateRange(from, to)}.)
        </p>
      ) : null}
    </section>
  );
}

/** One figure, as partners gave it to police; nothing is said where they gave none. */
function harmWords({ figures, others }: OutcomesReply): string {
  const told = [...figures, ...others].find(
    ({ measure }) => measure === "harm_reported_to_partners",
  );
  const count = told?.count ?? null;
  return count === null
    ? "Outreach partners have given no total of harm reported to them for these days."
    : `Incidents of harm reported to outreach partners, as they told police: ${count}.`;
}
