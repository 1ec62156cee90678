import { beatEveryMs } from "#core/live.ts";
import { standingSessions } from "#server/accounts/sessions.ts";
import type { Services } from "#server/acts/services.ts";
import type { Config } from "#server/config.ts";
import {
  type Announced,
  type Database,
  databaseBehind,
  readAnnouncement,
} from "#server/db/database.ts";
import { failureText } from "#server/db/errors.ts";
import { quietTable, workOf } from "#server/live/announced.ts";
import { createWorker } from "#server/live/batch-worker.ts";
import { type Listener, scopesOf } from "#server/live/listener.ts";
import { createPhones } from "#server/live/phones.ts";
import { whatIsShown } from "#server/live/shown.ts";
import { createWatcher } from "#server/live/watcher.ts";
import { Problem } from "#server/problem.ts";

/** Per session; dead pages count until their connection is found dead. */
const mostOfSession = 4;
/** Far below the connections that the server keeps (server/http/slow-callers.ts). */
const mostOpen = 500;

const hubs = new WeakMap<Database, Promise<Hub>>();

/** `say` hears why screens and phones could not be told. The first caller opens the hub. */
export function liveHub(services: Services, say?: (line: string) => void): Promise<Hub> {
  const db = databaseBehind(services.db);
  const known = hubs.get(db);
  if (known !== undefined) return known;
  const opening = openHub({ ...services, db }, say);
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

/** The session's oldest gives way; when the server is full, new ones are refused. */
export async function follow(hub: Hub, listener: Listener, since: number | null): Promise<void> {
  const open = hub.listeners();
  if (open.length >= mostOpen) {
    throw new Problem(
      503,
      "Too many screens are open",
      "This screen checks for changes once a minute instead. Nothing else is affected.",
    );
  }
  const own = open.filter(({ sessionId }) => sessionId === listener.sessionId);
  for (const old of own.slice(0, Math.max(0, own.length + 1 - mostOfSession))) old.end();
  await hub.add(listener, since);
}

const mostTimerMs = 86_400_000;
/** For changes by the clock: midnight, and lapsing calendars. */
const clockMs = 60_000;
const clockWork: readonly Announced[] = [
  { table: "calendar_report", id: "" },
  { table: "police_attended", id: "" },
];

interface Hub {
  /** False where notifications do not arrive and screens must poll. */
  readonly hears: boolean;
  /** Reports what has changed since `since` at once. */
  readonly add: (listener: Listener, since: number | null) => Promise<void>;
  readonly remove: (listener: Listener) => void;
  readonly listeners: () => readonly Listener[];
  readonly close: () => Promise<void>;
}

async function openHub(services: Services, say?: (line: string) => void): Promise<Hub> {
  const shown = whatIsShown(services);
  const watcher = createWatcher(shown);
  const listeners = new Set<Listener>();
  const bornAt = Date.now();
  const changedAt = new Map<string, number>();
  const partners = () =>
    new Set([...listeners].flatMap(({ partnerId }) => (partnerId === null ? [] : [partnerId])));
  const tell = (scopes: Iterable<string>) => {
    const at = Date.now();
    for (const scope of scopes) {
      changedAt.set(scope, at);
      for (const listener of listeners) listener.look(scope, at);
    }
  };
  const endThoseThatEnded = () => endStreams(services, listeners);
  // As late as a word of police itself would be heard, or a partner could tell them apart.
  let quiet: NodeJS.Timeout | undefined;
  const awaitQuiet = async () => {
    const at = await shown.toldAnewAt();
    clearTimeout(quiet);
    if (at === null) return;
    const wait = Math.min(Math.max(at - services.asAt.now(), 0), mostTimerMs);
    quiet = setTimeout(() => worker.add({ table: quietTable, id: "" }), wait).unref();
  };
  const failing = (whom: string) => (error: unknown) =>
    say?.(
      `${whom} could not be told of a change; trying again every second. ${failureText(error)}`,
    );
  const look = async (batch: readonly Announced[] | null) => {
    if (batch === null) {
      await awaitQuiet();
      await watcher.beginAnew(partners());
      await endThoseThatEnded();
      tell(new Set([...listeners].flatMap(scopesOf)));
      return;
    }
    const work = workOf(batch);
    if (work.sessions) await endThoseThatEnded();
    tell(watcher.plain(work));
    tell(await watcher.changed(work, partners()));
    if (work.notices || work.told) await awaitQuiet();
  };
  const worker = createWorker(look, { onFailure: failing("Open screens") });
  const phones = createPhones(services, failing("Phones"));
  const listening = await services.db.listen((announcement) => {
    const one = announcement === null ? null : readAnnouncement(announcement);
    const isLost = one?.table === "patrol_lost";
    if (one === null || isLost) phones.add(one);
    if (!isLost) worker.add(one);
  });
  await watcher.beginAnew([]);
  await awaitQuiet();

  const beat = setInterval(() => {
    const at = Date.now();
    for (const listener of listeners) listener.beat(at);
    worker.add({ table: "sign_in", id: "" });
    // Behind a pooler: each patrol that ended since the last beats.
    if (!listening.hears) phones.add(null);
  }, beatEveryMs).unref();
  const clock = setInterval(() => {
    if (listeners.size > 0) for (const one of clockWork) worker.add(one);
  }, clockMs).unref();

  return {
    hears: listening.hears,
    listeners: () => [...listeners],
    add: async (listener, since) => {
      const { partnerId, role } = listener;
      const isFirst = ![...listeners].some(
        (one) => one.role === role && one.partnerId === partnerId,
      );
      listeners.add(listener);
      if (isFirst && partnerId !== null) await watcher.begin(partnerId);
      // Time passed while nobody listened.
      if (
        isFirst &&
        scopesOf(listener).includes("keep_clear") &&
        (await watcher.closedHasChanged())
      ) {
        changedAt.set("keep_clear", Date.now());
      }
      if (since === null) return;
      for (const scope of scopesOf(listener)) {
        // What police told a partner while nobody listened was not tracked: notifying is harmless.
        const isOpen = scope.startsWith("told ");
        if (isOpen || (changedAt.get(scope) ?? bornAt) >= since) listener.look(scope, Date.now());
      }
    },
    remove: (listener) => {
      listeners.delete(listener);
    },
    close: async () => {
      clearInterval(beat);
      clearInterval(clock);
      clearTimeout(quiet);
      for (const listener of listeners) listener.end();
      await worker.stop();
      await phones.stop();
      await listening.stop();
    },
  };
}

async function endStreams({ db }: Services, listeners: ReadonlySet<Listener>): Promise<void> {
  if (listeners.size === 0) return;
  // Listeners who join during the query are not covered by it.
  const asked = [...listeners];
  const ids = [...new Set(asked.map(({ sessionId }) => sessionId))];
  const rows = await standingSessions(db, ids, Date.now());
  const standing = new Map(rows.map((row) => [row.id, row]));
  for (const listener of asked) {
    const session = standing.get(listener.sessionId);
    const isSame = session?.role === listener.role && session.partner === listener.partner;
    if (!isSame) listener.end();
  }
}

/** A transaction-mode pooler accepts `listen` but passes the connection on. */
export function whyUnheard({ listenUrl }: Pick<Config, "listenUrl">): string {
  return listenUrl === null
    ? "Change notifications from the database do not arrive (as behind PgBouncer in transaction mode), so open screens check once a minute. For instant updates set BOXSTER_LISTEN_URL to the address of PostgreSQL itself."
    : "Change notifications do not arrive over BOXSTER_LISTEN_URL, so open screens check once a minute. Set it to PostgreSQL itself and to the same database as DATABASE_URL.";
}
