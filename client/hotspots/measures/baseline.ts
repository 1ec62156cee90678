import type { DateRange } from "#client/hotspots/measures/presets.ts";
import { cutToRecords } from "#core/hotspots/baseline.ts";
import { addDays, daysIn, isLocalDate } from "#core/time/zone.ts";

/** As many days before, the same weeks a year before, or chosen dates. */
export type Baseline = "before" | "year" | DateRange;

/** 52 weeks, so that weekdays match. */
const yearDays = 364;

/**
 * The baseline's dates, cut to those with records, as missing ones would read as a rise everywhere.
 * A fault if too little is left.
 */
export function baselineRange(
  range: DateRange,
  baseline: Baseline,
  within: DateRange,
): DateRange | { readonly fault: string } {
  const asked = askedRange(range, baseline);
  if (asked.from <= range.to && asked.to >= range.from) {
    return { fault: "The two periods overlap. Choose other dates." };
  }
  return cutToRecords(asked, within, daysIn(range)) ?? { fault: tooEarly };
}

const tooEarly = "No records that early. Choose a shorter period, or other dates to compare with.";

function askedRange({ from, to }: DateRange, baseline: Baseline): DateRange {
  if (typeof baseline === "object") return baseline;
  const days = daysIn({ from, to });
  const back = baseline === "before" ? days : yearDays * Math.ceil(days / yearDays);
  return { from: addDays(from, -back), to: addDays(to, -back) };
}

/** `year`, or `2021-01-01_2021-03-31`. */
export function formatBaseline(baseline: Baseline): string {
  return typeof baseline === "object" ? `${baseline.from}_${baseline.to}` : baseline;
}

export function parseBaseline(text: string): Baseline | null {
  if (text === "before" || text === "year") return text;
  const [from = "", to = "", ...rest] = text.split("_");
  const isRange = rest.length === 0 && isLocalDate(from) && isLocalDate(to) && from <= to;
  return isRange ? { from, to } : null;
}
