import { createHmac } from "node:crypto";
import { z } from "zod";
import {
  type AttemptKind,
  fadedFailures,
  failuresForgottenMs,
  longestWaitMs,
  waitAfterFailuresMs,
} from "#core/accounts/attempt-wait.ts";
import type { Config } from "#server/config.ts";
import type { Transaction } from "#server/db/database.ts";
import { columnsOf } from "#server/db/rows.ts";
import { assigned, sql } from "#server/db/sql.ts";
import { readOrMakeKey } from "#server/key-file.ts";
import { networkOf } from "#server/network.ts";

interface AttemptKey {
  readonly kind: AttemptKind;
  readonly key: Uint8Array;
}

/** Who tries, under keyed hashes; the name also where no account has it. */
export interface Attempt {
  readonly name: AttemptKey;
  readonly address: AttemptKey;
  readonly now: number;
}

/** Long ago: of two that try in the same moment, the one that read its clock first must not wait. */
const noWait = 0;

export interface CountedTry {
  readonly waitMs: number;
  /** Set where the caller must wait: number of refused attempts in this wait, for the chain. */
  readonly noteTries: number | null;
  readonly addressWaitsUntil: number;
  readonly nameWaitsUntil: number;
}

/**
 * Counts a try as failed before judging it, so that a thousand parallel tries count as a thousand;
 * success takes its count back. While the caller has to wait, nothing is counted and nothing may be
 * judged.
 */
export async function beginAttempt(tx: Transaction, attempt: Attempt): Promise<CountedTry> {
  const { now, address, name } = attempt;
  const forgotten = new Date(now - failuresForgottenMs);
  await tx.run(sql`delete from sign_in_failure where last_at < ${forgotten}`);
  // Always in this order, so that parallel tries never deadlock.
  const rows = [];
  for (const key of [address, name]) {
    rows.push({ key, row: withoutFarWait(await lockFailures(tx, key, now), now) });
  }
  const waitMs = Math.max(...rows.map(({ row }) => row.waitsUntil - now));
  const waits = { addressWaitsUntil: noWait, nameWaitsUntil: noWait };
  if (waitMs > 0) return { waitMs, ...waits, noteTries: await countWaiting(tx, rows, now) };
  for (const { key, row } of rows) {
    const { failures: left, since } = fadedFailures(row.failures, row.lastAt, now);
    const failures = left + 1;
    const wait = waitAfterFailuresMs(key.kind, failures);
    const waitsUntil = wait > 0 ? now + wait : noWait;
    await writeFailures(tx, key, { failures, lastAt: since, waitsUntil, waitingTries: 0 });
    waits[key === address ? "addressWaitsUntil" : "nameWaitsUntil"] = waitsUntil;
  }
  return { waitMs: 0, ...waits, noteTries: null };
}

/** A wait that ends too far ahead comes from a clock since set back: nobody waits for days. */
function withoutFarWait(row: Failures, now: number): Failures {
  return row.waitsUntil - now > longestWaitMs ? { ...row, waitsUntil: noWait } : row;
}

/**
 * Continued tries during a wait must not flood the chain: it records the first of each wait, the
 * tenth, the hundredth, which shows about how often they went on.
 */
async function countWaiting(
  tx: Transaction,
  rows: readonly { readonly key: AttemptKey; readonly row: Failures }[],
  now: number,
): Promise<number | null> {
  const noted: number[] = [];
  for (const { key, row } of rows) {
    if (row.waitsUntil <= now) continue;
    const waitingTries = row.waitingTries + 1;
    await writeFailures(tx, key, { ...row, waitingTries });
    if (/^10*$/.test(String(waitingTries))) noted.push(waitingTries);
  }
  return noted.length > 0 ? Math.max(...noted) : null;
}

export async function takeBackAttempt(
  tx: Transaction,
  { address, name, now }: Attempt,
  counted: CountedTry,
): Promise<void> {
  await takeBack(tx, address, now, counted.addressWaitsUntil);
  await takeBack(tx, name, now, counted.nameWaitsUntil);
}

/**
 * The name's count resets. The address only loses this try's count, and the wait that it set:
 * owning an account must not give unlimited tries at others.
 */
export async function settleAttempt(
  tx: Transaction,
  { address, name, now }: Attempt,
  { addressWaitsUntil }: CountedTry,
): Promise<void> {
  await takeBack(tx, address, now, addressWaitsUntil);
  await tx.run(sql`delete from sign_in_failure where ${isOf(name)}`);
}

async function takeBack(
  tx: Transaction,
  key: AttemptKey,
  now: number,
  ownWaitsUntil: number,
): Promise<void> {
  const row = await lockFailures(tx, key, now);
  const isOwnWait = Math.abs(row.waitsUntil - ownWaitsUntil) < 1;
  await writeFailures(tx, key, {
    failures: Math.max(0, row.failures - 1),
    lastAt: row.lastAt,
    waitsUntil: isOwnWait ? noWait : row.waitsUntil,
    waitingTries: isOwnWait ? 0 : row.waitingTries,
  });
}

const failuresRow = z.object({
  failures: z.int(),
  /** Epoch milliseconds: from when they fade. */
  lastAt: z.number(),
  waitsUntil: z.number(),
  waitingTries: z.int(),
});
type Failures = z.infer<typeof failuresRow>;

/** Locks the row until the transaction ends, so that concurrent attempts count one by one. */
const lockFailures = (tx: Transaction, { kind, key }: AttemptKey, now: number) =>
  tx.one(
    failuresRow,
    sql`insert into sign_in_failure (kind, key, failures, last_at, waits_until)
      values (${kind}, ${key}, 0, ${new Date(now)}, to_timestamp(0))
      on conflict (kind, key) do update set failures = sign_in_failure.failures
      returning ${columnsOf(failuresRow)}`,
  );

function writeFailures(tx: Transaction, key: AttemptKey, row: Failures): Promise<void> {
  const { failures, lastAt, waitsUntil, waitingTries } = row;
  const at = { lastAt: new Date(lastAt), waitsUntil: new Date(waitsUntil) };
  const fields = assigned({ failures, ...at, waitingTries });
  return tx.run(sql`update sign_in_failure set ${fields} where ${isOf(key)}`);
}

const isOf = ({ kind, key }: AttemptKey) => sql`kind = ${kind} and key = ${key}`;

export const deleteSignInSources = (tx: Transaction, before: number) =>
  tx.run(sql`delete from sign_in_source where at < ${new Date(before)}`);

/**
 * Replaces a name or an address in the database, which lacks the key needed to try all addresses.
 * The same key signs browsers, sessions and challenges as this server's own.
 */
export type AttemptKeys = (
  kind: AttemptKind | "browser" | "person" | "session" | "challenge",
  value: string,
) => Buffer;

const opened = new Map<string, AttemptKeys>();

/** Keyed by the configured secret if any, so that several servers of one database agree. */
export function attemptKeysOf(config: Pick<Config, "secret" | "dataFolder">): AttemptKeys {
  const { secret, dataFolder } = config;
  const source = secret ?? dataFolder;
  const before = opened.get(source);
  if (before) return before;
  const key =
    secret === null
      ? readOrMakeKey({
          folder: dataFolder,
          name: "sign-in.key",
          what: "sign-in key",
          without: "Remove it. The count of failed sign-ins then starts again at zero.",
        })
      : createHmac("sha256", secret).update("boxster sign-in key").digest();
  const keys: AttemptKeys = (kind, value) =>
    createHmac("sha256", key)
      .update(`${kind} ${kind === "address" ? networkOf(value) : value}`)
      .digest();
  opened.set(source, keys);
  return keys;
}
