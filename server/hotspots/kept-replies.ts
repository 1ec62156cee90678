import type { HotspotsReply } from "#core/hotspots/wire/hotspots.ts";
import { minuteMs } from "#core/time/zone.ts";
import { type Act, knownUntil } from "#server/acts/services.ts";
import { type Transaction, withOptions } from "#server/db/database.ts";
import { type ChosenTypes, typesOfQuery } from "#server/hotspots/filter-of-query.ts";
import { readableEventsVersion } from "#server/records/queries/events-version.ts";

export interface KeptReply<Reply = HotspotsReply> {
  /**
   * Number of events used, for the audit line; and whether their version was still current after
   * reading. Otherwise the answer is valid for this caller but is not cached.
   */
  readonly read: Promise<{ readonly events: number; readonly isSteady: boolean }>;
  readonly reply: Promise<Reply>;
  /** Rendered once, however many ask. */
  readonly body: Promise<Buffer>;
}

export interface KeyParts {
  readonly query: object;
  /** Epoch milliseconds, whole minutes: events have no seconds, so nothing changes in between. */
  readonly before: number;
  /** Of the events (server/records/queries/events-version.ts). */
  readonly version: string;
}

/** Enough filters for a few people; a reply takes a few megabytes at most. */
const most = 40;

/** Keyed by places (or streets and places): new boundaries or names drop old replies. */
const keptOf = new WeakMap<object, Map<string, KeptReply<unknown>>>();

/**
 * Caches an answer from events for everyone who asks. `ground` is its input besides events: other
 * places or streets clear the cache.
 */
export function answerOnce<Events extends { readonly columns: { readonly length: number } }, Reply>(
  act: Act,
  {
    ground,
    query,
    load,
    answer,
  }: {
    readonly ground: object;
    readonly query: { readonly types?: readonly string[] | undefined };
    readonly load: (tx: Transaction, before: number, types: ChosenTypes | null) => Promise<Events>;
    readonly answer: (events: Events, types: ChosenTypes | null) => Reply;
  },
): Promise<KeptReply<Reply>> {
  const before = Math.floor(knownUntil(act) / minuteMs) * minuteMs;
  return withOptions(act.db, { events: true }).transaction(act.actor, async (tx) => {
    // Before the cache: the database decides who may read the events.
    const version = await readableEventsVersion(tx);
    const types = await typesOfQuery(tx, query.types);
    const kept = await readReply(ground, { query, before, version }, () => {
      const loading = load(tx, before, types);
      const read = loading.then(async ({ columns: { length } }) => ({
        events: length,
        isSteady: (await readableEventsVersion(tx)) === version,
      }));
      // Computation waits for both, so that no statement follows the transaction.
      const reply = Promise.all([loading, read]).then(([events]) => answer(events, types));
      return { read, reply };
    });
    act.addDetail({ events: (await kept.read).events });
    return kept;
  });
}

/**
 * The same, once its events are read. Callers waiting for another's computation do not fail with
 * it: its connection may be lost while theirs are fine.
 */
export async function readReply<Reply>(
  ground: object,
  parts: KeyParts,
  workOut: () => Pick<KeptReply<Reply>, "read" | "reply">,
): Promise<KeptReply<Reply>> {
  const own = { isAsked: false };
  const find = () =>
    keepReply(ground, parts, () => {
      own.isAsked = true;
      return workOut();
    });
  const kept = find();
  const isRead = await kept.read.then(
    () => true,
    () => false,
  );
  return isRead || own.isAsked ? kept : find();
}

/**
 * The cached answer to a question, or `workOut`'s, cached from now on. Not an access check: the
 * database has already admitted the caller to the events.
 */
export function keepReply<Reply>(
  ground: object,
  parts: KeyParts,
  workOut: () => Pick<KeptReply<Reply>, "read" | "reply">,
): KeptReply<Reply> {
  // One ground always has one kind of answer.
  const kept = (keptOf.get(ground) ?? new Map()) as Map<string, KeptReply<Reply>>;
  keptOf.set(ground, kept);
  const key = JSON.stringify([parts.version, parts.before, parts.query]);
  const known = kept.get(key);
  if (known) {
    // Moves the last used to the end: evicted last.
    kept.delete(key);
    kept.set(key, known);
    return known;
  }
  const { read, reply } = workOut();
  const made = { read, reply, body: reply.then((value) => Buffer.from(JSON.stringify(value))) };
  kept.set(key, made);
  const [oldest] = kept.keys();
  if (kept.size > most && oldest !== undefined) kept.delete(oldest);
  const forget = () => {
    if (kept.get(key) === made) kept.delete(key);
  };
  read.then(({ isSteady }) => isSteady || forget(), forget);
  // A failure is not cached: it belonged to another caller's transaction.
  made.body.catch(forget);
  return made;
}
