import { readFileSync } from "node:fs";
import { type Database, ownerActor } from "#server/db/database.ts";

/** A tick of /proc, USER_HZ: a hundredth of a second on every Linux. */
const tickMs = 10;

/**
 * Milliseconds of processor time that PostgreSQL's backends of this database spent on some work; null where they
 * are not processes of this machine.
 */
export async function timeBackends(
  db: Database,
  work: () => Promise<unknown>,
): Promise<number | null> {
  const before = await backendTimes(db);
  await work();
  const after = await backendTimes(db);
  if (!before || !after) return null;
  return [...after].reduce((sum, [pid, time]) => sum + time - (before.get(pid) ?? 0), 0);
}

async function backendTimes(db: Database): Promise<Map<number, number> | null> {
  const pids = await db.transaction(ownerActor, (tx) =>
    tx.query<{ pid: number }>(
      "select pid from pg_stat_activity where datname = current_database()",
    ),
  );
  try {
    return new Map(pids.map(({ pid }) => [pid, timeOf(pid)]));
  } catch {
    return null;
  }
}

/** User and system time; the name of the program, in brackets, may hold anything. */
function timeOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) * tickMs;
}
