import type { H3Cell } from "#core/geo/cell.ts";
import { halfHourOf, halfHoursOfDay } from "#core/patrols/arrival-times/half-hours.ts";
import {
  bestWeighedEntropy,
  countPermitted,
  countsByPlace,
  leastArrivals,
  mostWeighedEntropy,
  timesLog,
} from "#core/patrols/arrival-times/unpredictability.ts";
import type { VariationGround } from "#core/patrols/arrival-times/variation-ground.ts";
import type { Visit } from "#core/patrols/window.ts";

/** An arrival of the plan as the ledger knows it: its place, and the half-hour of the day. */
export interface ScoreMark {
  readonly place: Place;
  readonly halfHour: number;
}

interface Place {
  /** Arrivals by half-hour that stand whatever the plan is. */
  readonly before: Uint16Array;
  /** With those of the plan. */
  readonly counts: Uint16Array;
  arrivals: number;
  /** Of which the plan's own. */
  own: number;
  /** Sum of c ln c. */
  sum: number;
  /** Half-hours in which the plan could have an arrival there. */
  readonly open: readonly number[];
  /** Best weighed entropy by how many are the plan's own. */
  readonly best: number[];
}

/** The two sums over places, each weighed by its arrivals, that a score and the most it can be are made of. */
export interface ScoreSums {
  readonly score: number;
  readonly possible: number;
}

/** The score of a plan as its arrivals come and go (`arrivalScore`), beside the most that its visits could have. */
export interface ScoreLedger {
  readonly marksOf: (stops: readonly Visit[]) => readonly ScoreMark[];
  readonly add: (marks: readonly ScoreMark[]) => void;
  readonly drop: (marks: readonly ScoreMark[]) => void;
  readonly sums: () => ScoreSums;
  /** What arrivals at different places would add to the sums. */
  readonly addedBy: (marks: readonly ScoreMark[]) => ScoreSums;
  readonly figures: () => ScoreFigures;
}

export interface ScoreFigures {
  /** 0 to 1; null: too few visits to tell. */
  readonly score: number | null;
  /** What the score would be with each visit in the half-hour that serves it best, whatever else that breaks: an upper bound. */
  readonly possible: number | null;
}

/** The score as a share of what is possible, 0 to 1; 1 where nothing can be told. */
export function shareOf({ score, possible }: ScoreSums): number {
  return possible > 1e-9 ? score / possible : 1;
}

export function createScoreLedger(
  { standing, permitted, context }: Pick<VariationGround, "standing" | "permitted" | "context">,
  /** When a place can be arrived at. */
  openAt: (cell: H3Cell) => readonly number[],
): ScoreLedger {
  const { zone } = context;
  const before = countsByPlace(standing, zone);
  const halfHours = countPermitted(permitted, before.values());
  const places = new Map<H3Cell, Place>();
  let [score, possible, arrivals] = [0, 0, 0];
  const placeOf = (cell: H3Cell): Place => {
    const known = places.get(cell);
    if (known) return known;
    const counts = before.get(cell) ?? new Uint16Array(halfHoursOfDay);
    const place: Place = {
      before: counts,
      counts: Uint16Array.from(counts),
      arrivals: counts.reduce((sum, one) => sum + one, 0),
      own: 0,
      sum: counts.reduce((sum, one) => sum + timesLog(one), 0),
      open: openAt(cell),
      best: [],
    };
    places.set(cell, place);
    return place;
  };
  const mosts: number[] = [];
  const mostOf = (count: number) => {
    const most = mosts[count] ?? mostWeighedEntropy(count, halfHours);
    mosts[count] = most;
    return most;
  };
  /** What a place weighs in the sums with so many arrivals, of which `own` are the plan's. */
  const weighs = (place: Place, count: number, own: number, sum: number, sign: 1 | -1) => {
    if (own < 1 || count < leastArrivals) return;
    arrivals += sign * count;
    const most = mostOf(count);
    if (most <= 0) return;
    let best = place.best[own];
    if (best === undefined) {
      best = bestWeighedEntropy(place.before, own, place.open);
      place.best[own] = best;
    }
    score += (sign * count * (timesLog(count) - sum)) / most;
    possible += (sign * count * best) / most;
  };
  const sumWith = ({ counts, sum }: Place, halfHour: number, by: 1 | -1) => {
    const now = counts[halfHour] ?? 0;
    return sum + timesLog(now + by) - timesLog(now);
  };
  const move = ({ place, halfHour }: ScoreMark, by: 1 | -1) => {
    weighs(place, place.arrivals, place.own, place.sum, -1);
    place.sum = sumWith(place, halfHour, by);
    place.counts[halfHour] = (place.counts[halfHour] ?? 0) + by;
    place.arrivals += by;
    place.own += by;
    weighs(place, place.arrivals, place.own, place.sum, 1);
  };
  return {
    marksOf: (stops) =>
      stops.map(({ cell, arrive }) => ({
        place: placeOf(cell),
        halfHour: halfHourOf(zone, arrive),
      })),
    add: (marks) => {
      for (const mark of marks) move(mark, 1);
    },
    drop: (marks) => {
      for (const mark of marks) move(mark, -1);
    },
    sums: () => ({ score, possible }),
    addedBy: (marks) => {
      const before = { score, possible, arrivals };
      for (const { place, halfHour } of marks) {
        weighs(place, place.arrivals, place.own, place.sum, -1);
        weighs(place, place.arrivals + 1, place.own + 1, sumWith(place, halfHour, 1), 1);
      }
      const added = { score: score - before.score, possible: possible - before.possible };
      ({ score, possible, arrivals } = before);
      return added;
    },
    figures: () => ({
      score: arrivals > 0 ? score / arrivals : null,
      possible: arrivals > 0 ? possible / arrivals : null,
    }),
  };
}
