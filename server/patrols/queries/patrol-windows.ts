import { z } from "zod";
import { columnTypes } from "#core/contract/fields.ts";
import { cellToDecimal, type H3Cell, outlineOf } from "#core/geo/cell.ts";
import type { PlanDays } from "#core/patrols/arrival-times/trend.ts";
import { type Leg, windowCells } from "#core/patrols/ground/leg.ts";
import { tonightHours } from "#core/patrols/ground/settings.ts";
import type { Visit } from "#core/patrols/ground/window.ts";
import { windowReply } from "#core/patrols/wire/plan.ts";
import { hourMs, minuteMs } from "#core/time/zone.ts";
import type { Transaction } from "#server/db/database.ts";
import { columnsOf } from "#server/db/rows.ts";
import { assigned, insertAll, type Sql, sql } from "#server/db/sql.ts";
import { ownPlans } from "#server/patrols/queries/plans.ts";

/** Instants in epoch milliseconds. */
const windowRow = windowReply
  .pick({
    unit: true,
    status: true,
    locked: true,
    mode: true,
    purpose: true,
    expected: true,
    range: true,
    whyHere: true,
    whyNow: true,
    patrolPartner: true,
  })
  .extend({
    id: z.string(),
    planId: z.string(),
    /** Unique within its plan. */
    label: z.string(),
    zone: z.custom<H3Cell>().register(columnTypes, { type: "cell" }),
    start: z.number(),
    end: z.number(),
    shiftStart: z.number(),
    shiftEnd: z.number(),
    checkedAt: z.number(),
    checkedOk: z.boolean(),
    /** Of a patrol partner on foot. */
    kmh: z.number().nullable(),
    /** Lost, and replaced or not needed. */
    dismissed: z.boolean(),
    stops: z.custom<readonly Visit[]>(),
    /** Null where it was planned without streets. */
    legs: z.custom<readonly Leg[]>().nullish(),
  });
export type WindowRow = Readonly<z.infer<typeof windowRow>>;
export type NewWindow = Omit<WindowRow, "id" | "planId" | "status" | "dismissed" | "kmh">;

const ownColumns = columnsOf(
  windowRow.omit({ kmh: true, dismissed: true, stops: true, legs: true }),
  {
    of: "patrol_window",
    as: {
      starts_at: "start",
      ends_at: "end",
      expected_low: "range_low",
      expected_high: "range_high",
      shift_starts_at: "shift_start",
      shift_ends_at: "shift_end",
    },
  },
);

const columns = sql`${ownColumns},
  (select kmh from patrol_partner where code = patrol_window.patrol_partner) as kmh,
  (patrol_window.dismissed or exists (
    select from patrol_window as other
    where other.id = patrol_window.replaced_by and other.status in ('suggested', 'agreed')
  )) as dismissed,
  coalesce((
    select json_agg(
      json_build_object(
        'cell', to_hex(cell),
        'arrive', (extract(epoch from arrives_at) * 1000)::float8,
        'depart', (extract(epoch from departs_at) * 1000)::float8
      ) order by ordinal
    ) from patrol_stop where window_id = patrol_window.id
  ), '[]') as stops,
  (
    select json_agg(
      json_build_object(
        'line', st_asgeojson(line, 7)::json -> 'coordinates',
        'cells', (
          select json_agg(to_hex(entered.cell) order by entered.at)
          from unnest(cells) with ordinality as entered (cell, at)
        ),
        'metres', metres, 'seconds', seconds, 'words', words, 'attribution', attribution
      ) order by ordinal
    ) from patrol_leg where window_id = patrol_window.id
  ) as legs`;

/** By start and unit, so that their order tells nothing of what they were asked for. */
const windowsWhere = (tx: Transaction, condition: Sql) =>
  tx.rows(
    windowRow,
    sql`select ${columns} from patrol_window where ${condition}
      order by patrol_window.starts_at, patrol_window.unit, patrol_window.id`,
  );

export const windowsOfPlans = (tx: Transaction, planIds: readonly string[]) =>
  windowsWhere(tx, sql`plan_id = any(${planIds})`);

export const windowsById = (tx: Transaction, ids: readonly string[]) =>
  windowsWhere(tx, sql`id = any(${ids})`);

const suggestedTo = (person: string, span: PlanDays) => sql`status = 'suggested'
  and plan_id in (select id from patrol_plan where ${ownPlans(person, span)})`;

/** Locked windows of a person's own suggestions for these days: what a new one keeps. */
export const lockedWindows = (tx: Transaction, person: string, span: PlanDays) =>
  windowsWhere(tx, sql`locked and ${suggestedTo(person, span)}`);

/** Planned in [from, to): agreed, or agreed and cut while running. */
export const plannedWindows = (
  tx: Transaction,
  { from, to }: { readonly from: number; readonly to: number },
) =>
  windowsWhere(
    tx,
    sql`status in ('agreed', 'called_off') and starts_at < ${new Date(to)} and ends_at > ${new Date(from)}`,
  );

const whose = z.object({ patrolPartner: z.string().nullable() });

/** Whose patrols of tonight no longer stand, of these approved ones or of those closed since; null of police. */
export async function lostTonight(
  tx: Transaction,
  lost: readonly string[] | Date,
  now: number,
): Promise<readonly (string | null)[]> {
  const isLost =
    lost instanceof Date
      ? sql`status in ('withdrawn', 'unavailable', 'called_off') and closed_at > ${lost}`
      : sql`id = any(${lost}) and status <> 'agreed'`;
  const [just, late] = [new Date(now - 2 * minuteMs), new Date(now + tonightHours * hourMs)];
  const isTonight = sql`ends_at > ${just} and starts_at < ${late}`;
  const found = sql`select distinct patrol_partner from patrol_window where ${isLost} and ${isTonight}`;
  return (await tx.rows(whose, found)).map(({ patrolPartner }) => patrolPartner);
}

export async function insertWindows(
  tx: Transaction,
  planId: string,
  windows: readonly NewWindow[],
): Promise<void> {
  if (windows.length === 0) return;
  const rows = windows.map((window) => ({ planId, label: window.label, ...fieldsOf(window) }));
  const kept = await tx.rows(
    windowRow.pick({ id: true, label: true }),
    sql`${insertAll("patrol_window", rows)} returning id, label`,
  );
  const idOf = new Map(kept.map(({ id, label }) => [label, id]));
  await insertWays(
    tx,
    windows.map((window) => ({ ...window, id: idOf.get(window.label) ?? "" })),
  );
}

function fieldsOf(window: NewWindow) {
  const { unit, expected, range, whyHere, whyNow, checkedOk, locked, mode, purpose } = window;
  return {
    unit,
    expected,
    whyHere,
    whyNow,
    checkedOk,
    locked,
    mode,
    purpose,
    zone: cellToDecimal(window.zone),
    patrolPartner: window.patrolPartner,
    expectedLow: range?.low ?? null,
    expectedHigh: range?.high ?? null,
    startsAt: new Date(window.start),
    endsAt: new Date(window.end),
    shiftStartsAt: new Date(window.shiftStart),
    shiftEndsAt: new Date(window.shiftEnd),
    checkedAt: new Date(window.checkedAt),
  };
}

/** Old stops go first: at the new time they would be judged by the stop rule of an operation. */
export async function updateWindow(tx: Transaction, window: WindowRow): Promise<void> {
  await tx.run(sql`delete from patrol_stop where window_id = ${window.id}`);
  await tx.run(sql`update patrol_window set ${assigned(fieldsOf(window))} where id = ${window.id}`);
  await insertWays(tx, [window]);
}

async function insertWays(
  tx: Transaction,
  windows: readonly Pick<WindowRow, "id" | "stops" | "legs">[],
): Promise<void> {
  const stops = windows.flatMap(({ id: windowId, stops }) =>
    stops.map(({ cell, arrive, depart }, ordinal) => ({
      windowId,
      ordinal,
      cell: cellToDecimal(cell),
      arrivesAt: new Date(arrive),
      departsAt: new Date(depart),
    })),
  );
  if (stops.length > 0) await tx.run(insertAll("patrol_stop", stops));
  await insertLegs(tx, windows);
}

/** With the outline of its cells, so that the database checks that the line stays inside. */
export async function insertLegs(
  tx: Transaction,
  windows: readonly Pick<WindowRow, "id" | "legs">[],
): Promise<void> {
  const rows = windows.flatMap(({ id: windowId, legs }) =>
    (legs ?? []).map(({ line, cells, metres, seconds, words, attribution = null }, ordinal) => ({
      windowId,
      ordinal,
      metres,
      seconds,
      words,
      attribution,
      cells: cells.map(cellToDecimal),
      line: line && { type: "LineString", coordinates: line },
      ground: line && { type: "MultiPolygon", coordinates: outlineOf(cells) },
    })),
  );
  if (rows.length > 0) await tx.run(insertAll("patrol_leg", rows));
}

const among = (ids: readonly string[], status: string) =>
  sql`id = any(${ids}) and status = ${status}`;

export const setLocked = (tx: Transaction, id: string, locked: boolean) =>
  tx.run(sql`update patrol_window set locked = ${locked} where id = ${id}`);

export const setAgreed = (tx: Transaction, ids: readonly string[], checkedAt: number) =>
  tx.run(sql`update patrol_window
    set status = 'agreed', checked_at = ${new Date(checkedAt)}, checked_ok = true
    where ${among(ids, "suggested")}`);

export const setWithdrawn = (tx: Transaction, ids: readonly string[], at: number) =>
  tx.run(sql`update patrol_window set status = 'withdrawn', closed_at = ${new Date(at)}
    where id = any(${ids}) and status in ('suggested', 'agreed')`);

/** Suggested windows of the person's plans that share a day, in partly agreed plans. */
export const withdrawSuggested = (tx: Transaction, person: string, span: PlanDays, at: number) =>
  tx.run(sql`update patrol_window set status = 'withdrawn', closed_at = ${new Date(at)}
    where ${suggestedTo(person, span)}`);

/** Only agreed ones: withdrawn or lost windows do not return. */
export const setSuggested = (tx: Transaction, ids: readonly string[]) =>
  tx.run(sql`update patrol_window set status = 'suggested' where ${among(ids, "agreed")}`);

/** Only withdrawn ones, once found clear. */
export const setRestored = (tx: Transaction, ids: readonly string[], checkedAt: number) =>
  tx.run(sql`update patrol_window
    set status = 'suggested', closed_at = null, checked_at = ${new Date(checkedAt)}, checked_ok = true
    where ${among(ids, "withdrawn")}`);

export const setBlocked = (tx: Transaction, ids: readonly string[], checkedAt: number) =>
  tx.run(sql`update patrol_window set checked_at = ${new Date(checkedAt)}, checked_ok = false
    where ${among(ids, "suggested")}`);

/** Patrols occupy their routes for the whole window. */
export const occupy = (tx: Transaction, windows: readonly WindowRow[]) =>
  tx.through("keeper", (keeper) =>
    insertPatrolOccupancy(
      keeper,
      windows.map((window) => ({ ...window, cells: windowCells(window) })),
    ),
  );

/** Cells sorted, to avoid deadlocks between writers. */
export function insertPatrolOccupancy(
  tx: Transaction,
  windows: readonly (Pick<WindowRow, "id" | "start" | "end"> & {
    readonly cells: readonly H3Cell[];
  })[],
): Promise<void> {
  const rows = windows.flatMap(({ id, start, end, cells }) =>
    cells.map((cell) => ({
      cell: cellToDecimal(cell),
      window_id: id,
      starts_at: new Date(start),
      ends_at: new Date(end),
    })),
  );
  return tx.run(sql`insert into occupancy (cell, during, kind, window_id)
    select cell, tstzrange(starts_at, ends_at, '[)'), 'patrol', window_id
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as given (cell bigint, starts_at timestamptz, ends_at timestamptz, window_id bigint)
    order by cell, starts_at`);
}

export const deletePatrolOccupancy = (tx: Transaction, windowIds: readonly string[]) =>
  tx.run(sql`delete from occupancy where window_id = any(${windowIds})`);
