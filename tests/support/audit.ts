import type { AuditEntry } from "#core/audit.ts";
import type { Actor } from "#core/role.ts";
import { appendAudit } from "#server/accounts/audit/append.ts";
import { type ChainRow, hashOfRow } from "#server/accounts/audit/chain.ts";
import { readChainBlock } from "#server/accounts/audit/read.ts";
import { type Database, ownerActor, type Transaction } from "#server/db/database.ts";

export const anEntry: AuditEntry = {
  verb: "consultation",
  act: "read events",
  purpose: "problem_solving",
  outcome: "done",
  detail: { from: "2021-10-01", rows: 214 },
};

export const aSergeant: Actor = { person: "a sergeant", role: "sergeant", partner: null };
export const aPartner: Actor = { person: "a partner", role: "partner", partner: "a" };

/** Some rows of both, with a null and a code in `partner`. */
export async function fillChain(db: Database, rows: number): Promise<void> {
  for (let row = 0; row < rows; row += 1) {
    const actor = row % 2 === 0 ? aSergeant : aPartner;
    const entry = { ...anEntry, detail: { ...anEntry.detail, rows: row } };
    await db.transaction(actor, (tx) => appendAudit(tx, actor, entry));
  }
}

export function allRows(tx: Transaction): Promise<ChainRow[]> {
  return readChainBlock(tx, { after: null, upTo: "9223372036854775807", limit: 100_000 });
}

/** The last lines of the chain, oldest first. */
export async function linesAfter(db: Database, id: string): Promise<ChainRow[]> {
  const rows = await db.transaction(ownerActor, (tx) =>
    readChainBlock(tx, { after: id, upTo: "9223372036854775807", limit: 100_000 }),
  );
  return rows;
}

export async function lastId(db: Database): Promise<string> {
  const rows = await db.transaction(ownerActor, allRows);
  return rows.at(-1)?.id ?? "0";
}

/** Whoever owns the database can do this; that it is found out is what the chain is for. */
export async function withoutGuards(tx: Transaction): Promise<void> {
  await tx.query("alter table audit disable trigger audit_append_only");
  await tx.query("alter table audit disable trigger audit_chained");
}

/** Takes the place of every row from one on, with hashes that are right in themselves. */
export async function writeAnew(
  tx: Transaction,
  rows: readonly ChainRow[],
  previous: string,
): Promise<void> {
  await tx.query("delete from audit where id >= $1::bigint", [rows[0]?.id ?? "0"]);
  let before = previous;
  for (const row of rows) {
    const linked = { ...row, previous: before };
    before = hashOfRow(linked);
    await insertRow(tx, { ...linked, hash: before });
  }
}

export async function insertRow(tx: Transaction, row: ChainRow): Promise<void> {
  await tx.query(
    `insert into audit (
       id, at, person, role, partner, verb, act, purpose, outcome, detail, previous, hash
     )
     values (
       $1::bigint, $2::timestamptz, $3::text, $4::text, $5::text, $6::text, $7::text, $8::text,
       $9::text, $10::text::jsonb, decode($11::text, 'hex'), decode($12::text, 'hex')
     )`,
    [
      row.id,
      row.at,
      row.person,
      row.role,
      row.partner,
      row.verb,
      row.act,
      row.purpose,
      row.outcome,
      row.detail,
      row.previous,
      row.hash,
    ],
  );
}
