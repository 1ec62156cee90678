import type { H3Cell } from "#core/geo/cell.ts";
import type { Candidate } from "#core/patrols/candidates/candidate.ts";
import type { Crew } from "#core/patrols/duty/crew.ts";
import type { Travel } from "#core/patrols/walk/travel.ts";
import { minuteMs } from "#core/time/zone.ts";

export interface PlanOption {
  readonly candidate: Candidate;
  readonly crew: Crew;
}

/** Each candidate with each crew that is there throughout and arrives in time. */
export function planOptions(
  candidates: readonly Candidate[],
  crews: readonly Crew[],
  travel: Travel,
): PlanOption[] {
  return candidates.flatMap((candidate) =>
    crews
      .filter(
        (crew) =>
          crew.mode === candidate.mode &&
          crew.squad === candidate.squad &&
          crew.from <= candidate.start &&
          candidate.end <= crew.to &&
          crew.busy.every((window) =>
            travel.mayShare(window, candidate, crew.mode, crew.squad?.kmh),
          ),
      )
      .map((crew) => ({ candidate, crew })),
  );
}

/** `Travel` by option number: called millions of times. */
export interface Follow {
  readonly mayFollow: (before: number, next: number) => boolean;
  /** Longest way in milliseconds between any two options of one crew, rest included. */
  readonly longest: (options: readonly number[]) => number;
}

export function createFollow(options: readonly PlanOption[], travel: Travel): Follow {
  const cells: H3Cell[] = [];
  const placeOf = new Map<H3Cell, number>();
  const place = (cell: H3Cell) => {
    const known = placeOf.get(cell) ?? cells.push(cell) - 1;
    placeOf.set(cell, known);
    return known;
  };
  const firsts = Int32Array.from(options, ({ candidate: { stops, zone } }) =>
    place(stops[0]?.cell ?? zone),
  );
  const lasts = Int32Array.from(options, ({ candidate: { stops, zone } }) =>
    place(stops.at(-1)?.cell ?? zone),
  );
  const starts = Float64Array.from(options, ({ candidate }) => candidate.start);
  const ends = Float64Array.from(options, ({ candidate }) => candidate.end);
  const ways = new Map<string, WayTable>();
  const tables = options.map(({ crew: { mode, squad } }) => {
    const key = `${mode} ${squad?.kmh ?? ""}`;
    const known =
      ways.get(key) ??
      createWayTable(cells, (from, to) => travel.minutes(from, to, mode, squad?.kmh));
    ways.set(key, known);
    return known;
  });
  const restMs = travel.restMinutes * minuteMs;
  return {
    mayFollow: (before, next) => {
      const between = (starts[next] as number) - (ends[before] as number) - restMs;
      if (!(between >= 0)) return false;
      const minutes = tables[next]?.(lasts[before] as number, firsts[next] as number);
      return minutes !== undefined && minutes * minuteMs <= between;
    },
    longest: (given) => {
      const table = tables[given[0] ?? -1];
      if (!table) return restMs;
      const to = [...new Set(given.map((option) => firsts[option] as number))];
      let most = 0;
      for (const from of new Set(given.map((option) => lasts[option] as number))) {
        for (const next of to) most = Math.max(most, table(from, next));
      }
      return most * minuteMs + restMs;
    },
  };
}

/** Minutes between places, by place number. */
type WayTable = (from: number, to: number) => number;

function createWayTable(
  cells: readonly H3Cell[],
  minutesOf: (from: H3Cell, to: H3Cell) => number,
): WayTable {
  const rows: Float64Array[] = [];
  return (from, to) => {
    let row = rows[from];
    if (row === undefined) {
      row = new Float64Array(cells.length).fill(-1);
      rows[from] = row;
    }
    let minutes = row[to] as number;
    if (minutes < 0) {
      minutes = minutesOf(cells[from] as H3Cell, cells[to] as H3Cell);
      row[to] = minutes;
    }
    return minutes;
  };
}
