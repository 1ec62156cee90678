import { setTimeout as wait } from "node:timers/promises";
import type { FastifyInstance } from "fastify";
import { isTimeDoubted } from "#core/time/clock-doubt.ts";
import type { Services } from "#server/acts/services.ts";
import { readMigrations } from "#server/db/applied.ts";
import { lastDoubt } from "#server/db/clock.ts";
import { type Database, systemActor } from "#server/db/database.ts";
import { roomFault } from "#server/disk-room.ts";
import { Problem } from "#server/problem.ts";

const patienceMs = 3_000;

/**
 * For whoever watches the machine: whether it runs, and whether it can work. Nothing else is told. `folder`: where the
 * embedded database lies.
 */
export function answerHealth(
  app: FastifyInstance,
  { db, asAt }: Pick<Services, "db" | "asAt">,
  folder: string | null,
): void {
  const expected = readMigrations().length;
  // It runs: whoever restarts it for a full disk or a wrong clock gains nothing.
  app.get("/healthz", async () => {
    const doubt = lastDoubt(asAt);
    return {
      status: "ok",
      ...(folder !== null && roomFault(folder) !== null ? { disk: "full" } : {}),
      // That an erasure waits says something of what is kept, and is for administrators.
      ...(isTimeDoubted(doubt) ? { clock: doubt?.kind } : {}),
    };
  });
  app.get("/readyz", async () => {
    // A full disk still answers what is in memory: whatever is to be kept then is not.
    const hasRoom = folder === null || roomFault(folder) === null;
    if (hasRoom && (await isReady(db, expected))) return { status: "ready" };
    throw new Problem(503, "Not ready", "The server cannot work at the moment.");
  });
}

/** A database that does not answer in time is as good as none. */
async function isReady(db: Database, expected: number): Promise<boolean> {
  const controller = new AbortController();
  const answered = db
    .transaction(systemActor, (tx) =>
      tx.query<{ applied: number }>("select count(*)::int as applied from migration"),
    )
    .then(([row]) => row?.applied === expected)
    .catch(() => false);
  const tooLate = wait(patienceMs, false, { signal: controller.signal }).catch(() => false);
  const ready = await Promise.race([answered, tooLate]);
  controller.abort();
  return ready;
}
