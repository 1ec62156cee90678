import type { Services } from "#server/acts/services.ts";
import { databaseBehind, readAnnouncement } from "#server/db/database.ts";
import { failureText } from "#server/db/errors.ts";
import { lookAround } from "#server/displacement/watch/look-around.ts";

/** Changes within this time are handled together. */
const gatherMs = 500;
/** Catches new days and expired events. */
const everyMs = 3_600_000;
const tryAgainMs = 60_000;
/** Where announcements do not arrive, changes are asked for. */
const unheardMs = 60_000;
/** Batches change reports; operations change the surroundings. */
const watched: ReadonlySet<string> = new Set(["batch", "operation"]);

/**
 * Watches while the server runs: at its start, after every import and undo by any process, and
 * hourly, so that each day is scanned. It reacts to an import once committed, and no reply waits
 * for it. Resolves when listening, with a function that stops it, discarding a scan in progress.
 */
export async function startWatcher(
  services: Services,
  say: (line: string) => void,
): Promise<() => Promise<void>> {
  const stopping = new AbortController();
  const { signal } = stopping;
  const isStopped = () => signal.aborted;
  let timer: NodeJS.Timeout | null = null;
  let dueAt = Number.POSITIVE_INFINITY;
  let running: Promise<void> = Promise.resolve();
  const look = async () => {
    if (isStopped()) return;
    try {
      await lookAround(services, { signal });
    } catch (error) {
      if (isStopped()) return;
      say(`The displacement check failed. Trying again in a minute. ${failureText(error)}`);
      soon(tryAgainMs);
    }
  };
  function soon(waitMs: number) {
    const at = Date.now() + waitMs;
    if (isStopped() || at >= dueAt) return;
    if (timer !== null) clearTimeout(timer);
    dueAt = at;
    timer = setTimeout(() => {
      dueAt = Number.POSITIVE_INFINITY;
      running = running.then(look);
    }, waitMs).unref();
  }
  const listening = await databaseBehind(services.db).listen((announcement) => {
    if (announcement === null || watched.has(readAnnouncement(announcement).table)) soon(gatherMs);
  });
  const clock = setInterval(() => soon(0), listening.hears ? everyMs : unheardMs).unref();
  soon(0);
  return async () => {
    stopping.abort(new Error("Stopped"));
    clearInterval(clock);
    if (timer !== null) clearTimeout(timer);
    await running;
    await listening.stop();
  };
}
