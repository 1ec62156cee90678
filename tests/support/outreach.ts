import {
  cellToDecimal,
  type H3Cell,
  type Position,
  parentCell,
  zoneResolution,
} from "#core/geo/cell.ts";
import { type LatticePlace, snapToLattice } from "#core/protected-time/lattice.ts";
import type { SessionRule } from "#core/protected-time/session.ts";
import { createZone, parseLocal } from "#core/time/zone.ts";
import type { Transaction } from "#server/db/database.ts";
import { confirmCalendar } from "#server/protected-time/calendars.ts";
import { createPartner } from "#server/protected-time/partners.ts";
import { type SavedPlaceRow, savePlace } from "#server/protected-time/places.ts";

export const london = createZone("Europe/London");

/** Wall clock of London to an instant; the later one where it is doubled. */
export function at(local: string): number {
  return london.toInstant(parseLocal(local), "later");
}

/** A street corner that belongs to no service. */
export const corner: Position = [-0.06312, 51.61793];
/** In another cell of the lattice, so near that what is closed around both overlaps in a part. */
export const beside: Position = [corner[0] + 0.004, corner[1] + 0.001];

/** All that leaves a browser of a place around a point. */
export function circleAt(spot: Position, radiusM = 150, isWider = false): LatticePlace {
  return snapToLattice({ kind: "circle", at: spot, radiusM }, isWider);
}

export function weekly(firstDate: string, start: string, end: string): SessionRule {
  return { repeats: "weekly", everyWeeks: 1, firstDate, start, end, until: null };
}

export function single(firstDate: string, start: string, end: string): SessionRule {
  return { repeats: "once", everyWeeks: 1, firstDate, start, end, until: null };
}

/** A partner with a confirmed calendar and one saved place. */
export async function partnerWithPlace(
  tx: Transaction,
  given: {
    readonly name: string;
    readonly now: number;
    readonly spot?: LatticePlace;
  },
): Promise<{ partnerId: string; place: SavedPlaceRow }> {
  const { name, now, spot = circleAt(corner) } = given;
  const partner = await createPartner(tx, { name, now });
  const place = await savePlace(
    tx,
    { partnerId: partner.id, label: "Tuesday van", ...spot, now },
    null,
  );
  await confirmCalendar(tx, { zone: london, now }, { partnerId: partner.id });
  return { partnerId: partner.id, place };
}

/** An agreed window as the planner stores it: plan, window, stops and its occupancy rows. */
export async function agreedWindow(
  tx: Transaction,
  window: { readonly from: number; readonly to: number; readonly cells: readonly H3Cell[] },
): Promise<{ windowId: string; planId: string }> {
  const [plan] = await tx.query<{ id: string }>(
    `insert into patrol_plan (
       status, starts_on, day_count, unit_count, shifts, seed, as_at, expected_total, objective,
       bound, gap, greedy, seconds, stopped, created_at, created_by, agreed_at, agreed_by
     )
     values (
       'agreed', $1::timestamptz::date, 7, 1, '{14:00-22:00}', 1, $1::timestamptz::date, 1, 1,
       1, 0, 1, 0, 'optimal', $1::timestamptz, 'test', $1::timestamptz, 'test'
     )
     returning id::text as "id"`,
    [new Date(window.from)],
  );
  const planId = plan?.id ?? "";
  const zoneCell = parentCell(window.cells[0] as H3Cell, zoneResolution);
  const [stored] = await tx.query<{ id: string }>(
    `insert into patrol_window (
       plan_id, label, zone, unit, starts_at, ends_at, shift_starts_at, shift_ends_at, status,
       expected, why_here, why_now, checked_at, checked_ok
     )
     values (
       $1::bigint, 'W1', $2::bigint, 1, $3::timestamptz, $4::timestamptz, $3::timestamptz,
       $4::timestamptz, 'agreed', 1, 'reports', 'reports', $3::timestamptz, true
     )
     returning id::text as "id"`,
    [planId, cellToDecimal(zoneCell), new Date(window.from), new Date(window.to)],
  );
  const windowId = stored?.id ?? "";
  await insertPatrolRows(tx, windowId, window);
  return { windowId, planId };
}

export async function insertPatrolRows(
  tx: Transaction,
  windowId: string,
  window: { readonly from: number; readonly to: number; readonly cells: readonly H3Cell[] },
): Promise<void> {
  await tx.query(
    `insert into occupancy (cell, during, kind, window_id)
     select given.cell, tstzrange($2::timestamptz, $3::timestamptz, '[)'), 'patrol', $4::bigint
     from unnest($1::bigint[]) as given (cell)
     order by given.cell`,
    [window.cells.map(cellToDecimal), new Date(window.from), new Date(window.to), windowId],
  );
}
