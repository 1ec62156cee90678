import type { AuditHead, ExportFormat } from "#core/accounts/wire/audit.ts";
import type { Actor } from "#core/role.ts";
import { csvRow, defuse } from "#core/table/write-csv.ts";
import type { ChainRow } from "#server/accounts/audit/chain.ts";
import { chainBlocks, readAuditHead } from "#server/accounts/audit/read.ts";
import type { Database } from "#server/db/database.ts";

export interface ChainExport {
  readonly head: AuditHead | null;
  /** The file, piece by piece. */
  readonly text: AsyncGenerator<string>;
}

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
  const blocks = chainBlocks((work) => db.transaction(actor, work), head?.id ?? "0");
  return { head, text: format === "csv" ? asCsv(blocks) : asLines(blocks, head) };
}

async function* asLines(blocks: AsyncIterable<ChainRow[]>, head: AuditHead | null) {
  for await (const rows of blocks) yield rows.map(lineOf).join("");
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

async function* asCsv(blocks: AsyncIterable<ChainRow[]>) {
  yield `${csvRow(columns)}\r\n`;
  for await (const rows of blocks) {
    yield rows
      .map((row) => `${csvRow(columns.map((column) => defuse(row[column] ?? "")))}\r\n`)
      .join("");
  }
}
