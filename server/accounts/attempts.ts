import { createHmac } from "node:crypto";
import {
  type AttemptKind,
  fadedFailures,
  failuresForgottenMs,
  longestWaitMs,
  waitAfterFailuresMs,
} from "#core/accounts/attempt-wait.ts";
import * as sql from "#server/accounts/queries/sign-in-failures.ts";
import type { Config } from "#server/config.ts";
import type { Transaction } from "#server/db/database.ts";
import { readOrMakeKey } from "#server/key-file.ts";
import { networkOf } from "#server/network.ts";

/** Who tries, under keyed hashes; the name also where no account has it. */
export interface Attempt {
  readonly name: sql.AttemptKey;
  readonly address: sql.AttemptKey;
  readonly now: number;
}

/** Long ago: of two that try in the same moment, the one that read its clock first must not wait. */
const noWait = 0;

/** What a try set in its rows, so that as much can be taken back. */
export interface CountedTry {
  readonly waitMs: number;
  /** Where the caller has to wait: the how-many-eth try of a wait this is, if the chain is to say so. */
  readonly noteTries: number | null;
  readonly addressWaitsUntil: number;
  readonly nameWaitsUntil: number;
}

/**
 * Counts a try as failed before it is judged, so that a thousand tries at once are a thousand; what
 * succeeds takes its count back. Where the caller has to wait, nothing is counted and nothing may be
 * judged.
 */
export async function beginAttempt(tx: Transaction, attempt: Attempt): Promise<CountedTry> {
  const { now, address, name } = attempt;
  await sql.forgetFailuresBefore(tx, now - failuresForgottenMs);
  // Always in this order: two that try at once wait for each other and never both.
  const rows = [];
  for (const key of [address, name]) {
    rows.push({ key, row: withoutFarWait(await sql.lockFailures(tx, key, now), now) });
  }
  const waitMs = Math.max(...rows.map(({ row }) => row.waitsUntil - now));
  const waits = { addressWaitsUntil: noWait, nameWaitsUntil: noWait };
  if (waitMs > 0) return { waitMs, ...waits, noteTries: await countWaiting(tx, rows, now) };
  for (const { key, row } of rows) {
    const { failures: left, since } = fadedFailures(row.failures, row.lastAt, now);
    const failures = left + 1;
    const wait = waitAfterFailuresMs(key.kind, failures);
    const waitsUntil = wait > 0 ? now + wait : noWait;
    await sql.writeFailures(tx, key, { failures, lastAt: since, waitsUntil, waitingTries: 0 });
    waits[key === address ? "addressWaitsUntil" : "nameWaitsUntil"] = waitsUntil;
  }
  return { waitMs: 0, ...waits, noteTries: null };
}

/** A wait that ends later than any can was set by a clock that was set back since: nobody waits for days. */
function withoutFarWait(row: sql.FailureRow, now: number): sql.FailureRow {
  return row.waitsUntil - now > longestWaitMs ? { ...row, waitsUntil: noWait } : row;
}

/**
 * Whoever tries on during a wait must not fill the chain: it takes the first try of each wait, the
 * tenth, the hundredth, so that it says that it went on, and about how often.
 */
async function countWaiting(
  tx: Transaction,
  rows: readonly { readonly key: sql.AttemptKey; readonly row: sql.FailureRow }[],
  now: number,
): Promise<number | null> {
  const noted: number[] = [];
  for (const { key, row } of rows) {
    if (row.waitsUntil <= now) continue;
    const waitingTries = row.waitingTries + 1;
    await sql.writeFailures(tx, key, { ...row, waitingTries });
    if (isPowerOfTen(waitingTries)) noted.push(waitingTries);
  }
  return noted.length > 0 ? Math.max(...noted) : null;
}

function isPowerOfTen(count: number): boolean {
  return /^10*$/.test(String(count));
}

/** A try that was not judged, because too many were at once, counts nowhere. */
export async function takeBackAttempt(
  tx: Transaction,
  { address, name, now }: Attempt,
  counted: CountedTry,
): Promise<void> {
  await takeBack(tx, address, now, counted.addressWaitsUntil);
  await takeBack(tx, name, now, counted.nameWaitsUntil);
}

/**
 * The name begins again. The address only loses the count of this try, and the wait that this try set:
 * with an account of one's own nobody gets unlimited tries at others.
 */
export async function settleAttempt(
  tx: Transaction,
  { address, name, now }: Attempt,
  { addressWaitsUntil }: CountedTry,
): Promise<void> {
  await takeBack(tx, address, now, addressWaitsUntil);
  await sql.forgetFailures(tx, name);
}

async function takeBack(
  tx: Transaction,
  key: sql.AttemptKey,
  now: number,
  ownWaitsUntil: number,
): Promise<void> {
  const row = await sql.lockFailures(tx, key, now);
  const isOwnWait = Math.abs(row.waitsUntil - ownWaitsUntil) < 1;
  await sql.writeFailures(tx, key, {
    failures: Math.max(0, row.failures - 1),
    lastAt: row.lastAt,
    waitsUntil: isOwnWait ? noWait : row.waitsUntil,
    waitingTries: isOwnWait ? 0 : row.waitingTries,
  });
}

/**
 * What stands for a name or an address in the database: the key to try all addresses is not in it. The same key marks
 * browsers, sessions and challenges as this server's own.
 */
export type AttemptKeys = (
  kind: AttemptKind | "browser" | "person" | "session" | "challenge",
  value: string,
) => Buffer;

const opened = new Map<string, AttemptKeys>();

/** Under the secret where there is one, so that several servers of one database count alike. */
export function attemptKeysOf(config: Pick<Config, "secret" | "dataFolder">): AttemptKeys {
  const { secret, dataFolder } = config;
  const source = secret ?? dataFolder;
  const before = opened.get(source);
  if (before) return before;
  const key =
    secret === null
      ? keyOfFolder(dataFolder)
      : createHmac("sha256", secret).update("boxster sign-in key").digest();
  const keys: AttemptKeys = (kind, value) =>
    createHmac("sha256", key)
      .update(`${kind} ${kind === "address" ? networkOf(value) : value}`)
      .digest();
  opened.set(source, keys);
  return keys;
}

function keyOfFolder(folder: string): Buffer {
  return readOrMakeKey({
    folder,
    name: "sign-in.key",
    what: "sign-in key",
    without: "Remove it. The count of failed sign-ins then starts again at zero.",
  });
}
