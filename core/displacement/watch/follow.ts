import type { WatchSettings } from "#core/displacement/watch/settings.ts";
import { cellCentre, type H3Cell, metresBetween, type Position } from "#core/geo/cell.ts";

export const alertStates = ["open", "acknowledged", "handed_over", "closed"] as const;
export type AlertState = (typeof alertStates)[number];

interface Extent {
  readonly cells: readonly H3Cell[];
  /** London dates. */
  readonly firstDay: string;
  readonly lastDay: string;
  readonly observed: number;
}

export interface FollowedAlert extends Extent {
  readonly id: number;
  readonly state: AlertState;
}

/** A new alert, the one that it goes on as, or one that was closed and that it does not open again. */
export type Following =
  | { readonly is: "new" }
  | { readonly is: "same"; readonly id: number }
  | { readonly is: "closed"; readonly id: number };

/** Reports by which a closed cluster has to have grown to be another one. */
const growth = 1.5;

/**
 * Which alert a cluster is. Circles change from day to day as reports come in: it is the same where a cell
 * is, or where the middles lie no further apart than a circle reaches. An alert that somebody closed stays
 * closed for the reports that were weighed then: it is new when all of it is later, or when it has half as
 * many reports again.
 */
export function followCluster(
  cluster: Extent,
  alerts: readonly FollowedAlert[],
  { radiusMetres }: Pick<WatchSettings, "radiusMetres">,
): Following {
  const there = alerts.filter((alert) => isSamePlace(cluster.cells, alert.cells, radiusMetres));
  const going = there.find(({ state }) => state !== "closed");
  if (going) return { is: "same", id: going.id };
  const weighed = there.find(
    ({ lastDay, observed }) => cluster.firstDay <= lastDay && cluster.observed < observed * growth,
  );
  return weighed ? { is: "closed", id: weighed.id } : { is: "new" };
}

function isSamePlace(
  some: readonly H3Cell[],
  others: readonly H3Cell[],
  radiusMetres: number,
): boolean {
  const held = new Set(others);
  if (some.some((cell) => held.has(cell))) return true;
  return metresBetween(middleOf(some), middleOf(others)) <= radiusMetres;
}

function middleOf(cells: readonly H3Cell[]): Position {
  let [lng, lat] = [0, 0];
  for (const [x, y] of cells.map(cellCentre)) {
    lng += x / cells.length;
    lat += y / cells.length;
  }
  return [lng, lat];
}
