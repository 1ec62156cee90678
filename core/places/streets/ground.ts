import type { H3Cell } from "#core/geo/cell.ts";
import { createCellWalk } from "#core/places/streets/cells-crossed.ts";
import type { StreetGraph } from "#core/places/streets/graph.ts";
import type { StreetMode } from "#core/places/streets/line.ts";
import { type ModeNetwork, modeNetwork } from "#core/places/streets/mode-network.ts";
import type { ArcCost } from "#core/places/streets/search.ts";
import { lineOfStretch, type Stretch } from "#core/places/streets/slice.ts";
import type { StreetSpeeds } from "#core/places/streets/speeds.ts";

/** Whether no part of a way may lie in a cell of the event resolution. */
export type Avoid = (cell: H3Cell) => boolean;

/** Where one mode may go, less what is avoided. */
export interface Ground {
  readonly network: ModeNetwork;
  /** Seconds of a whole segment; Infinity where the mode may not go or its line meets an avoided cell. */
  readonly arcCost: ArcCost;
  readonly isOpen: (stretch: Stretch) => boolean;
}

export interface Grounds {
  readonly of: (mode: StreetMode, avoid?: Avoid) => Ground;
  /** The cells that a stretch has ground in common with, in its order. */
  readonly cellsOf: (stretch: Stretch) => readonly H3Cell[];
}

/** What a mode makes of the streets and the cells of a segment are worked out once, when they are first asked for. */
export function createGrounds(graph: StreetGraph, speeds: StreetSpeeds): Grounds {
  const networks = new Map<StreetMode, ModeNetwork>();
  const walk = createCellWalk();
  const known: (readonly H3Cell[] | undefined)[] = [];
  const wholeCells = (segment: number): readonly H3Cell[] => {
    const whole = { segment, start: 0, end: graph.metres[segment] ?? 0 };
    const cells = known[segment] ?? walk(lineOfStretch(graph, whole));
    known[segment] = cells;
    return cells;
  };
  const cellsOf = (stretch: Stretch): readonly H3Cell[] => {
    const { segment, start, end } = stretch;
    if (Math.abs(end - start) !== graph.metres[segment]) return walk(lineOfStretch(graph, stretch));
    return start > end ? wholeCells(segment).toReversed() : wholeCells(segment);
  };
  const networkOf = (mode: StreetMode): ModeNetwork => {
    const network = networks.get(mode) ?? modeNetwork(graph, speeds, mode);
    networks.set(mode, network);
    return network;
  };
  return {
    cellsOf,
    of: (mode, avoid) => {
      const network = networkOf(mode);
      const { seconds } = network;
      const free: ArcCost = (arc) => seconds[arc] as number;
      if (!avoid) return { network, arcCost: free, isOpen: () => true };
      // Each segment is judged once: 1 open, 2 closed.
      const judged = new Uint8Array(graph.segmentCount);
      const isClosed = (segment: number) => {
        if (judged[segment] === 0) judged[segment] = wholeCells(segment).some(avoid) ? 2 : 1;
        return judged[segment] === 2;
      };
      return {
        network,
        arcCost: (arc) => {
          const cost = free(arc);
          return cost < Infinity && isClosed(arc >> 1) ? Infinity : cost;
        },
        isOpen: (stretch) => !cellsOf(stretch).some(avoid),
      };
    },
  };
}
