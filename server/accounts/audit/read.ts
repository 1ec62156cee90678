import { z } from "zod";
import type { AuditHead, ExportFormat } from "#core/accounts/wire/audit.ts";
import type { Actor } from "#core/role.ts";
import { csvRow, defuse } from "#core/table/write-csv.ts";
import type { ChainRow } from "#server/accounts/audit/chain.ts";
import type { Database, Transaction } from "#server/db/database.ts";
import { sql } from "#server/db/sql.ts";

/** Text to the microsecond, as the hash covers it; a Date would lose three digits. */
const atText = `to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

/** Null while the chain is empty. */
export async function readAuditHead(tx: Transaction): Promise<AuditHead | null> {
  const [head] = await tx.query<AuditHead>(
    `select id::text as "id", ${atText} as "at", encode(hash, 'hex') as "hash"
     from audit order by audit.id desc limit 1`,
  );
  return head ?? null;
}

/** Epoch milliseconds; null where they have left none. */
export const lastLineOfPolice = (tx: Transaction) =>
  tx.value(
    z.number(),
    sql`select at from audit where role in ('sergeant', 'analyst') order by audit.id desc limit 1`,
  );

/** Rows after a number, in the order of their numbers, up to one of them; as they come, for a chain may have a million. */
export function readChainBlock(
  tx: Transaction,
  block: { readonly after: string | null; readonly upTo: string; readonly limit: number },
): Promise<ChainRow[]> {
  return tx.query<ChainRow>(
    `select id::text as "id", ${atText} as "at", person, role, partner, verb, act, purpose, outcome,
       detail::text as "detail", encode(previous, 'hex') as "previous", encode(hash, 'hex') as "hash"
     from audit
     where audit.id > coalesce($1::bigint, -9223372036854775808) and audit.id <= $2::bigint
     order by audit.id
     limit $3::int`,
    [block.after, block.upTo, block.limit],
  );
}

/** Rows at once: memory stays flat, and others get their turn between two blocks. */
const blockRows = 2_000;

export async function* chainBlocks(
  run: <Value>(work: (tx: Transaction) => Promise<Value>) => Promise<Value>,
  upTo: string,
): AsyncGenerator<ChainRow[]> {
  for (let after: string | null = null; ; ) {
    const block = { after, upTo, limit: blockRows };
    const rows: ChainRow[] = await run((tx) => readChainBlock(tx, block));
    if (rows.length > 0) yield rows;
    const last = rows.at(-1);
    if (last === undefined || rows.length < blockRows) return;
    after = last.id;
  }
}

export interface ChainExport {
  readonly head: AuditHead | null;
  readonly text: AsyncGenerator<string>;
}

/**
 * The chain as a file up to its last row: one JSON document per line ending with the head, or a
 * spreadsheet table. Read in blocks, so that a long chain neither fills memory nor holds the
 * database.
 */
export async function exportChain(
  db: Database,
  actor: Actor,
  format: ExportFormat,
): Promise<ChainExport> {
  const head = await db.transaction(actor, readAuditHead);
  const blocks = chainBlocks((work) => db.transaction(actor, work), head?.id ?? "0");
  return { head, text: format === "csv" ? asCsv(blocks) : asLines(blocks, head) };
}

async function* asLines(blocks: AsyncIterable<ChainRow[]>, head: AuditHead | null) {
  for await (const rows of blocks) yield rows.map(lineOf).join("");
  yield `${JSON.stringify({ head })}\n`;
}

/** `detail` goes out byte for byte, so that the file can be verified by itself. */
function lineOf({ detail, previous, hash, ...row }: ChainRow): string {
  const hashes = JSON.stringify({ previous, hash }).slice(1);
  return `${JSON.stringify(row).slice(0, -1)},"detail":${detail},${hashes}\n`;
}

const columns = [
  "id",
  "at",
  "person",
  "role",
  "partner",
  "verb",
  "act",
  "purpose",
  "outcome",
  "detail",
  "previous",
  "hash",
] as const;

async function* asCsv(blocks: AsyncIterable<ChainRow[]>) {
  yield `${csvRow(columns)}\r\n`;
  for await (const rows of blocks) {
    yield rows
      .map((row) => `${csvRow(columns.map((column) => defuse(row[column] ?? "")))}\r\n`)
      .join("");
  }
}
