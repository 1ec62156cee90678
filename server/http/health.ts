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
 * For monitoring: whether the server runs, and whether it can work. Nothing else is revealed.
 * `folder`: where the embedded database lies.
 */
export function answerHealth(
  app: FastifyInstance,
  { db, asAt }: Pick<Services, "db" | "asAt">,
  folder: string | null,
): void {
  const expected = readMigrations().length;
  // It runs: restarting for a full disk or a wrong clock would not help.
  app.get("/healthz", async () => {
    const doubt = lastDoubt(asAt);
    return {
      status: "ok",
      ...(folder !== null && roomFault(folder) !== null ? { disk: "full" } : {}),
      // A pending erasure reveals something about stored data, and is for administrators.
      ...(isTimeDoubted(doubt) ? { clock: doubt?.kind } : {}),
    };
  });
  app.get("/readyz", async () => {
    // With a full disk, answers from memory work but nothing can be stored.
    const hasRoom = folder === null || roomFault(folder) === null;
    if (hasRoom && (await isReady(db, expected))) return { status: "ready" };
    throw new Problem(503, "Not ready", "The server cannot work at the moment.");
  });
}

/** A timeout counts as not ready. */
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
