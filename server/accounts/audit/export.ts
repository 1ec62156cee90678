import type { AuditHead } from "#core/accounts/wire/audit.ts";
import type { Actor } from "#core/role.ts";
import { csvRow, defuse } from "#core/table/write-csv.ts";
import type { ChainRow } from "#server/accounts/audit/chain.ts";
import { readAuditHead, readChainBlock } from "#server/accounts/queries/audit.ts";
import type { Database } from "#server/db/database.ts";

export const exportFormats = ["ndjson", "csv"] as const;
export type ExportFormat = (typeof exportFormats)[number];

export interface ChainExport {
  readonly head: AuditHead | null;
  /** The file, piece by piece. */
  readonly text: AsyncGenerator<string>;
}

const blockRows = 2_000;

/**
 * The chain as a file up to its last row: one JSON document a line with the head as the last, or a
 * table for a spreadsheet. It is read in blocks, so that a long chain neither fills the memory nor
 * holds the database.
 */
export async function exportChain(
  db: Database,
  actor: Actor,
  format: ExportFormat,
): Promise<ChainExport> {
  const head = await db.transaction(actor, readAuditHead);
  return { head, text: format === "csv" ? asCsv(db, actor, head) : asLines(db, actor, head) };
}

async function* asLines(db: Database, actor: Actor, head: AuditHead | null) {
  for await (const rows of blocks(db, actor, head)) yield rows.map(lineOf).join("");
  yield `${JSON.stringify({ head })}\n`;
}

/** The detail goes out octet for octet, so that the file alone can be verified. */
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

async function* asCsv(db: Database, actor: Actor, head: AuditHead | null) {
  yield `${csvRow(columns)}\r\n`;
  for await (const rows of blocks(db, actor, head)) {
    yield rows
      .map((row) => `${csvRow(columns.map((column) => defuse(row[column] ?? "")))}\r\n`)
      .join("");
  }
}

async function* blocks(db: Database, actor: Actor, head: AuditHead | null) {
  const upTo = head?.id ?? "0";
  for (let after: string | null = null; ; ) {
    const block: { after: string | null; upTo: string; limit: number } = {
      after,
      upTo,
      limit: blockRows,
    };
    const rows = await db.transaction(actor, (tx) => readChainBlock(tx, block));
    if (rows.length > 0) yield rows;
    const last = rows.at(-1);
    if (last === undefined || rows.length < blockRows) return;
    after = last.id;
  }
}
