import type { Services } from "#server/acts/services.ts";
import { type Database, databaseBehind } from "#server/db/database.ts";
import { type Hub, openHub } from "#server/live/hub.ts";
import type { Listener } from "#server/live/listener.ts";
import { Problem } from "#server/problem.ts";

/** Of one session: a page that was left without a word counts until its connection is found dead. */
const mostOfSession = 4;
/** Far below the connections that the server keeps (server/http/slow-callers.ts). */
const mostOpen = 500;

const hubs = new WeakMap<Database, Promise<Hub>>();

/** The hub of a database, opened with the server or with the first screen that asks. */
export function liveHub(services: Services): Promise<Hub> {
  const db = databaseBehind(services.db);
  const known = hubs.get(db);
  if (known !== undefined) return known;
  const opening = openHub({ ...services, db });
  hubs.set(db, opening);
  opening.catch(() => hubs.delete(db));
  return opening;
}

/** Ends every stream: a server that stops must not wait for them. */
export async function endLive({ db }: Pick<Services, "db">): Promise<void> {
  const hub = hubs.get(databaseBehind(db));
  hubs.delete(databaseBehind(db));
  await (await hub?.catch(() => undefined))?.close();
}

/** The oldest of a session gives way to a new one; beyond what the server can hold nobody is let in. */
export async function follow(hub: Hub, listener: Listener, since: number | null): Promise<void> {
  const open = hub.listeners();
  if (open.length >= mostOpen) {
    throw new Problem(
      503,
      "Too many screens are open",
      "This screen looks for changes once a minute instead. Nothing else is affected.",
    );
  }
  const own = open.filter(({ sessionId }) => sessionId === listener.sessionId);
  for (const old of own.slice(0, Math.max(0, own.length + 1 - mostOfSession))) old.end();
  await hub.add(listener, since);
}
