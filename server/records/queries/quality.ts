import type { PointCounts } from "#core/records/quality/point-counter.ts";
import type { QualityBatch, QualityPoints, QualityRow } from "#core/records/quality/rows.ts";
import type { Transaction } from "#server/db/database.ts";

/**
 * Events known at `before` by kind, source, batch and local month. A date without a time lasts 23 to
 * 25 hours, a month 28 to 31 days.
 */
export function loadQualityRows(
  tx: Transaction,
  range: { readonly timeZone: string; readonly before: number },
): Promise<QualityRow[]> {
  return tx.query<QualityRow>(
    `with known as (
       select kind, source, batch_id, starts_at at time zone $1::text as local,
              ends_at at time zone $1::text as local_end, ends_at - starts_at as span
       from event
       where ends_at <= to_timestamp($2::float8 / 1000)
     )
     select kind as "kind",
            source as "source",
            batch_id::int as "batch",
            to_char(local, 'YYYY-MM') as "month",
            count(*)::int as "count",
            to_char(min(local), 'YYYY-MM-DD') as "first",
            to_char(
              max(greatest(local, local_end - interval '1 minute')), 'YYYY-MM-DD'
            ) as "last",
            (count(*) filter (where span = interval '0'))::int as "exact",
            (count(*) filter (
              where span = interval '0' and local = date_trunc('day', local)
            ))::int as "midnight",
            (count(*) filter (
              where span = interval '0' and local = date_trunc('hour', local)
            ))::int as "fullHour",
            (count(*) filter (where span > interval '6 hours'))::int as "overSixHours",
            (count(*) filter (where span > interval '25 hours'))::int as "overDay",
            (count(*) filter (where span > interval '648 hours'))::int as "overMonth"
     from known
     group by 1, 2, 3, 4
     order by array_position(array['complaint', 'sighting', 'arrest', 'stop_search'], kind),
       array_position(array['resident', 'partner', 'police'], source), 4, 3`,
    [range.timeZone, range.before],
  );
}

export function loadQualityBatches(tx: Transaction): Promise<QualityBatch[]> {
  return tx.query<QualityBatch>(
    `select id::int as "id",
            (extract(epoch from imported_at) * 1000)::float8 as "importedAt",
            row_count::int as "rows",
            outside_count::int as "outside"
     from batch
     where undone_at is null
     order by id`,
  );
}

export function loadQualityPoints(tx: Transaction): Promise<QualityPoints[]> {
  return tx.query<QualityPoints>(
    `select batch_id::int as "batch",
            kind as "kind",
            source as "source",
            events::int as "events",
            points::int as "points",
            repeated::int as "repeated",
            snapped::int as "snapped"
     from batch_quality
     where batch_id in (select id from batch where undone_at is null)
     order by batch_id, kind, source`,
  );
}

/** Writes what an import saw of its file; call it once the batch has its counts. */
export async function saveBatchQuality(
  tx: Transaction,
  batch: number,
  seen: { readonly outside: number; readonly points: readonly PointCounts[] },
): Promise<void> {
  await tx.query(
    `update batch
     set outside_count = $2::int
     where id = $1::int`,
    [batch, seen.outside],
  );
  await tx.query(
    `insert into batch_quality (batch_id, kind, source, events, points, repeated, snapped)
     select $1::int, kind, source, events, points, repeated, snapped
     from unnest($2::text[], $3::text[], $4::int[], $5::int[], $6::int[], $7::int[])
       as seen (kind, source, events, points, repeated, snapped)`,
    [
      batch,
      seen.points.map(({ kind }) => kind),
      seen.points.map(({ source }) => source),
      seen.points.map(({ events }) => events),
      seen.points.map(({ points }) => points),
      seen.points.map(({ repeated }) => repeated),
      seen.points.map(({ snapped }) => snapped),
    ],
  );
}
