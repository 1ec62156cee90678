import { z } from "zod";
import type { Transaction } from "#server/db/database.ts";

/** What the checker reads: a plan as it was printed, and the sessions as they are stored, by its own statement. */

const cell = z.string().regex(/^8a[0-9a-f]{13}$/, "a cell of resolution 10");
const position = z.tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)]);
const instant = z.iso.datetime({ offset: true });

export const planFile = z.object({
  windows: z.array(
    z
      .object({
        id: z.union([z.string(), z.number()]),
        start: instant,
        end: instant,
        status: z.string().optional(),
        stops: z.array(z.object({ cell })).min(1, "a window without stops cannot be checked"),
        legs: z.array(z.object({ line: z.array(position).min(2).nullable() })).optional(),
      })
      .refine(
        ({ stops, legs }) => legs === undefined || legs.length === stops.length - 1,
        "a window with ways has one from each stop to the next",
      )
      .refine((one) => Date.parse(one.end) > Date.parse(one.start), "the window ends as it starts"),
  ),
});
export type Plan = z.infer<typeof planFile>;

/** Wall-clock fields are text; instants are epoch milliseconds. */
export interface StoredSession {
  readonly weeks: number;
  /** Monday 1 to Sunday 7; none: the day of the first date. */
  readonly days: readonly number[];
  readonly first: string;
  readonly last: string;
  readonly starts: string;
  readonly ends: string;
  readonly endedAt: number | null;
  readonly dropped: readonly { readonly date: string; readonly toldAt: number | null }[];
  readonly cells: readonly string[];
}

export function readSessions(tx: Transaction): Promise<StoredSession[]> {
  return tx.query<StoredSession>(
    `select
       s.every_weeks::int as "weeks",
       s.weekdays::int[] as "days",
       s.first_date::text as "first",
       (case s.repeats when 'once' then s.first_date else coalesce(s.until_date, '2100-01-01') end)::text
         as "last",
       left(s.starts_local::text, 5) as "starts",
       left(s.ends_local::text, 5) as "ends",
       (extract(epoch from s.ended_at) * 1000)::float8 as "endedAt",
       (select coalesce(json_agg(json_build_object(
          'date', e.occurs_on::text,
          'toldAt', (extract(epoch from e.told_at) * 1000)::float8)), '[]')
        from session_exception e where e.session_id = s.id) as "dropped",
       (select array_agg(to_hex(c)) from unnest(p.footprint) c) as "cells"
     from outreach_session s join saved_place p on p.id = s.place_id`,
  );
}
