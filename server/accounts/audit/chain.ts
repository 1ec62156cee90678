import { createHash } from "node:crypto";

/** A row of the chain as the database holds it. */
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
  /** The text of the JSON object, octet for octet. */
  readonly detail: string;
  /** Hexadecimal. */
  readonly previous: string;
  readonly hash: string;
}

/** What the first row follows. */
export const noPrevious = "0".repeat(64);

/**
 * SHA-256 over the hash before and the row as a JSON array. Written a second time here, beside
 * `audit_text` of the database, so that whoever changes that function is found out.
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
