import type { StreetsReply } from "#core/hotspots/wire/streets.ts";
import { onceFor } from "#core/once-for.ts";

/** Enough for going back and forth; an answer takes up to a few megabytes. */
const most = 12;

let serials = 0;

/** Of the loaded events, and dropped with them. */
export const answersAbout = onceFor((_records: object) => {
  serials += 1;
  const replies = new Map<string, StreetsReply>();
  return {
    /** Identifies the records; part of the key. */
    serial: serials,
    get: (query: string) => replies.get(query),
    keep: (query: string, reply: StreetsReply) => {
      replies.delete(query);
      replies.set(query, reply);
      const [oldest] = replies.keys();
      if (replies.size > most && oldest !== undefined) replies.delete(oldest);
    },
  };
});
