import { z } from "zod";
import { eventCell } from "#core/contract/event-cell.ts";
import { date, id } from "#core/contract/fields.ts";
import { type AlertAct, type AlertState, alertStates } from "#core/displacement/watch/acts.ts";
import { alertAct, alertFigures, alertReply, watchLook } from "#core/displacement/wire/alerts.ts";
import { cellToDecimal } from "#core/geo/cell.ts";
import type { Transaction } from "#server/db/database.ts";
import { columnsOf } from "#server/db/rows.ts";
import { assigned, insertInto, type Sql, sql } from "#server/db/sql.ts";

/** Instants in epoch milliseconds. */
const seenCluster = alertFigures.omit({ ratio: true }).extend({
  ...alertReply.pick({ place: true, neighbour: true, beyond: true, residents: true }).shape,
  ...alertReply.pick({ replicates: true, seed: true, radiusMetres: true, seenOn: true }).shape,
  operationId: id,
  looksPerYear: z.int(),
  cells: z.array(eventCell).readonly(),
  cellReports: z.array(z.int()).readonly(),
  seenAt: z.number(),
});
export type SeenCluster = z.infer<typeof seenCluster>;

const storedAlert = seenCluster.extend({
  id,
  state: z.enum(alertStates),
  raisedOn: date,
  handed: alertReply.shape.handedTo,
});
export type StoredAlert = z.infer<typeof storedAlert>;

const alertsWhere = (condition: Sql) => sql`
  select ${columnsOf(storedAlert, { as: { radius_m: "radius_metres" } })}
  from alert where ${condition} order by raised_on desc, id desc`;

/** Raised by the as-at date, newest first. */
export const loadAlerts = (tx: Transaction, asAt: string) =>
  tx.rows(storedAlert, alertsWhere(sql`raised_on <= ${asAt}`));

export const alertsOfOperation = (tx: Transaction, operation: number, asAt: string) =>
  tx.rows(storedAlert, alertsWhere(sql`raised_on <= ${asAt} and operation_id = ${operation}`));

export const findAlert = (tx: Transaction, alert: number, asAt: string) =>
  tx.maybe(storedAlert, alertsWhere(sql`raised_on <= ${asAt} and id = ${alert}`));

/** Returns its number. */
export async function insertAlert(tx: Transaction, seen: SeenCluster): Promise<number> {
  const raised = { raisedOn: seen.seenOn, raisedAt: new Date(seen.seenAt) };
  const fields = { ...fieldsOf(seen), ...raised, seenOn: seen.seenOn };
  return (await tx.one(z.object({ id }), sql`${insertInto("alert", fields)} returning id`)).id;
}

/** State and start stay. */
export const updateAlert = (tx: Transaction, alert: number, seen: SeenCluster) =>
  tx.run(sql`update alert set ${assigned(fieldsOf(seen))},
    seen_on = greatest(raised_on, ${seen.seenOn}::date) where id = ${alert}`);

/** Seen again after being closed: only noted. */
export const touchAlert = (tx: Transaction, alert: number, { seenOn, seenAt }: SeenCluster) =>
  tx.run(sql`update alert set seen_on = greatest(raised_on, ${seenOn}::date),
    seen_at = ${new Date(seenAt)} where id = ${alert}`);

function fieldsOf({ radiusMetres, cells, seenOn: _, seenAt, ...seen }: SeenCluster) {
  const columns = { radiusM: radiusMetres, cells: cells.map(cellToDecimal) };
  return { ...seen, ...columns, seenAt: new Date(seenAt) };
}

/** From one of these states; false when it is in none of them. */
export function decideAlert(
  tx: Transaction,
  alert: number,
  {
    from,
    ...to
  }: {
    readonly state: AlertState;
    readonly from: readonly AlertState[];
    readonly handed?: NonNullable<StoredAlert["handed"]>;
  },
): Promise<boolean> {
  const { handed } = to;
  const fields = { state: to.state, ...(handed ? { handed: { ...handed } } : {}) };
  return tx.did(
    sql`update alert set ${assigned(fields)} where id = ${alert} and state = any(${from}::text[])`,
  );
}

export function insertAlertAct(
  tx: Transaction,
  {
    on,
    at,
    by,
    handed,
    ...line
  }: {
    readonly alertId: number;
    readonly act: AlertAct;
    readonly on: string;
    /** Epoch milliseconds. */
    readonly at: number;
    readonly by: string;
    readonly words?: string;
    readonly handed?: NonNullable<StoredAlert["handed"]>;
  } & Partial<Pick<SeenCluster, "firstDay" | "lastDay" | "observed" | "expected" | "p">>,
): Promise<void> {
  const acted = { actedOn: on, actedAt: new Date(at), actedBy: by };
  const whom = handed ? { handed: { ...handed } } : {};
  return tx.run(insertInto("alert_act", { ...line, ...acted, ...whom }));
}

/** Up to the as-at date, oldest first. */
export const loadAlertActs = (tx: Transaction, asAt: string) =>
  tx.grouped(
    alertAct,
    sql`select alert_id as group, act, acted_on as on, acted_at as at, acted_by as by, words,
        handed_neighbour as neighbour, handed_role as role, first_day as figures_first_day,
        last_day as figures_last_day, observed as figures_observed,
        expected as figures_expected, observed / expected as figures_ratio, p as figures_p
      from alert_act where acted_on <= ${asAt} order by id`,
  );

const storedLook = watchLook.omit({ sentence: true, falseAlertsPerYear: true }).extend({
  operationId: id,
  eventsVersion: z.string(),
  question: z.string(),
  /** Epoch milliseconds. */
  at: z.number(),
  leftOut: z.int(),
  lastOn: date.nullable(),
  unseen: z.array(z.string()).readonly(),
});
export type StoredLook = z.infer<typeof storedLook>;

/** False when the same look exists already. */
export function insertLook(tx: Transaction, { at, lastOn, ...look }: StoredLook): Promise<boolean> {
  const fields = { ...look, lookedAt: new Date(at), lastReportOn: lastOn };
  return tx.did(sql`${insertInto("watch_look", fields)}
    on conflict (operation_id, as_at, events_version, question) do nothing`);
}

/** By operation number; as known at the as-at date. */
export async function latestLooks(
  tx: Transaction,
  asAt: string,
): Promise<ReadonlyMap<number, StoredLook>> {
  const as = { looked_at: "at", last_report_on: "last_on" };
  const looks = await tx.rows(
    storedLook,
    sql`select distinct on (operation_id) ${columnsOf(storedLook, { as })}
      from watch_look where as_at <= ${asAt} order by operation_id, id desc`,
  );
  return new Map(looks.map((look) => [look.operationId, look]));
}
