import type { HotspotsReply } from "#core/hotspots/wire/hotspots.ts";
import { minuteMs } from "#core/time/zone.ts";
import { type Act, knownUntil } from "#server/acts/services.ts";
import { type Transaction, withOptions } from "#server/db/database.ts";
import { type ChosenTypes, typesOfQuery } from "#server/hotspots/filter-of-query.ts";
import { readableEventsVersion } from "#server/records/queries/events-version.ts";

/** What one question was answered with, while it is being worked out and after. */
export interface KeptReply<Reply = HotspotsReply> {
  /**
   * How many events it was worked out from, for the audit line; and whether they still had that version
   * once they were read, without which the answer holds for whoever asked and is not kept.
   */
  readonly read: Promise<{ readonly events: number; readonly isSteady: boolean }>;
  readonly reply: Promise<Reply>;
  /** The same in JSON as it goes out: fifty people who ask one thing cost one rendering. */
  readonly body: Promise<Buffer>;
}

/** Whatever an answer follows from. */
export interface KeyParts {
  readonly query: object;
  /** Epoch milliseconds, whole minutes: events have no seconds, so nothing changes in between. */
  readonly before: number;
  /** Of the events (server/records/queries/events-version.ts). */
  readonly version: string;
}

/** A screenful of filters each for a few people; an answer takes a few megabytes at most. */
const most = 40;

/** By the places (or streets and places) it was worked out with: new boundaries or names forget what the old ones gave. */
const keptOf = new WeakMap<object, Map<string, KeptReply<unknown>>>();

/**
 * What events answer to a question, worked out once for all who ask it. `ground` is what it is worked out with beside
 * events: other places or streets forget the answer.
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
    // Before anything that is kept: it is the database that lets somebody at the events.
    const version = await readableEventsVersion(tx);
    const types = await typesOfQuery(tx, query.types);
    const kept = await readReply(ground, { query, before, version }, () => {
      const loading = load(tx, before, types);
      const read = loading.then(async ({ columns: { length } }) => ({
        events: length,
        isSteady: (await readableEventsVersion(tx)) === version,
      }));
      // What is worked out waits for both, so that no statement comes after the transaction.
      const reply = Promise.all([loading, read]).then(([events]) => answer(events, types));
      return { read, reply };
    });
    act.addDetail({ events: (await kept.read).events });
    return kept;
  });
}

/**
 * The same, once its events are read. Whoever waits for an answer that somebody else is working out does not
 * fail with them: their connection may be lost, and this one be well.
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
 * The answer that is kept for a question, or the one that `workOut` gives from now on. Whoever asks
 * has been let in to the events by the database before: nothing here is a right.
 */
export function keepReply<Reply>(
  ground: object,
  parts: KeyParts,
  workOut: () => Pick<KeptReply<Reply>, "read" | "reply">,
): KeptReply<Reply> {
  // One ground is asked for one kind of answer.
  const kept = (keptOf.get(ground) ?? new Map()) as Map<string, KeptReply<Reply>>;
  keptOf.set(ground, kept);
  const key = JSON.stringify([parts.version, parts.before, parts.query]);
  const known = kept.get(key);
  if (known) {
    // The last to be used is the last to go.
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
  // What failed may not fail the next: its transaction was somebody else's.
  made.body.catch(forget);
  return made;
}
