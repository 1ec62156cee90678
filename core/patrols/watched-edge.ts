import { disk, type H3Cell } from "#core/geo/cell.ts";
import type { EdgeCells } from "#core/patrols/plan.ts";
import type { EdgeZone } from "#core/places/edge-zone.ts";
import { dateName } from "#core/time/words.ts";

/** An alert in an edge zone that still goes on and that nobody has handed over. */
export interface EdgeAlert {
  readonly neighbour: string;
  readonly cells: readonly H3Cell[];
  /** London date on which it was raised. */
  readonly since: string;
}

/** About 260 m around a cell with reports. */
const ringsAround = 2;

/**
 * Edges to be looked at: those that an assessment says reports rose in, whole, and those with an alert, of
 * which the cells around it. Of the command's own cells alone; where an alert lies beyond the line altogether,
 * the own side of that edge.
 */
export function watchedEdgeCells(input: {
  readonly edgeZones: readonly EdgeZone[];
  /** Neighbours beside whom reports rose. */
  readonly risen: ReadonlySet<string>;
  readonly alerts: readonly EdgeAlert[];
  readonly isOwn: (cell: H3Cell) => boolean;
}): EdgeCells[] {
  const { edgeZones, risen, alerts, isOwn } = input;
  return edgeZones.flatMap((edge): EdgeCells[] => {
    const { neighbour, inner, outer, isInternal } = edge;
    const own = (isInternal ? [...inner, ...outer] : inner).filter(isOwn);
    const here = alerts.filter((alert) => alert.neighbour === neighbour);
    const name = { neighbour, isInternal };
    if (here.length > 0) {
      const near = new Set(
        here.flatMap(({ cells }) => cells.flatMap((cell) => disk(cell, ringsAround))),
      );
      const around = own.filter((cell) => near.has(cell));
      const [since = null] = here.map((alert) => alert.since).sort();
      return [{ ...name, cells: around.length > 0 ? around : own, since }];
    }
    return risen.has(neighbour) ? [{ ...name, cells: own, since: null }] : [];
  });
}

/** Why a window lies in a watched edge; `stops` are its cells. */
export function watchReason(stops: readonly H3Cell[], edges: readonly EdgeCells[]): string {
  const edge = edges.find(({ cells }) => stops.some((stop) => cells.includes(stop)));
  if (!edge || edge.since === null) {
    return "Reports rose beside this boundary after an operation. Check whether the problem moved here.";
  }
  const line = edge.isInternal
    ? `the ${edge.neighbour} boundary`
    : `boundary with ${edge.neighbour}`;
  return `Watch stop: ${line} under alert since ${dateName(edge.since).slice(0, -5)}. Check whether the problem moved here.`;
}
