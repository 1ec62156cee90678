import type { H3Cell } from "#core/geo/cell.ts";
import type { PatrolMode } from "#core/patrols/wire/plan.ts";

export interface StreetTimes {
  /** Seconds from one place to another with nothing closed; Infinity where no streets lead there. */
  readonly between: (from: H3Cell, to: H3Cell, mode: PatrolMode) => number;
  /**
   * Seconds between the cells of one zone, row by row, by routes that avoid `closed`: Infinity
   * where every route is closed, NaN where the street network has none. `closed` as
   * `createSurroundings` gives it.
   */
  readonly walks: (
    cells: readonly H3Cell[],
    mode: PatrolMode,
    closed: readonly H3Cell[],
  ) => Float64Array;
}

export interface StreetNeeds {
  readonly places: readonly { readonly mode: PatrolMode; readonly cells: readonly H3Cell[] }[];
  readonly walks: readonly WalkNeed[];
}

export interface WalkNeed {
  readonly cells: readonly H3Cell[];
  readonly mode: PatrolMode;
  readonly closed: readonly H3Cell[];
}

/** Plain numbers, to pass to another thread. */
export interface StreetNumbers {
  readonly places: readonly {
    readonly mode: PatrolMode;
    readonly cells: readonly H3Cell[];
    /** Row by row. */
    readonly seconds: Float64Array;
  }[];
  readonly walks: readonly (WalkNeed & { readonly seconds: Float64Array })[];
}

/** Only for numbers that were asked for; any other request is a bug. */
export function streetTimesOf(numbers: StreetNumbers): StreetTimes {
  const tables = new Map(
    numbers.places.map(({ mode, cells, seconds }) => {
      const placeOf = new Map(cells.map((cell, place) => [cell, place] as const));
      return [mode, { placeOf, seconds, size: cells.length }] as const;
    }),
  );
  const walks = new Map(numbers.walks.map((walk) => [walkKey(walk), walk.seconds] as const));
  return {
    between: (from, to, mode) => {
      const table = tables.get(mode);
      const [row, column] = [table?.placeOf.get(from), table?.placeOf.get(to)];
      if (!table || row === undefined || column === undefined) {
        throw new RangeError(`Nobody asked for the way from ${from} to ${to} by ${mode}`);
      }
      return table.seconds[row * table.size + column] as number;
    },
    walks: (cells, mode, closed) => {
      const seconds = walks.get(walkKey({ cells, mode, closed }));
      if (!seconds) throw new RangeError(`Nobody asked for the walks around ${cells[0]}`);
      return seconds;
    },
  };
}

export function walkKey({ cells, mode, closed }: WalkNeed): string {
  return `${mode} ${cells.join()} ${closed.join()}`;
}
