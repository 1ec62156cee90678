import type { H3Cell } from "#core/geo/cell.ts";
import { onceBy } from "#core/once-for.ts";
import type { Candidate, CandidateContext } from "#core/patrols/candidates/candidate.ts";
import { areApart, localDay, weekOf } from "#core/patrols/ground/dose.ts";
import type { Visit } from "#core/patrols/ground/window.ts";
import { repeatLosses } from "#core/patrols/solve/rows.ts";

/** A window in the ledger's form: what is asked thousands of times is precomputed. */
export interface VisitEntry {
  readonly millionths: number;
  readonly stops: readonly EntryStop[];
}

interface EntryStop {
  readonly visit: Visit;
  readonly visits: Visit[];
  readonly day: Count;
  readonly week: Count;
  readonly whole: Count;
  readonly repeat: Repeat;
}

interface Count {
  count: number;
  readonly most: number;
}

interface Repeat {
  count: number;
  /** Loss of the next visit after so many, in millionths. */
  readonly lossAt: (count: number) => number;
}

export type VisitLedger = ReturnType<typeof createVisitLedger>;

/**
 * How a plan's windows constrain each other through the places visited: gaps, caps, and less for
 * each repeat. The rules of `planRows`, checked window by window instead of written down for every
 * possibility.
 */
export function createVisitLedger(context: CandidateContext) {
  const { zone, dose, settings, most } = context;
  const visitsOf = onceBy((_cell: H3Cell): Visit[] => []);
  const dayOf = onceBy(
    (_key: string, cell: H3Cell, day: number): Count => ({
      count: 0,
      most: settings.visitsPerDay - dose.usedOn(cell, day),
    }),
  );
  const weekCountOf = onceBy(
    (_key: string, cell: H3Cell, week: number): Count => ({
      count: 0,
      most: settings.visitsPerWeek - dose.usedInWeek(cell, week),
    }),
  );
  const wholeOf = onceBy(
    (cell: H3Cell): Count => ({ count: 0, most: most ? (most.get(cell) ?? 0) : Infinity }),
  );
  const repeatOf = onceBy(
    (_key: string, cell: H3Cell, { start, end }: Candidate["shift"]): Repeat => {
      const used = dose.usedOn(cell, localDay(zone, start));
      const lossOf = repeatLosses({ cell, from: start, to: end, used }, context);
      const free = used > 0 ? 0 : 1;
      return {
        count: 0,
        lossAt: (count) => (count < free ? 0 : Math.round(lossOf(count - free) * 1e6)),
      };
    },
  );
  let value = 0;
  const move = ({ millionths, stops }: VisitEntry, by: 1 | -1) => {
    value += by * millionths;
    for (const { visit, visits, day, week, whole, repeat } of stops) {
      day.count += by;
      week.count += by;
      whole.count += by;
      if (by === 1) visits.push(visit);
      else visits.splice(visits.indexOf(visit), 1);
      value -= by * repeat.lossAt(by === 1 ? repeat.count : repeat.count - 1);
      repeat.count += by;
    }
  };
  return {
    entryOf: ({ stops, shift, value: worth }: Candidate): VisitEntry => ({
      millionths: Math.round(worth * 1e6),
      stops: stops.map((visit): EntryStop => {
        const { cell, arrive } = visit;
        const day = localDay(zone, arrive);
        const week = weekOf(day);
        return {
          visit,
          visits: visitsOf(cell),
          day: dayOf(`${day} ${cell}`, cell, day),
          week: weekCountOf(`${week} ${cell}`, cell, week),
          whole: wholeOf(cell),
          repeat: repeatOf(`${shift.start} ${shift.end} ${cell}`, cell, shift),
        };
      }),
    }),
    fits: ({ stops }: VisitEntry): boolean => {
      for (const { visit, visits, day, week, whole } of stops) {
        if ([day, week, whole].some(({ count, most }) => count >= most)) return false;
        for (const other of visits) if (!areApart(other, visit, settings)) return false;
      }
      return true;
    },
    /** Marginal value of a window, in millionths. */
    worthOf: ({ millionths, stops }: VisitEntry): number => {
      let worth = millionths;
      for (const { repeat } of stops) worth -= repeat.lossAt(repeat.count);
      return worth;
    },
    take: (entry: VisitEntry): void => move(entry, 1),
    drop: (entry: VisitEntry): void => move(entry, -1),
    /** Model value of all placed windows, in whole millionths of a report. */
    millionths: () => value,
  };
}
