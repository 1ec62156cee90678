import type { Services } from "#server/context.ts";
import { systemActor } from "#server/db/database.ts";
import { failureText } from "#server/failure.ts";
import { extendClosures } from "#server/outreach/close-sessions.ts";

const everyMs = 3_600_000;

/**
 * What must go on while the server runs: protected time is kept known to its horizon.
 * Runs once before the first request, then every hour; a failed hour is said and tried again.
 */
export async function startUpkeep(
  { db, zone, asAt }: Services,
  say: (line: string) => void,
): Promise<() => void> {
  const extend = () =>
    db.transaction(systemActor, (tx) => extendClosures(tx, { zone, now: asAt.now() }), {
      retries: 5,
    });
  await extend();
  const timer = setInterval(() => {
    extend().catch((error: unknown) =>
      say(`Protected time could not be extended; trying again in an hour. ${failureText(error)}`),
    );
  }, everyMs);
  timer.unref();
  return () => clearInterval(timer);
}
