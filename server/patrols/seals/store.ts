import { createHash } from "node:crypto";
import { type SealHashing, sealFile } from "#core/patrols/seals/file.ts";
import { sealsReply } from "#core/patrols/seals/record.ts";
import {
  type OutcomeContent,
  type SealContent,
  type SealEntry,
  type SealsReply,
  sealEntry,
} from "#core/patrols/wire/forecast-seals.ts";
import { appendAudit } from "#server/accounts/audit/append.ts";
import type { Act } from "#server/acts/services.ts";
import { systemActor, type Transaction } from "#server/db/database.ts";
import { insertInto, sql } from "#server/db/sql.ts";

/** The first one first. */
export const loadSeals = (tx: Transaction): Promise<SealEntry[]> =>
  tx.rows(
    sealEntry,
    sql`select number, kind, week, is_replayed,
        to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at,
        content, encode(previous, 'hex') as previous, encode(hash, 'hex') as hash
      from forecast_seal order by number`,
  );

export interface NewEntry {
  readonly kind: SealEntry["kind"];
  /** Epoch milliseconds; the database's own clock decides outside a demonstration. */
  readonly at: number;
  readonly content: SealContent | OutcomeContent;
}

/** In this order; the database chains them. */
export async function storeSeals(tx: Transaction, entries: readonly NewEntry[]): Promise<void> {
  for (const { kind, at, content } of entries) {
    await tx.run(
      insertInto("forecast_seal", {
        kind,
        at: new Date(at),
        week: content.week,
        content: JSON.stringify(content),
      }),
    );
  }
}

/** With their last hash in the audit chain, so that none can be lost unseen. */
export async function storeAudited(tx: Transaction, entries: readonly NewEntry[]): Promise<void> {
  if (entries.length === 0) return;
  await storeSeals(tx, entries);
  const last = await tx.one(
    sealEntry.pick({ number: true, hash: true }),
    sql`select number, encode(hash, 'hex') as hash from forecast_seal order by number desc limit 1`,
  );
  await appendAudit(tx, systemActor, {
    verb: "combination",
    act: "seal forecasts",
    purpose: "assessment",
    outcome: "done",
    detail: { entries: entries.length, ...last },
  });
}

export const sealHashing: SealHashing = {
  hash: (previous, text) =>
    createHash("sha256").update(Buffer.from(previous, "hex")).update(text, "utf8").digest("hex"),
};

export function readSeals(act: Act): Promise<SealsReply> {
  return act.db.transaction(act.actor, async (tx) => {
    const entries = await loadSeals(tx);
    act.addDetail({ entries: entries.length });
    return sealsReply(entries, act.asAt.date());
  });
}

/** For `boxster forecast verify`. */
export function exportSeals(
  act: Act,
): Promise<{ readonly entries: number; readonly file: string }> {
  return act.db.transaction(act.actor, async (tx) => {
    const entries = await loadSeals(tx);
    act.addDetail({ entries: entries.length });
    return { entries: entries.length, file: sealFile(entries) };
  });
}
