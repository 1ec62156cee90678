import type { EventSource } from "#core/records/event.ts";
import { kindName } from "#core/records/kinds.ts";
import type { QualityGroup } from "#core/records/wire/quality.ts";
import { formatMonth } from "#core/time/words.ts";

const sourceWords: Readonly<Record<EventSource, string>> = {
  resident: "residents",
  partner: "partners",
  police: "police",
};

/** "Complaints by residents" */
export function groupName({ kind, source }: Pick<QualityGroup, "kind" | "source">): string {
  return `${kindName(kind)} by ${sourceWords[source]}`;
}

/** "12%", "under 1%", "0%". */
export function percent(share: number): string {
  if (share > 0 && share < 0.005) return "under 1%";
  if (share < 1 && share > 0.995) return "over 99%";
  return `${Math.round(share * 100)}%`;
}

const listedMonths = 6;

/** "Mar 2021 and Apr 2021", or the first six and how many more. */
export function monthList(months: readonly string[]): string {
  const words = months.map(formatMonth);
  if (words.length > listedMonths) {
    return `${words.slice(0, listedMonths).join(", ")} and ${words.length - listedMonths} more months`;
  }
  return new Intl.ListFormat("en-GB").format(words);
}

export function unknownSentence(months: readonly string[]): string {
  const it = months.length === 1 ? "it" : "them";
  return `Most reports of ${monthList(months)} had no place, so they are on no map. Forecasts and displacement leave ${it} out.`;
}
