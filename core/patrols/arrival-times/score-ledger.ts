import type { H3Cell } from "#core/geo/cell.ts";
import { onceBy } from "#core/once-for.ts";
import {
  countPermitted,
  guessedVisits,
  guessRate,
  leastArrivals,
  leastGuessed,
  type Noted,
  noted,
  scoreOf,
  visitsByPlace,
} from "#core/patrols/arrival-times/unpredictability.ts";
import type { VariationGround } from "#core/patrols/arrival-times/variants.ts";
import type { Visit } from "#core/patrols/ground/window.ts";

export interface ScoreMark {
  readonly place: Place;
  readonly visit: Noted;
}

interface Place {
  /** Fixed visits and those of the plan, in order of time. */
  readonly visits: Noted[];
  /** How many are the plan's own. */
  own: number;
  guessed: number;
  /** The same with one more, by its slot: visits of a place are further apart. */
  readonly with: Map<number, number>;
  /** Fewest guessed of the fixed visits, whatever others are added. */
  readonly least: number;
}

/** Sums over places, weighted by arrivals, behind a score and its maximum. */
export interface ScoreSums {
  readonly score: number;
  /** No plan with these visits has more: what stood before is guessed whatever comes. */
  readonly possible: number;
}

/** Score as a share of the possible, 0 to 1; 1 with too few visits to tell. */
export function shareOf({ score, possible }: ScoreSums): number {
  return possible > 1e-9 ? score / possible : 1;
}

export type ScoreLedger = ReturnType<typeof createScoreLedger>;

/** A plan's `arrivalScore` as arrivals come and go, beside the maximum for its visits. */
export function createScoreLedger({
  standing,
  permitted,
  context: { zone },
}: Pick<VariationGround, "standing" | "permitted" | "context">) {
  const before = visitsByPlace(standing, zone);
  const halfHours = countPermitted(permitted, before.values());
  let [score, possible] = [0, 0];
  const placeOf = onceBy((cell: H3Cell): Place => {
    const visits = before.get(cell) ?? [];
    const [guessed, least] = [guessedVisits(visits), leastGuessed(visits)];
    return { visits, own: 0, guessed, with: new Map(), least };
  });
  const weighs = (least: number, own: number, count: number, guessed: number) => {
    if (own < 1 || count < leastArrivals) return { score: 0, possible: 0 };
    const weighed = (which: number) =>
      count * scoreOf(guessRate(which, count, halfHours), halfHours);
    return { score: weighed(guessed), possible: weighed(least) };
  };
  const insert = ({ visits }: Place, visit: Noted) => {
    const at = visits.findIndex(({ arrive }) => arrive > visit.arrive);
    visits.splice(at < 0 ? visits.length : at, 0, visit);
  };
  const remove = ({ visits }: Place, visit: Noted) => {
    visits.splice(visits.indexOf(visit), 1);
  };
  const guessedWith = (place: Place, visit: Noted) => {
    const known = place.with.get(visit.slot);
    if (known !== undefined) return known;
    insert(place, visit);
    const guessed = guessedVisits(place.visits);
    remove(place, visit);
    place.with.set(visit.slot, guessed);
    return guessed;
  };
  const count = (place: Place, sign: 1 | -1) => {
    const { least, visits, guessed } = place;
    const own = weighs(least, place.own, visits.length, guessed);
    score += sign * own.score;
    possible += sign * own.possible;
  };
  const move = ({ place, visit }: ScoreMark, by: 1 | -1) => {
    count(place, -1);
    if (by === 1) insert(place, visit);
    else remove(place, visit);
    place.own += by;
    place.guessed = guessedVisits(place.visits);
    place.with.clear();
    count(place, 1);
  };
  return {
    marksOf: (stops: readonly Visit[]): readonly ScoreMark[] =>
      stops.map(({ cell, arrive }) => ({ place: placeOf(cell), visit: noted(zone, arrive) })),
    add: (marks: readonly ScoreMark[]): void => {
      for (const mark of marks) move(mark, 1);
    },
    drop: (marks: readonly ScoreMark[]): void => {
      for (const mark of marks) move(mark, -1);
    },
    sums: (): ScoreSums => ({ score, possible }),
    addedBy: (marks: readonly ScoreMark[]): ScoreSums => {
      const added = { score: 0, possible: 0 };
      for (const { place, visit } of marks) {
        const { least, own, visits, guessed } = place;
        const without = weighs(least, own, visits.length, guessed);
        const more = weighs(least, own + 1, visits.length + 1, guessedWith(place, visit));
        added.score += more.score - without.score;
        added.possible += more.possible - without.possible;
      }
      return added;
    },
  };
}
