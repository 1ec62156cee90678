import { type ClockDoubt, type Clocks, doubtOf } from "#core/time/clock-doubt.ts";
import { type Database, systemActor, type Transaction } from "#server/db/database.ts";

export interface ClockLook {
  readonly clocks: Clocks;
  readonly doubt: ClockDoubt | null;
}

export interface Clock {
  readonly clock: () => number;
  readonly demo: boolean;
}

const lastLooks = new WeakMap<Clock, ClockLook>();

/**
 * Compares server and database clocks with the database's last recorded activity, and records
 * activity now unless its clock is in doubt.
 */
export async function lookAtClocks(db: Database, clock: Clock): Promise<ClockLook> {
  const look = await db.transaction(systemActor, async (tx) => {
    const found = await readClocks(tx, clock);
    if (found.doubt === null || found.doubt.kind === "waits") await noteSeen(tx);
    return found;
  });
  lastLooks.set(clock, look);
  return look;
}

export function lastDoubt(clock: Clock): ClockDoubt | null {
  return lastLooks.get(clock)?.doubt ?? null;
}

/** For roles that may read the marks. */
export async function readClocks(tx: Transaction, { clock, demo }: Clock): Promise<ClockLook> {
  const [row] = await tx.query<Omit<Clocks, "server">>(
    `select
       (extract(epoch from clock_timestamp()) * 1000)::float8 as "database",
       (extract(epoch from clock_mark_at('seen')) * 1000)::float8 as "seen",
       (extract(epoch from clock_mark_at('erased')) * 1000)::float8 as "erased",
       (extract(epoch from clock_mark_at('said')) * 1000)::float8 as "said"`,
  );
  const clocks = { server: clock(), ...(row as Omit<Clocks, "server">) };
  return { clocks, doubt: doubtOf(clocks, demo) };
}

/** The database's clock, or its last known activity when that clock is doubtful. */
export async function sureTime(tx: Transaction): Promise<number> {
  const [row] = await tx.through("keeper", (keeper) =>
    keeper.query<{ at: number }>(`select (extract(epoch from sure_time()) * 1000)::float8 as "at"`),
  );
  return (row as { at: number }).at;
}

export async function databaseTime(tx: Transaction): Promise<number> {
  const [row] = await tx.query<{ at: number }>(
    `select (extract(epoch from clock_timestamp()) * 1000)::float8 as "at"`,
  );
  return (row as { at: number }).at;
}

async function noteSeen(tx: Transaction): Promise<void> {
  await tx.query(
    `update clock_mark set at = clock_timestamp()
     where name = 'seen' and (at is null or at < clock_timestamp() - interval '1 minute')`,
  );
}

/** Records the time that deletion uses; the database limits how far it may go. */
export async function noteErasing(tx: Transaction, now: number): Promise<void> {
  await tx.query("update clock_mark set at = $1::timestamptz where name = 'erased'", [
    new Date(now),
  ]);
}

/** A person confirms the clock: the database adopts its own time. */
export async function sayClockIsRight(tx: Transaction): Promise<void> {
  await tx.query("update clock_mark set at = now() where name in ('seen', 'said')");
}
