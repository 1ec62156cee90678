import { z } from "zod";
import { reportedKinds } from "#core/records/kinds.ts";
import { qualityGroups } from "#core/records/quality/rows.ts";
import { type QualityReply, qualityGroup } from "#core/records/wire/quality.ts";
import { hourMs, type Zone } from "#core/time/zone.ts";
import { type Act, knownUntil } from "#server/acts/services.ts";
import {
  type Database,
  databaseBehind,
  type Transaction,
  withOptions,
} from "#server/db/database.ts";
import { sql } from "#server/db/sql.ts";
import { lastMoveOver } from "#server/places/move/places-over.ts";
import { eventsVersion } from "#server/records/queries/events-version.ts";
import { loadUnknownMonths } from "#server/records/queries/unknown-months.ts";

/** Reckoned once for each set of events and each hour: it reads every event. */
const held = new WeakMap<Database, { readonly key: string; readonly reply: QualityReply }>();

/** The same for everyone who may read events. */
export async function qualityOf(act: Act): Promise<QualityReply> {
  const { db, actor, zone, addDetail } = act;
  const asAt = act.asAt.date();
  const before = knownUntil(act);
  const moved = await lastMoveOver(act);
  const reply = await withOptions(db, { events: true }).transaction(actor, async (tx) => {
    const key = `${await eventsVersion(tx)} ${asAt} ${Math.floor(before / hourMs)}`;
    const known = held.get(databaseBehind(db));
    const reply = known?.key === key ? known.reply : { asAt, ...(await measure(tx, zone, before)) };
    held.set(databaseBehind(db), { key, reply });
    addDetail({ to: asAt, groups: reply.groups.length });
    return reply;
  });
  return moved === null ? reply : { ...reply, moved };
}

async function measure(tx: Transaction, zone: Zone, before: number) {
  const groups = qualityGroups(await loadCounts(tx, zone.name, before), zone);
  const unknown = await loadUnknownMonths(tx, zone, reportedKinds);
  const unknownMonths = unknown.filter(({ start }) => start < before).map(({ month }) => month);
  return { groups, unknownMonths };
}

const eventCount = qualityGroup
  .omit({
    events: true,
    longestSilence: true,
    lastImport: true,
    months: true,
    points: true,
    files: true,
  })
  .extend({ batch: z.int(), month: z.string(), count: z.int() });
const batchCount = z.object({
  id: z.int(),
  importedAt: z.number(),
  rows: z.int(),
  outside: z.int().nullable(),
});
const { kind, source, points } = qualityGroup.shape;
const longestGap = z.object({ kind, source, days: z.int() });
const pointCount = points.unwrap().extend({ kind, source, batch: z.int() });

/**
 * Events known at `before` by kind, source, batch and local month, the batches, and their import
 * statistics. A date without a time lasts 23 to 25 hours, a month 28 to 31 days.
 */
export async function loadCounts(tx: Transaction, timeZone: string, before: number) {
  return {
    rows: await tx.rows(
      eventCount,
      sql`with known as (
          select kind, source, batch_id, starts_at at time zone ${timeZone}::text as local,
            ends_at at time zone ${timeZone}::text as local_end, ends_at - starts_at as span
          from event
          where ends_at <= ${new Date(before)}
        )
        select kind, source, batch_id as batch, to_char(local, 'YYYY-MM') as month,
          count(*) as count,
          to_char(min(local), 'YYYY-MM-DD') as first,
          to_char(max(greatest(local, local_end - interval '1 minute')), 'YYYY-MM-DD') as last,
          count(*) filter (where span = interval '0') as exact,
          count(*) filter (where span = interval '0' and local = date_trunc('day', local)) as midnight,
          count(*) filter (where span = interval '0' and local = date_trunc('hour', local)) as full_hour,
          count(*) filter (where span > interval '6 hours') as over_six_hours,
          count(*) filter (where span > interval '25 hours') as over_day,
          count(*) filter (where span > interval '648 hours') as over_month
        from known
        group by 1, 2, 3, 4
        order by array_position(array['complaint', 'sighting', 'arrest', 'stop_search'], kind),
          array_position(array['resident', 'partner', 'police'], source), 4, 3`,
    ),
    gaps: await tx.rows(
      longestGap,
      sql`with days as (
          select distinct kind, source,
            (greatest(starts_at, ends_at - interval '1 minute') at time zone ${timeZone}::text)::date
              as day
          from event
          where ends_at <= ${new Date(before)}
        ), gaps as (
          select kind, source,
            day - lag(day) over (partition by kind, source order by day) as days
          from days
        )
        select kind, source, coalesce(max(days), 0) as days from gaps group by 1, 2`,
    ),
    batches: await tx.rows(
      batchCount,
      sql`select id, imported_at, row_count as rows, outside_count as outside
        from batch where undone_at is null order by id`,
    ),
    points: await tx.rows(
      pointCount,
      sql`select batch_id as batch, kind, source, events, points, repeated, snapped
        from batch_quality
        where batch_id in (select id from batch where undone_at is null)
        order by batch_id, kind, source`,
    ),
  };
}
