import type { EventSource } from "#core/records/event.ts";
import { kindName } from "#core/records/kinds.ts";
import {
  daysSince,
  type Finding,
  missingMonths,
  sharesOf,
} from "#core/records/quality/findings.ts";
import type { QualityGroup } from "#core/records/wire/quality.ts";
import { formatQuantity } from "#core/text/numbers.ts";
import { formatDate, formatMonth } from "#core/time/words.ts";

const sourceWords: Readonly<Record<EventSource, string>> = {
  resident: "residents",
  partner: "partners",
  police: "police",
};

/** "Complaints by residents" */
export function groupName({ kind, source }: Pick<QualityGroup, "kind" | "source">): string {
  return `${kindName(kind)} by ${sourceWords[source]}`;
}

export interface QualityMeasure {
  readonly finding: Finding;
  readonly label: string;
  readonly value: string;
  readonly effect: string;
}

const notCounted = "not counted";

export function measuresOf(group: QualityGroup, asAt: string): QualityMeasure[] {
  const shares = sharesOf(group);
  const missing = missingMonths(group);
  const share = (value: number | null) => (value === null ? notCounted : percent(value));
  return [
    {
      finding: "stale",
      label: "Last event",
      value: `${formatDate(group.last)}, ${formatQuantity(daysSince(group, asAt), "day")} before the as-at date`,
      effect: "After the last event every map and trend falls to nothing, whatever happened.",
    },
    {
      finding: "gap",
      label: "Months without any",
      value: missing.length === 0 ? "none" : monthList(missing),
      effect: "A month that never came in reads as a fall, and what follows it as a rise.",
    },
    {
      finding: "snapped",
      label: "On snapped points",
      value: share(shares.snapped),
      effect:
        "Reports moved to fixed points make their cells look busier and those beside them emptier.",
    },
    {
      finding: "repeated",
      label: "On repeated points",
      value: share(shares.repeated),
      effect:
        "Many reports at one point may be one caller, one address, or a station that stands for places that were not known.",
    },
    {
      finding: "midnight",
      label: "At exactly 00:00",
      value: shares.midnight === null ? "no exact times" : percent(shares.midnight),
      effect: "Times that were not known pile up at midnight, on the clock and in hour filters.",
    },
    {
      finding: "outside",
      label: "Outside the area",
      value: share(shares.outside),
      effect:
        "Rows more than 5 km outside the area were refused. A large share may mean wrong coordinates.",
    },
    {
      finding: "spans",
      label: "Uncertain time",
      value: `${percent(shares.overSixHours)} by over 6 hours, ${percent(shares.overDay)} by over a day, ${percent(shares.overMonth)} by about a month or more`,
      effect:
        "Uncertain reports are spread over their hours; those of more than a day join no hour filter.",
    },
  ];
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
