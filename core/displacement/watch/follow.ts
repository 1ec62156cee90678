import { type AlertState, isOurs } from "#core/displacement/watch/acts.ts";
import { watchSettings } from "#core/displacement/watch/settings.ts";
import { type H3Cell, metresBetween, middleOfCells } from "#core/geo/cell.ts";
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

/** A new alert, the one it continues, or a decided one that it adds nothing to. */
export type Following =
  | { readonly is: "new" }
  | { readonly is: "same"; readonly id: number }
  | { readonly is: "decided"; readonly id: number };

/** Growth in reports that makes a cluster new after a handover or a closing. */
const growth = 1.5;
/** Days after that decision within which the same activity is still the same. */
const quietDays = 7;

/**
 * Matches a cluster to its alert. Circles change daily: it is the same alert if a cell is shared,
 * or the centres are within a circle's radius. An alert handed over or closed stays as decided: a
 * later cluster is a new alert once all of it is more than a week later than what was weighed then,
 * or once it has half as many reports again.
 */
export function followCluster(cluster: Extent, alerts: readonly FollowedAlert[]): Following {
  const there = alerts.filter((alert) => isSamePlace(cluster.cells, alert.cells));
  const going = there.find(({ state }) => isOurs(state));
  if (going) return { is: "same", id: going.id };
  const weighed = there.find(
    ({ lastDay, observed }) =>
      cluster.firstDay <= addDays(lastDay, quietDays) && cluster.observed < observed * growth,
  );
  return weighed ? { is: "decided", id: weighed.id } : { is: "new" };
}

function isSamePlace(some: readonly H3Cell[], others: readonly H3Cell[]) {
  const held = new Set(others);
  if (some.some((cell) => held.has(cell))) return true;
  return metresBetween(middleOfCells(some), middleOfCells(others)) <= watchSettings.radiusMetres;
}
