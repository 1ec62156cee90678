import type { Transaction } from "#server/db/database.ts";

/** An alert that was handed over, as it crosses the line. Instants in epoch milliseconds. */
export interface Handover {
  readonly id: string;
  readonly neighbour: string;
  readonly period: string;
  readonly words: string;
  readonly handedAt: number;
  readonly toldOutreachAt: number | null;
  readonly acknowledgedAt: number | null;
}

/** With who did what, for the own command: a liaison has no right to these columns. */
export interface HandoverRecord extends Handover {
  readonly handedBy: string;
  readonly toldOutreachBy: string | null;
}

const columns = `
  id::text as "id",
  neighbour as "neighbour",
  period as "period",
  words as "words",
  (extract(epoch from handed_at) * 1000)::float8 as "handedAt",
  (extract(epoch from told_outreach_at) * 1000)::float8 as "toldOutreachAt",
  (extract(epoch from acknowledged_at) * 1000)::float8 as "acknowledgedAt"`;

const recordColumns = `${columns},
  handed_by as "handedBy",
  told_outreach_by as "toldOutreachBy"`;

/** For a liaison: its own, newest first, once their outreach was told. */
export function loadHandovers(tx: Transaction): Promise<Handover[]> {
  return tx.query<Handover>(`select ${columns} from handover order by handover.id desc`);
}

/** All, newest first, for the own command. */
export function loadHandoverRecords(tx: Transaction): Promise<HandoverRecord[]> {
  return tx.query<HandoverRecord>(
    `select ${recordColumns} from handover order by handover.id desc`,
  );
}

export async function loadHandoverRecord(
  tx: Transaction,
  id: string,
): Promise<HandoverRecord | null> {
  const rows = await tx.query<HandoverRecord>(
    `select ${recordColumns} from handover where id = $1::bigint`,
    [id],
  );
  return rows[0] ?? null;
}

export async function insertHandover(
  tx: Transaction,
  given: {
    readonly agreementId: string;
    readonly neighbour: string;
    readonly period: string;
    readonly words: string;
    readonly at: number;
    readonly by: string;
  },
): Promise<Handover> {
  const rows = await tx.query<Handover>(
    `insert into handover (agreement_id, neighbour, period, words, handed_at, handed_by)
     values ($1::bigint, $2::text, $3::text, $4::text, $5::timestamptz, $6::text)
     returning ${columns}`,
    [given.agreementId, given.neighbour, given.period, given.words, new Date(given.at), given.by],
  );
  return rows[0] as Handover;
}

/** Their outreach was told; the first time counts, and the database takes it from another person alone. */
export async function markOutreachTold(
  tx: Transaction,
  told: { readonly id: string; readonly at: number; readonly by: string },
): Promise<void> {
  await tx.query(
    `update handover
     set told_outreach_at = $2::timestamptz, told_outreach_by = $3::text
     where id = $1::bigint and told_outreach_at is null`,
    [told.id, new Date(told.at), told.by],
  );
}

/** The neighbour has seen it; the first time counts. Null where there is none that the caller may see. */
export async function markAcknowledged(
  tx: Transaction,
  seen: { readonly id: string; readonly at: number; readonly by: string },
): Promise<Handover | null> {
  await tx.query(
    `update handover
     set acknowledged_at = $2::timestamptz, acknowledged_by = $3::text
     where id = $1::bigint and acknowledged_at is null`,
    [seen.id, new Date(seen.at), seen.by],
  );
  return findHandover(tx, seen.id);
}

async function findHandover(tx: Transaction, id: string): Promise<Handover | null> {
  const rows = await tx.query<Handover>(`select ${columns} from handover where id = $1::bigint`, [
    id,
  ]);
  return rows[0] ?? null;
}
