import { encodeColumns } from "#core/records/columns.ts";
import { minuteMs } from "#core/time/zone.ts";
import { knownUntil } from "#server/acts/as-at.ts";
import { withOptions } from "#server/db/database.ts";
import { defineRoute, type Route } from "#server/http/route.ts";
import { loadTypedColumns } from "#server/records/queries/events.ts";

/** Everything that the page bins by itself, in one binary, columnar reply (core/records/columns.ts). */
export const eventRoutes: readonly Route[] = [
  defineRoute({
    method: "GET",
    url: "/api/events",
    summary: "All events up to the as-at date, as binary columns",
    audience: ["sergeant", "analyst"],
    audit: { verb: "consultation", act: "read events", purpose: "problem_solving" },
    handle: async (context) => {
      const before = knownUntil(context);
      const reading = withOptions(context.db, { events: true });
      const columns = await reading.transaction(context.actor, async (tx) => {
        const loaded = await loadTypedColumns(tx, { before });
        const first = loaded.start[0];
        context.addDetail({
          from: first === undefined ? null : context.zone.dateOf(first * minuteMs),
          to: context.zone.dateOf(before),
          events: loaded.length,
        });
        return loaded;
      });
      context.reply.type("application/octet-stream");
      return Buffer.from(encodeColumns(columns));
    },
  }),
];
