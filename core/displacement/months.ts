import type { Span } from "#core/displacement/timeline.ts";
import { addDays, dayMs, parseLocalDate, type Zone } from "#core/time/zone.ts";

/** A calendar month, or the part of one that lies within a period. */
export interface MonthPart extends Span {
  /** `YYYY-MM` */
  readonly month: string;
  readonly from: string;
  /** Last day, inclusive. */
  readonly to: string;
  readonly days: number;
  readonly isWhole: boolean;
}

/** From the one date to the other, both included, cut at the ends of calendar months. */
export function monthParts(zone: Zone, first: string, last: string): MonthPart[] {
  const parts: MonthPart[] = [];
  for (let from = first; from <= last; ) {
    const month = from.slice(0, 7);
    const next = firstOfNext(month);
    const to = next > last ? last : addDays(next, -1);
    parts.push({
      month,
      from,
      to,
      days: (parseLocalDate(to) - parseLocalDate(from)) / dayMs + 1,
      isWhole: from === `${month}-01` && to === addDays(next, -1),
      startsAt: zone.startOfDate(from),
      endsAt: zone.startOfDate(addDays(to, 1)),
    });
    from = next;
  }
  return parts;
}

function firstOfNext(month: string): string {
  // 31 days after its first day a month is over, and the next one is not.
  return `${addDays(`${month}-01`, 31).slice(0, 7)}-01`;
}
