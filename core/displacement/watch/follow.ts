import { type AlertState, isOurs } from "#core/displacement/watch/acts.ts";
import type { WatchSettings } from "#core/displacement/watch/settings.ts";
import { cellCentre, type H3Cell, metresBetween, type Position } from "#core/geo/cell.ts";
import { addDays } from "#core/time/zone.ts";

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

/** A new alert, the one that it goes on as, or one that was handed over or closed and that it says nothing new of. */
export type Following =
  | { readonly is: "new" }
  | { readonly is: "same"; readonly id: number }
  | { readonly is: "decided"; readonly id: number };

/** Reports by which a cluster has to have grown to be another one than was handed over or closed. */
const growth = 1.5;
/** So many days after what was weighed then what goes on there is still the same. */
const quietDays = 7;

/**
 * Which alert a cluster is. Circles change from day to day as reports come in: it is the same where a cell
 * is, or where the middles lie no further apart than a circle reaches. One that somebody handed over or closed
 * stays as it was decided about: what comes after it is a new alert once all of it is more than a week later
 * than what was weighed then, or as soon as it has half as many reports again.
 */
export function followCluster(
  cluster: Extent,
  alerts: readonly FollowedAlert[],
  { radiusMetres }: Pick<WatchSettings, "radiusMetres">,
): Following {
  const there = alerts.filter((alert) => isSamePlace(cluster.cells, alert.cells, radiusMetres));
  const going = there.find(({ state }) => isOurs(state));
  if (going) return { is: "same", id: going.id };
  const weighed = there.find(
    ({ lastDay, observed }) =>
      cluster.firstDay <= addDays(lastDay, quietDays) && cluster.observed < observed * growth,
  );
  return weighed ? { is: "decided", id: weighed.id } : { is: "new" };
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
