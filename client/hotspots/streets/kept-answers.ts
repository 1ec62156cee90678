import type { StreetsReply } from "#core/hotspots/wire/streets.ts";

/** Enough for going back and forth; an answer takes up to a few megabytes. */
const most = 12;

export interface KeptAnswers {
  /** Identifies the records; part of the key. */
  readonly serial: number;
  readonly get: (query: string) => StreetsReply | undefined;
  readonly keep: (query: string, reply: StreetsReply) => void;
}

const known = new WeakMap<object, KeptAnswers>();
let serials = 0;

/** `records`: the loaded events; the cache is dropped with them. */
export function answersAbout(records: object): KeptAnswers {
  const found = known.get(records);
  if (found) return found;
  serials += 1;
  const replies = new Map<string, StreetsReply>();
  const answers: KeptAnswers = {
    serial: serials,
    get: (query) => replies.get(query),
    keep: (query, reply) => {
      replies.delete(query);
      replies.set(query, reply);
      const [oldest] = replies.keys();
      if (replies.size > most && oldest !== undefined) replies.delete(oldest);
    },
  };
  known.set(records, answers);
  return answers;
}
