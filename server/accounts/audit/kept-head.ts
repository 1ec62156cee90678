import { z } from "zod";
import { auditHash, auditHead } from "#core/accounts/wire/audit.ts";
import type { KeptHead } from "#server/accounts/audit/check-chain.ts";

const headDocument = z.union([
  auditHead,
  z.object({ head: auditHead }).transform(({ head }) => head),
]);

/** A head as somebody kept it: a hash, what `audit head` printed, or a whole exported file. Null: none is in it. */
export function readKeptHead(text: string): KeptHead | null {
  const last = text.trimEnd().split("\n").at(-1) ?? "";
  const hash = auditHash.safeParse(last.trim());
  if (hash.success) return { hash: hash.data };
  const document = headDocument.safeParse(parsed(last));
  if (document.success) return { id: document.data.id, hash: document.data.hash };
  // The line for people: number, time, hash.
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
