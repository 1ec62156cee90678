import { cellToDecimal, type H3Cell } from "#core/geo/cell.ts";
import type { Interval } from "#core/patrols/forecast/interval.ts";
import type { Leg } from "#core/patrols/streets/leg.ts";
import type { PatrolWindow } from "#core/patrols/window.ts";
import type { PatrolMode, WindowPurpose, WindowStatus } from "#core/patrols/wire/plan.ts";
import type { Transaction } from "#server/db/database.ts";
import { insertLegs, legsOfWindow } from "#server/patrols/queries/patrol-legs.ts";

export interface NewWindow extends PatrolWindow {
  /** Unique within its plan. */
  readonly label: string;
  /** Kept by a new suggestion. */
  readonly locked: boolean;
  readonly mode: PatrolMode;
  readonly purpose: WindowPurpose;
  readonly shiftStart: number;
  readonly shiftEnd: number;
  readonly expected: number;
  /** Where that lies; null for windows from before it was told. */
  readonly range: Interval | null;
  readonly whyHere: string;
  readonly whyNow: string;
  readonly checkedAt: number;
  readonly checkedOk: boolean;
}

export interface WindowRow extends NewWindow {
  readonly id: string;
  readonly planId: string;
  readonly status: WindowStatus;
  /** Lost, and another one stands in its place or none is needed. */
  readonly dismissed: boolean;
}

export async function insertWindows(
  tx: Transaction,
  planId: string,
  windows: readonly NewWindow[],
): Promise<void> {
  const rows = await tx.query<{ id: string; label: string }>(
    `insert into patrol_window (
       plan_id, label, zone, unit, starts_at, ends_at, shift_starts_at, shift_ends_at,
       expected, expected_low, expected_high, why_here, why_now, checked_at, checked_ok,
       locked, mode, purpose
     )
     select $1::bigint, given.*
     from unnest(
       $2::text[], $3::bigint[], $4::int[], $5::timestamptz[], $6::timestamptz[],
       $7::timestamptz[], $8::timestamptz[], $9::float8[], $10::float8[], $11::float8[],
       $12::text[], $13::text[], $14::timestamptz[], $15::boolean[], $16::boolean[], $17::text[],
       $18::text[]
     ) as given
     returning id::text as "id", label as "label"`,
    [
      planId,
      windows.map((window) => window.label),
      windows.map((window) => cellToDecimal(window.zone)),
      windows.map((window) => window.unit),
      windows.map((window) => new Date(window.start)),
      windows.map((window) => new Date(window.end)),
      windows.map((window) => new Date(window.shiftStart)),
      windows.map((window) => new Date(window.shiftEnd)),
      windows.map((window) => window.expected),
      windows.map((window) => window.range?.low ?? null),
      windows.map((window) => window.range?.high ?? null),
      windows.map((window) => window.whyHere),
      windows.map((window) => window.whyNow),
      windows.map((window) => new Date(window.checkedAt)),
      windows.map((window) => window.checkedOk),
      windows.map((window) => window.locked),
      windows.map((window) => window.mode),
      windows.map((window) => window.purpose),
    ],
  );
  const idOf = new Map(rows.map((row) => [row.label, row.id] as const));
  const numbered = windows.map((window) => ({ ...window, id: idOf.get(window.label) ?? "" }));
  await insertStops(tx, numbered);
  await insertLegs(tx, numbered);
}

type Numbered = Pick<WindowRow, "id" | "stops" | "legs">;

async function insertStops(tx: Transaction, windows: readonly Numbered[]): Promise<void> {
  const stops = windows.flatMap(({ id, stops: own }) =>
    own.map((stop, ordinal) => ({ windowId: id, ordinal, ...stop })),
  );
  await tx.query(
    `insert into patrol_stop (window_id, ordinal, cell, arrives_at, departs_at)
     select given.*
     from unnest($1::bigint[], $2::int[], $3::bigint[], $4::timestamptz[], $5::timestamptz[])
       as given`,
    [
      stops.map((stop) => stop.windowId),
      stops.map((stop) => stop.ordinal),
      stops.map((stop) => cellToDecimal(stop.cell)),
      stops.map((stop) => new Date(stop.arrive)),
      stops.map((stop) => new Date(stop.depart)),
    ],
  );
}

const select = `
  select
    patrol_window.id::text as "id",
    patrol_window.plan_id::text as "planId",
    patrol_window.label as "label",
    to_hex(patrol_window.zone) as "zone",
    patrol_window.unit::int as "unit",
    (extract(epoch from patrol_window.starts_at) * 1000)::float8 as "start",
    (extract(epoch from patrol_window.ends_at) * 1000)::float8 as "end",
    (extract(epoch from patrol_window.shift_starts_at) * 1000)::float8 as "shiftStart",
    (extract(epoch from patrol_window.shift_ends_at) * 1000)::float8 as "shiftEnd",
    patrol_window.status as "status",
    patrol_window.locked as "locked",
    (patrol_window.dismissed or exists (
      select from patrol_window as other
      where other.id = patrol_window.replaced_by and other.status in ('suggested', 'agreed')
    )) as "dismissed",
    patrol_window.mode as "mode",
    patrol_window.purpose as "purpose",
    patrol_window.expected::float8 as "expected",
    case when patrol_window.expected_low is not null then json_build_object(
      'low', patrol_window.expected_low::float8,
      'high', patrol_window.expected_high::float8
    ) end as "range",
    patrol_window.why_here as "whyHere",
    patrol_window.why_now as "whyNow",
    (extract(epoch from patrol_window.checked_at) * 1000)::float8 as "checkedAt",
    patrol_window.checked_ok as "checkedOk",
    coalesce((
      select json_agg(
        json_build_object(
          'cell', to_hex(patrol_stop.cell),
          'arrive', (extract(epoch from patrol_stop.arrives_at) * 1000)::float8,
          'depart', (extract(epoch from patrol_stop.departs_at) * 1000)::float8
        )
        order by patrol_stop.ordinal
      )
      from patrol_stop
      where patrol_stop.window_id = patrol_window.id
    ), '[]') as "stops",
    ${legsOfWindow} as "legs"
  from patrol_window`;

/** As it is read: no ways are null. */
type ReadRow = Omit<WindowRow, "legs"> & { readonly legs: readonly Leg[] | null };

function windowOf({ legs, ...window }: ReadRow): WindowRow {
  return legs ? { ...window, legs } : window;
}

/** The windows of these plans, by start. */
export async function windowsOfPlans(
  tx: Transaction,
  planIds: readonly string[],
): Promise<WindowRow[]> {
  const rows = await tx.query<ReadRow>(
    `${select}
     where patrol_window.plan_id = any($1::bigint[])
     order by patrol_window.starts_at, patrol_window.unit, patrol_window.id`,
    [planIds],
  );
  return rows.map(windowOf);
}

/** By start and unit, so that their order tells nothing of what they were asked for. */
export async function windowsById(tx: Transaction, ids: readonly string[]): Promise<WindowRow[]> {
  const rows = await tx.query<ReadRow>(
    `${select}
     where patrol_window.id = any($1::bigint[])
     order by patrol_window.starts_at, patrol_window.unit, patrol_window.id`,
    [ids],
  );
  return rows.map(windowOf);
}

/** Locked windows of a person's own suggestions for these days: what a new one keeps. */
export async function lockedWindows(
  tx: Transaction,
  given: { readonly person: string; readonly from: string; readonly days: number },
): Promise<WindowRow[]> {
  const rows = await tx.query<ReadRow>(
    `${select}
     join patrol_plan on patrol_plan.id = patrol_window.plan_id
     where patrol_window.locked
       and patrol_window.status = 'suggested'
       and patrol_plan.created_by = $1::text
       and patrol_plan.starts_on < $2::date + $3::int
       and patrol_plan.starts_on + patrol_plan.day_count > $2::date
     order by patrol_window.starts_at, patrol_window.unit, patrol_window.id`,
    [given.person, given.from, given.days],
  );
  return rows.map(windowOf);
}

/** Kept by a new suggestion, or no longer. */
export async function setLocked(tx: Transaction, id: string, locked: boolean): Promise<void> {
  await tx.query("update patrol_window set locked = $2::boolean where id = $1::bigint", [
    id,
    locked,
  ]);
}

/** Windows that were really planned in [from, to): agreed, or agreed and cut while they ran. */
export async function plannedWindows(
  tx: Transaction,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<WindowRow[]> {
  const rows = await tx.query<ReadRow>(
    `${select}
     where patrol_window.status in ('agreed', 'called_off')
       and patrol_window.starts_at < $2::timestamptz
       and patrol_window.ends_at > $1::timestamptz
     order by patrol_window.starts_at, patrol_window.unit, patrol_window.id`,
    [new Date(from), new Date(to)],
  );
  return rows.map(windowOf);
}

export async function setAgreed(
  tx: Transaction,
  ids: readonly string[],
  checkedAt: number,
): Promise<void> {
  await tx.query(
    `update patrol_window
     set status = 'agreed', checked_at = $2::timestamptz, checked_ok = true
     where id = any($1::bigint[]) and status = 'suggested'`,
    [ids, new Date(checkedAt)],
  );
}

export async function setWithdrawn(
  tx: Transaction,
  ids: readonly string[],
  at: number,
): Promise<void> {
  await tx.query(
    `update patrol_window
     set status = 'withdrawn', closed_at = $2::timestamptz
     where id = any($1::bigint[]) and status in ('suggested', 'agreed')`,
    [ids, new Date(at)],
  );
}

/** What is only suggested in this person's plans that share a day with these: of plans that are agreed in part. */
export async function withdrawSuggested(
  tx: Transaction,
  given: { readonly person: string; readonly startsOn: string; readonly days: number },
  at: number,
): Promise<void> {
  await tx.query(
    `update patrol_window
     set status = 'withdrawn', closed_at = $4::timestamptz
     from patrol_plan
     where patrol_plan.id = patrol_window.plan_id
       and patrol_window.status = 'suggested'
       and patrol_plan.created_by = $1::text
       and patrol_plan.starts_on < $2::date + $3::int
       and patrol_plan.starts_on + patrol_plan.day_count > $2::date`,
    [given.person, given.startsOn, given.days, new Date(at)],
  );
}

/** Agreed ones alone: what was withdrawn or lost does not come back. */
export async function setSuggested(tx: Transaction, ids: readonly string[]): Promise<void> {
  await tx.query(
    `update patrol_window
     set status = 'suggested'
     where id = any($1::bigint[]) and status = 'agreed'`,
    [ids],
  );
}

/** Withdrawn ones alone: found clear, they are suggestions again. */
export async function setRestored(
  tx: Transaction,
  ids: readonly string[],
  checkedAt: number,
): Promise<void> {
  await tx.query(
    `update patrol_window
     set status = 'suggested', closed_at = null, checked_at = $2::timestamptz, checked_ok = true
     where id = any($1::bigint[]) and status = 'withdrawn'`,
    [ids, new Date(checkedAt)],
  );
}

/** What the last check of suggested windows said. */
export async function setChecked(
  tx: Transaction,
  ids: readonly string[],
  { at, ok }: { readonly at: number; readonly ok: boolean },
): Promise<void> {
  await tx.query(
    `update patrol_window
     set checked_at = $2::timestamptz, checked_ok = $3::boolean
     where id = any($1::bigint[]) and status = 'suggested'`,
    [ids, new Date(at), ok],
  );
}

/** Replaces everything that a change may touch. */
export async function updateWindow(tx: Transaction, window: WindowRow): Promise<void> {
  await tx.query(
    `update patrol_window
     set unit = $2::int,
         starts_at = $3::timestamptz,
         ends_at = $4::timestamptz,
         shift_starts_at = $5::timestamptz,
         shift_ends_at = $6::timestamptz,
         expected = $7::float8,
         why_here = $8::text,
         why_now = $9::text,
         checked_at = $10::timestamptz,
         checked_ok = $11::boolean,
         expected_low = $12::float8,
         expected_high = $13::float8,
         locked = $14::boolean,
         mode = $15::text
     where id = $1::bigint`,
    [
      window.id,
      window.unit,
      new Date(window.start),
      new Date(window.end),
      new Date(window.shiftStart),
      new Date(window.shiftEnd),
      window.expected,
      window.whyHere,
      window.whyNow,
      new Date(window.checkedAt),
      window.checkedOk,
      window.range?.low ?? null,
      window.range?.high ?? null,
      window.locked,
      window.mode,
    ],
  );
  await tx.query("delete from patrol_stop where window_id = $1::bigint", [window.id]);
  await insertStops(tx, [window]);
  await insertLegs(tx, [window]);
}

/** A patrol that occupies its route for the whole window. */
export interface PatrolOccupancy {
  readonly windowId: string;
  readonly start: number;
  readonly end: number;
  readonly cells: readonly H3Cell[];
}

/** Cells sorted, so that two writers never wait for each other crosswise. */
export async function insertPatrolOccupancy(
  tx: Transaction,
  windows: readonly PatrolOccupancy[],
): Promise<void> {
  const rows = windows.flatMap(({ cells, ...window }) =>
    cells.map((cell) => ({ cell, ...window })),
  );
  await tx.query(
    `insert into occupancy (cell, during, kind, window_id)
     select given.cell, tstzrange(given.starts_at, given.ends_at, '[)'), 'patrol', given.window_id
     from unnest($1::bigint[], $2::timestamptz[], $3::timestamptz[], $4::bigint[])
       as given (cell, starts_at, ends_at, window_id)
     order by given.cell, given.starts_at`,
    [
      rows.map((row) => cellToDecimal(row.cell)),
      rows.map((row) => new Date(row.start)),
      rows.map((row) => new Date(row.end)),
      rows.map((row) => row.windowId),
    ],
  );
}

export async function deletePatrolOccupancy(
  tx: Transaction,
  windowIds: readonly string[],
): Promise<void> {
  await tx.query("delete from occupancy where window_id = any($1::bigint[])", [windowIds]);
}
