import { formatQuantity } from "#core/text/numbers.ts";
import { weekdayNames } from "#core/time/words.ts";

export interface SentenceInput {
  /** Counted events. */
  readonly total: number;
  readonly weeks: number;
  readonly hotCells: number;
  /** 168 weights by hour of week. */
  readonly clock: ArrayLike<number>;
  /** The hour filter, under which the busiest hours are looked for; every hour when null. */
  readonly hours: Uint8Array | null;
  /** "reports", or what the chosen kinds are called. */
  readonly noun: { readonly one: string; readonly many: string };
}

const blockHours = 4;

/** "214 reports in 8 weeks; 9 hotspots, most on Friday 22:00-02:00." */
export function describeHotspots(input: SentenceInput): string {
  const { total, noun, hotCells } = input;
  const period = describeWeeks(input.weeks);
  if (total === 0) return `No ${noun.many} in ${period}.`;
  const counted = `${formatQuantity(total, noun.one, noun.many)} in ${period}`;
  const places = hotCells === 0 ? "no hotspots" : formatQuantity(hotCells, "hotspot");
  const busiest = busiestBlock(input.clock, input.hours);
  return `${counted}; ${places}${busiest ? `, most on ${busiest}` : ""}.`;
}

/** "8 weeks", "2.5 weeks", "3 days". */
export function describeWeeks(weeks: number): string {
  if (weeks < 1) {
    const days = Math.max(1, Math.round(weeks * 7));
    return `${days} ${days === 1 ? "day" : "days"}`;
  }
  const rounded = Math.round(weeks * 10) / 10;
  return `${rounded} ${rounded === 1 ? "week" : "weeks"}`;
}

/**
 * The four hours in a row, beginning on an even hour, with the most weight, cut to the hours of the
 * filter; null when there is no weight.
 */
export function busiestBlock(
  clock: ArrayLike<number>,
  hours: Uint8Array | null = null,
): string | null {
  const isIn = (hour: number) => hours === null || hours[hour % clock.length] === 1;
  let best = -1;
  let most = 0;
  for (let start = 0; start < clock.length; start += 2) {
    let sum = 0;
    for (let hour = start; hour < start + blockHours; hour += 1) {
      if (isIn(hour)) sum += clock[hour % clock.length] as number;
    }
    if (sum > most + 1e-9) {
      most = sum;
      best = start;
    }
  }
  if (best < 0) return null;
  let from = best;
  let to = best + blockHours;
  while (!isIn(from)) from += 1;
  while (!isIn(to - 1)) to -= 1;
  return `${weekdayNames[Math.floor(from / 24) % 7] ?? ""} ${clockTime(from)}-${clockTime(to)}`;
}

function clockTime(hour: number): string {
  return `${String(hour % 24).padStart(2, "0")}:00`;
}
