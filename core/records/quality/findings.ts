import { monthList, percent } from "#core/records/quality/words.ts";
import type { QualityGroup } from "#core/records/wire/quality.ts";
import { formatQuantity } from "#core/text/numbers.ts";
import { formatDate } from "#core/time/words.ts";
import { daysBetween } from "#core/time/zone.ts";

/** With fewer, no finding. */
const leastEvents = 20;
/** Days without an event that are never a finding; more where too few events tell of a rhythm. */
const quietDays = { usual: 3, few: 28 };

/** Ratio to another full hour that makes a spike. */
const spike = 3;

export function daysSince({ last }: Pick<QualityGroup, "last">, asAt: string): number {
  return Math.max(0, daysBetween(last, asAt));
}

/** No event for longer than this source was ever silent. */
export function isStale(group: QualityGroup, asAt: string): boolean {
  const least = group.events < leastEvents ? quietDays.few : quietDays.usual;
  return daysSince(group, asAt) > Math.max(least, group.longestSilence);
}

/** Months without an event, between the first and last, where at least one was expected. */
export function missingMonths({ months, events }: QualityGroup): string[] {
  const mean = events / Math.max(1, months.length);
  // A Poisson count of 3 is 0 one time in twenty.
  return mean < 3 ? [] : months.filter(({ count }) => count === 0).map(({ month }) => month);
}

/** Null where nothing was counted. */
export function sharesOf(group: QualityGroup) {
  const { points, files, events } = group;
  return {
    snapped: points && points.snapped / points.events,
    repeated: points && points.repeated / points.events,
    /** Of events with a time to the minute. */
    midnight: group.exact === 0 ? null : group.midnight / group.exact,
    outside: files && files.rows > 0 ? files.outside / files.rows : null,
    overSixHours: group.overSixHours / events,
    overDay: group.overDay / events,
    overMonth: group.overMonth / events,
  };
}

/** Far more events at 00:00 than at other full hours: a time that was not known, written as midnight. */
export function hasMidnightSpike({ exact, midnight, fullHour }: QualityGroup): boolean {
  if (exact < leastEvents || midnight < remarkable.midnight * exact) return false;
  return midnight > (spike * (fullHour - midnight)) / 23;
}

const remarkable = {
  /** From half on: snapped points, so cells beside them look emptier than they were. */
  snapped: 0.5,
  repeated: 0.5,
  outside: 0.2,
  overDay: 0.3,
  /** Of all timed events; a day has 1,440 minutes. */
  midnight: 0.02,
} as const;

interface FindingEntry {
  readonly label: string;
  readonly value: (group: QualityGroup, asAt: string) => string;
  /** What it does to maps and figures. */
  readonly effect: string;
  readonly isFound: (group: QualityGroup, asAt: string) => boolean;
}

const shareWords = (share: number | null) => (share === null ? "not counted" : percent(share));

/** At least so large a share, of enough of them. */
const isAt = (share: number | null, bound: number, of: number | undefined) =>
  of !== undefined && of >= leastEvents && share !== null && share >= bound;

const isSnapped = (group: QualityGroup) =>
  isAt(sharesOf(group).snapped, remarkable.snapped, group.points?.events);

const findings = {
  stale: {
    label: "Last event",
    value: (group, asAt) =>
      `${formatDate(group.last)}, ${formatQuantity(daysSince(group, asAt), "day")} before the as-at date; the longest silence before was ${formatQuantity(group.longestSilence, "day")}`,
    effect: "After the last event every map and trend falls to nothing, whatever happened.",
    isFound: isStale,
  },
  gap: {
    label: "Months without any",
    value: (group) => monthList(missingMonths(group)) || "none",
    effect: "A month that never came in reads as a fall, and what follows it as a rise.",
    isFound: (group) => missingMonths(group).length > 0,
  },
  snapped: {
    label: "On snapped points",
    value: (group) => shareWords(sharesOf(group).snapped),
    effect:
      "Reports moved to fixed points make their cells look busier and those beside them emptier.",
    isFound: isSnapped,
  },
  repeated: {
    label: "On repeated points",
    value: (group) => shareWords(sharesOf(group).repeated),
    effect:
      "Many reports at one point may be one caller, one address, or a station that stands for places that were not known.",
    isFound: (group) =>
      !isSnapped(group) &&
      isAt(sharesOf(group).repeated, remarkable.repeated, group.points?.events),
  },
  midnight: {
    label: "At exactly 00:00",
    value: (group) => {
      const share = sharesOf(group).midnight;
      return share === null ? "no exact times" : percent(share);
    },
    effect: "Times that were not known pile up at midnight, on the clock and in hour filters.",
    isFound: hasMidnightSpike,
  },
  outside: {
    label: "Outside the area",
    value: (group) => shareWords(sharesOf(group).outside),
    effect:
      "Rows more than 5 km outside the area were refused. A large share may mean wrong coordinates.",
    isFound: (group) => isAt(sharesOf(group).outside, remarkable.outside, group.files?.rows),
  },
  spans: {
    label: "Uncertain time",
    value: (group) => {
      const { overSixHours, overDay, overMonth } = sharesOf(group);
      return `${percent(overSixHours)} by over 6 hours, ${percent(overDay)} by over a day, ${percent(overMonth)} by about a month or more`;
    },
    effect:
      "Uncertain reports are spread over their hours; those of more than a day join no hour filter.",
    isFound: (group) => isAt(sharesOf(group).overDay, remarkable.overDay, group.events),
  },
} satisfies Readonly<Record<string, FindingEntry>>;
export type Finding = keyof typeof findings;
const entries = Object.entries(findings) as [Finding, FindingEntry][];

export function measuresOf(group: QualityGroup, asAt: string) {
  return entries.map(([finding, { label, value, effect }]) => {
    return { finding, label, value: value(group, asAt), effect };
  });
}

export function findingsOf(group: QualityGroup, asAt: string): ReadonlySet<Finding> {
  return new Set(
    entries.filter(([, { isFound }]) => isFound(group, asAt)).map(([finding]) => finding),
  );
}
