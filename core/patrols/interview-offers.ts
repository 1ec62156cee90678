import type { Interval } from "#core/patrols/closed-time.ts";
import {
  coreStretches,
  holds,
  overlap,
  type Staffing,
  type UnitDuty,
} from "#core/patrols/staffing.ts";
import { clockText } from "#core/patrols/words.ts";
import { minuteMs, type Zone } from "#core/time/zone.ts";

/** Where an interview fits, as hours of a date. */
export interface InterviewOffer {
  readonly date: string;
  readonly unit: number;
  readonly hours: string;
}

const lengthMinutes = 60;
const stepMinutes = 30;
/** Enough to choose from, few enough to read. */
const offersPerDay = 3;

/**
 * An hour with a unit on duty and nothing else to do, outside the core hours: at most three a day and one
 * of a unit, those farthest from the core hours first, so that patrols lose the least.
 */
export function interviewOffers(
  zone: Zone,
  duties: readonly UnitDuty[],
  {
    coreHours,
    from,
    days,
  }: Pick<Staffing, "coreHours"> & { readonly from: string; readonly days: number },
): InterviewOffer[] {
  const core = coreStretches(zone, coreHours, { from, days });
  const found = new Map<string, { offer: InterviewOffer; away: number; at: number }[]>();
  for (const duty of duties) {
    const best = bestOf(duty, core);
    if (!best) continue;
    const end = best.at + lengthMinutes * minuteMs;
    const offer = {
      date: zone.dateOf(best.at),
      unit: duty.unit,
      hours: `${clockText(zone, best.at)}-${clockText(zone, end)}`,
    };
    const ofDay = found.get(offer.date) ?? [];
    if (!ofDay.some((one) => one.offer.unit === duty.unit)) ofDay.push({ offer, ...best });
    found.set(offer.date, ofDay);
  }
  return [...found]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, ofDay]) =>
      ofDay
        .sort((a, b) => b.away - a.away || a.at - b.at || a.offer.unit - b.offer.unit)
        .slice(0, offersPerDay)
        .map(({ offer }) => offer),
    );
}

/** The start in a duty's free time that lies farthest from the core hours; the first of several. */
function bestOf(
  duty: UnitDuty,
  core: readonly Interval[],
): { readonly at: number; readonly away: number } | null {
  let best: { at: number; away: number } | null = null;
  for (const free of duty.free) {
    for (let at = free.from; ; at += stepMinutes * minuteMs) {
      const block = { from: at, to: at + lengthMinutes * minuteMs };
      if (!holds(free, block)) break;
      if (core.some((stretch) => overlap(stretch, block))) continue;
      const away = Math.min(
        ...core.map(({ from, to }) => (to <= block.from ? block.from - to : from - block.to)),
      );
      if (best === null || away > best.away) best = { at, away };
    }
  }
  return best;
}
