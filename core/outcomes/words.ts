import type { Figure } from "#core/outcomes/figures.ts";
import type { Period } from "#core/outcomes/typed-tally.ts";
import type { ShareReply } from "#core/outcomes/wire/outcomes.ts";
import { formatDateRange } from "#core/time/words.ts";

/** "63", "about 65", "fewer than 10", or why there is none. */
export function figureWords({ count, why }: Figure, isExact: boolean): string {
  if (count !== null) return isExact ? String(count) : `about ${count}`;
  if (why === "withheld") return "fewer than 10, or withheld";
  if (why === "not_recorded_yet") return "records do not go back that far";
  if (why === "not_recorded_late") return "no records that late";
  return isExact ? "not entered for that period" : "not shared for that period";
}

/** "58%" */
export function percentWords(share: number): string {
  return `${Math.round(100 * share)}%`;
}

/** "58%"; "31% to 40%" where all that is known is a range. */
export function shareWords({ low, high }: ShareReply): string {
  const [from, to] = [percentWords(low), percentWords(high)];
  return from === to ? from : `${from} to ${to}`;
}

export function sourceWords(source: Figure["source"], period: Period): string {
  const days = formatDateRange(period.from, period.to);
  if (source === "counted") return `Counted from the records of ${days}.`;
  if (source === "typed") return `Manual total for ${days}.`;
  return `As released for ${days}: counted from records, or a manual total where records do not cover it.`;
}

export function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
