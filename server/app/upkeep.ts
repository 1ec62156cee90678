import type { Services } from "#server/acts/services.ts";
import { systemActor } from "#server/db/database.ts";
import { failureText } from "#server/db/failure.ts";
import { startWatcher } from "#server/displacement/watch/watcher.ts";
import { extendClosures } from "#server/protected-time/close-sessions.ts";
import { leaveWhereDue } from "#server/protected-time/leave-due.ts";
import { runRetention } from "#server/upkeep/retention/run-retention.ts";

const everyMs = 3_600_000;

/**
 * What must go on while the server runs: protected time is kept known to its horizon, and what is
 * past its time is erased. Runs once before the first request, then every hour; a failed hour is said
 * and tried again. Only protected time must be right before anybody is answered: what stands out around an
 * operation is looked for beside all that.
 */
export async function startUpkeep(
  services: Services,
  say: (line: string) => void,
): Promise<() => Promise<void>> {
  const { db, zone, asAt } = services;
  const extend = () =>
    db.transaction(systemActor, (tx) => extendClosures(tx, { zone, now: asAt.now() }), {
      retries: 5,
    });
  const erase = async () => {
    // One that fails does not keep the other.
    for (const one of [() => leaveWhereDue(services, Date.now()), () => runRetention(services)])
      await one().catch((error: unknown) =>
        say(
          `What is past its time could not be erased; trying again in an hour. ${failureText(error)}`,
        ),
      );
  };
  await extend();
  await erase();
  const timer = setInterval(() => {
    extend().catch((error: unknown) =>
      say(`Protected time could not be extended; trying again in an hour. ${failureText(error)}`),
    );
    void erase();
  }, everyMs);
  timer.unref();
  const stopWatcher = await startWatcher(services, say);
  return async () => {
    clearInterval(timer);
    await stopWatcher();
  };
}
