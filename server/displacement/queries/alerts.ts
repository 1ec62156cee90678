import type { AlertAct, AlertState, HandoverRole } from "#core/displacement/watch/acts.ts";
import { cellToDecimal, type H3Cell } from "#core/geo/cell.ts";
import type { Transaction } from "#server/db/database.ts";

/** What a look saw of a cluster. */
export interface SeenCluster {
  readonly operationId: number;
  readonly place: string;
  readonly neighbour: string | null;
  readonly beyond: number;
  /** London dates. */
  readonly firstDay: string;
  readonly lastDay: string;
  readonly observed: number;
  readonly residents: number;
  readonly expected: number;
  readonly p: number;
  readonly looksPerYear: number;
  readonly replicates: number;
  readonly seed: number;
  readonly radiusMetres: number;
  readonly cells: readonly H3Cell[];
  readonly cellReports: readonly number[];
  /** The as-at date of the look, and when it was made. */
  readonly seenOn: string;
  readonly seenAt: number;
}

export interface StoredAlert extends SeenCluster {
  readonly id: number;
  readonly state: AlertState;
  readonly raisedOn: string;
  readonly handedNeighbour: string | null;
  readonly handedRole: HandoverRole | null;
}

/** Alerts that were raised by the as-at date, the newest first; a look's own reading and a person's alike. */
export function loadAlerts(tx: Transaction, asAt: string): Promise<StoredAlert[]> {
  return tx.query<StoredAlert>(
    `select id as "id", operation_id as "operationId", state as "state", place as "place",
            neighbour as "neighbour", beyond as "beyond",
            to_char(first_day, 'YYYY-MM-DD') as "firstDay",
            to_char(last_day, 'YYYY-MM-DD') as "lastDay",
            observed as "observed", residents as "residents", expected as "expected", p as "p",
            looks_per_year as "looksPerYear", replicates as "replicates", seed as "seed",
            radius_m as "radiusMetres",
            array(select to_hex(one) from unnest(cells) with ordinality as given (one, place)
              order by given.place) as "cells",
            cell_reports as "cellReports",
            to_char(raised_on, 'YYYY-MM-DD') as "raisedOn",
            to_char(seen_on, 'YYYY-MM-DD') as "seenOn",
            (extract(epoch from seen_at) * 1000)::float8 as "seenAt",
            handed_neighbour as "handedNeighbour", handed_role as "handedRole"
     from alert
     where raised_on <= $1::date
     order by raised_on desc, id desc`,
    [asAt],
  );
}

/** Answers its number. */
export async function insertAlert(tx: Transaction, seen: SeenCluster): Promise<number> {
  const [made] = await tx.query<{ id: number }>(
    `insert into alert (
       operation_id, place, neighbour, beyond, first_day, last_day, observed, residents, expected,
       p, looks_per_year, replicates, seed, radius_m, cells, cell_reports, raised_on, seen_on,
       raised_at, seen_at
     )
     values (
       $1::int, $2::text, $3::text, $4::int, $5::date, $6::date, $7::int, $8::int, $9::float8,
       $10::float8, $11::int, $12::int, $13::int, $14::float8, $15::bigint[], $16::int[],
       $17::date, $17::date, $18::timestamptz, $18::timestamptz
     )
     returning id as "id"`,
    [seen.operationId, ...valuesOf(seen)],
  );
  if (made === undefined) throw new Error("An alert was not stored");
  return made.id;
}

/** What goes on is brought up to date; its state and its beginning stay. */
export async function updateAlert(tx: Transaction, id: number, seen: SeenCluster): Promise<void> {
  await tx.query(
    `update alert
     set place = $2::text, neighbour = $3::text, beyond = $4::int, first_day = $5::date,
         last_day = $6::date, observed = $7::int, residents = $8::int, expected = $9::float8,
         p = $10::float8, looks_per_year = $11::int, replicates = $12::int, seed = $13::int,
         radius_m = $14::float8, cells = $15::bigint[], cell_reports = $16::int[],
         seen_on = greatest(raised_on, $17::date), seen_at = $18::timestamptz
     where id = $1::int`,
    [id, ...valuesOf(seen)],
  );
}

/** It was seen again, after somebody closed it: noted, and nothing else. */
export async function touchAlert(
  tx: Transaction,
  id: number,
  { seenOn, seenAt }: Pick<SeenCluster, "seenOn" | "seenAt">,
): Promise<void> {
  await tx.query(
    `update alert set seen_on = greatest(raised_on, $2::date), seen_at = $3::timestamptz
     where id = $1::int`,
    [id, seenOn, new Date(seenAt)],
  );
}

function valuesOf(seen: SeenCluster) {
  return [
    seen.place,
    seen.neighbour,
    seen.beyond,
    seen.firstDay,
    seen.lastDay,
    seen.observed,
    seen.residents,
    seen.expected,
    seen.p,
    seen.looksPerYear,
    seen.replicates,
    seen.seed,
    seen.radiusMetres,
    seen.cells.map(cellToDecimal),
    seen.cellReports,
    seen.seenOn,
    new Date(seen.seenAt),
  ];
}

/** From one of these states into another; false where it is in none of them by now. */
export async function decideAlert(
  tx: Transaction,
  id: number,
  to: {
    readonly state: AlertState;
    readonly from: readonly AlertState[];
    readonly handed: { readonly neighbour: string; readonly role: HandoverRole } | null;
  },
): Promise<boolean> {
  const rows = await tx.query(
    `update alert
     set state = $2::text,
         handed_neighbour = coalesce($4::text, handed_neighbour),
         handed_role = coalesce($5::text, handed_role)
     where id = $1::int and state = any($3::text[])
     returning 1`,
    [id, to.state, to.from, to.handed?.neighbour ?? null, to.handed?.role ?? null],
  );
  return rows.length > 0;
}

export interface AlertActRow {
  readonly alertId: number;
  readonly act: AlertAct;
  /** London date as at which, and the instant. */
  readonly on: string;
  readonly at: number;
  readonly by: string;
  readonly words: string | null;
  readonly neighbour: string | null;
  readonly role: HandoverRole | null;
  readonly firstDay: string | null;
  readonly lastDay: string | null;
  readonly observed: number | null;
  readonly expected: number | null;
  readonly p: number | null;
}

export async function insertAlertAct(tx: Transaction, row: AlertActRow): Promise<void> {
  await tx.query(
    `insert into alert_act (
       alert_id, act, acted_on, acted_at, acted_by, words, handed_neighbour, handed_role,
       first_day, last_day, observed, expected, p
     )
     values (
       $1::int, $2::text, $3::date, $4::timestamptz, $5::text, $6::text, $7::text, $8::text,
       $9::date, $10::date, $11::int, $12::float8, $13::float8
     )`,
    [
      row.alertId,
      row.act,
      row.on,
      new Date(row.at),
      row.by,
      row.words,
      row.neighbour,
      row.role,
      row.firstDay,
      row.lastDay,
      row.observed,
      row.expected,
      row.p,
    ],
  );
}

/** The history of all alerts up to the as-at date, oldest first. */
export function loadAlertActs(tx: Transaction, asAt: string): Promise<AlertActRow[]> {
  return tx.query<AlertActRow>(
    `select alert_id as "alertId", act as "act", to_char(acted_on, 'YYYY-MM-DD') as "on",
            (extract(epoch from acted_at) * 1000)::float8 as "at", acted_by as "by",
            words as "words", handed_neighbour as "neighbour", handed_role as "role",
            to_char(first_day, 'YYYY-MM-DD') as "firstDay",
            to_char(last_day, 'YYYY-MM-DD') as "lastDay",
            observed as "observed", expected as "expected", p as "p"
     from alert_act
     where acted_on <= $1::date
     order by id`,
    [asAt],
  );
}
