import { createHash } from "node:crypto";
import { z } from "zod";
import * as wire from "#core/accounts/wire/audit.ts";

export interface ChainRow {
  readonly id: string;
  /** UTC to the microsecond: `2026-11-25T09:10:00.123456Z`. */
  readonly at: string;
  readonly person: string;
  readonly role: string;
  readonly partner: string | null;
  readonly verb: string;
  readonly act: string;
  readonly purpose: string;
  readonly outcome: string;
  /** The JSON text, byte for byte. */
  readonly detail: string;
  /** Hexadecimal. */
  readonly previous: string;
  readonly hash: string;
}

/** `previous` of the first row. */
export const noPrevious = "0".repeat(64);

/**
 * SHA-256 over the previous hash and the row as a JSON array. Deliberately duplicates `audit_text`
 * of the database, so that tampering with that function is detected.
 */
export function hashOfRow(row: ChainRow): string {
  return createHash("sha256")
    .update(Buffer.from(row.previous, "hex"))
    .update(textOfRow(row), "utf8")
    .digest("hex");
}

function textOfRow(row: ChainRow): string {
  const { id, at, person, role, partner, verb, act, purpose, outcome, detail } = row;
  const fields = [id, at, person, role, partner, verb, act, purpose, outcome, detail];
  return `[${fields.map((field) => JSON.stringify(field)).join(", ")}]`;
}

export type KeptHead = Pick<wire.AuditHead, "hash"> & Partial<Pick<wire.AuditHead, "id">>;

export interface ChainCheck {
  /** Rows in the order of their numbers, from the first on. */
  readonly push: (row: ChainRow) => void;
  readonly finish: () => ChainFindings;
  readonly rows: () => number;
}

export type ChainFindings = Omit<wire.AuditVerdict, "ok" | "sentence" | "seconds">;

/** Small corrections of the clock are normal; a larger step back is reported. */
const clockStepMs = 60_000;

/** Recomputes the chain row by row; keeps the first row that is wrong. */
export function createChainCheck(kept: KeptHead | null): ChainCheck {
  let last: ChainRow | null = null;
  let rows = 0;
  let first: wire.AuditBreak | null = null;
  let brokenRows = 0;
  let keptRow: string | null = null;
  const breakAt = (found: wire.AuditBreak) => {
    first ??= found;
    brokenRows += 1;
  };
  return {
    rows: () => rows,
    push: (row) => {
      const fault = faultOf(row, last);
      if (fault) breakAt(fault);
      if (kept && row.hash === kept.hash && (kept.id ?? row.id) === row.id) keptRow = row.id;
      last = row;
      rows += 1;
    },
    finish: () => {
      const fault = kept && keptRow === null ? missingHead(kept, last) : null;
      // The earliest fault in the chain is reported first, whatever head was kept.
      if (fault) breakAt(fault);
      const head = last && { id: last.id, at: last.at, hash: last.hash };
      return { rows, head, keptRow, broken: first, brokenRows };
    },
  };
}

function faultOf(row: ChainRow, last: ChainRow | null): wire.AuditBreak | null {
  const expected = last === null ? "1" : String(BigInt(last.id) + 1n);
  if (row.id !== expected) {
    const sentence = `Row ${expected} is missing; the next is row ${row.id}.`;
    return { row: expected, what: "gap", sentence };
  }
  if (row.previous !== (last?.hash ?? noPrevious)) {
    const before = last === null ? "the beginning" : `row ${last.id}`;
    const sentence = `Row ${row.id} does not follow ${before}. A row was changed, removed, inserted or moved.`;
    return { row: row.id, what: "order", sentence };
  }
  if (row.hash !== hashOfRow(row)) {
    const sentence = `Row ${row.id} was changed: its hash does not match.`;
    return { row: row.id, what: "hash", sentence };
  }
  if (last && Date.parse(row.at) < Date.parse(last.at) - clockStepMs) {
    const sentence = `Row ${row.id} is dated before row ${last.id}. The clock was set back, or the log was rewritten.`;
    return { row: row.id, what: "time", sentence };
  }
  return null;
}

function missingHead(kept: KeptHead, last: ChainRow | null): wire.AuditBreak {
  const ends = last === null ? "0" : last.id;
  if (kept.id !== undefined && BigInt(kept.id) > BigInt(ends)) {
    const next = String(BigInt(ends) + 1n);
    const sentence = `Row ${next} is missing, and all rows up to row ${kept.id} that was kept elsewhere. Rows were removed at the end.`;
    return { row: next, what: "end", sentence };
  }
  const row = kept.id ?? ends;
  const sentence =
    kept.id === undefined
      ? "No row has the hash that was kept elsewhere. Rows at the end are missing, or the log was rewritten."
      : `The hash of row ${row} differs from the one kept elsewhere. The log was rewritten.`;
  return { row, what: "head", sentence };
}

const headDocument = z.union([
  wire.auditHead,
  z.object({ head: wire.auditHead }).transform(({ head }) => head),
]);

/** From a hash, the output of `audit head`, or an exported file; null where none is found. */
export function readKeptHead(text: string): KeptHead | null {
  const last = text.trimEnd().split("\n").at(-1) ?? "";
  const hash = wire.auditHash.safeParse(last.trim());
  if (hash.success) return { hash: hash.data };
  const document = headDocument.safeParse(parsed(last));
  if (document.success) return { id: document.data.id, hash: document.data.hash };
  // The human-readable line: number, time, hash.
  const [, id, printed] = /^(\d{1,18})\s+\S+\s+([0-9a-f]{64})$/.exec(last.trim()) ?? [];
  return id !== undefined && printed !== undefined ? { id, hash: printed } : null;
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
