import { cellToDecimal, type H3Cell } from "#core/geo/cell.ts";
import type { FrozenFigure } from "#core/neighbours/edge-figure.ts";
import type { ReportCount } from "#core/neighbours/public-parts.ts";
import type { Quarter } from "#core/neighbours/quarter.ts";
import type { Transaction } from "#server/db/database.ts";

/**
 * Reports by residents in these cells, by local quarter, kind, cell and ward: the only statement behind what
 * a liaison is shown. It reads `event`, and which events were merged into another, and nothing else
 * (SAFEGUARDS 4). For the publisher.
 */
export function countResidentReports(
  tx: Transaction,
  asked: {
    readonly timeZone: string;
    readonly from: number;
    readonly to: number;
    readonly cells: readonly H3Cell[];
  },
): Promise<ReportCount[]> {
  return tx.query<ReportCount>(
    `with report as (
       select kind, cell, ward, starts_at + (ends_at - starts_at) / 2 as middle
       from event
       where source = 'resident'
         and kind in ('complaint', 'sighting')
         and cell = any($4::bigint[])
         and starts_at < to_timestamp($3::float8 / 1000)
         and ends_at >= to_timestamp($2::float8 / 1000)
         and not exists (
           select from event_match
           where event_match.event_id = event.id and event_match.merged_into is not null
         )
     )
     select
       to_char(middle at time zone $1::text, 'YYYY-"Q"Q') as "quarter",
       kind as "kind",
       to_hex(cell) as "cell",
       ward as "ward",
       count(*)::int as "count"
     from report
     where middle >= to_timestamp($2::float8 / 1000)
       and middle < to_timestamp($3::float8 / 1000)
     group by 1, 2, 3, 4`,
    [asked.timeZone, asked.from, asked.to, asked.cells.map(cellToDecimal)],
  );
}

/** Every version of each quarter that was ever shown to this neighbour, the last one first. For the publisher. */
export async function loadEdgeFigures(
  tx: Transaction,
  neighbour: string,
): Promise<Map<Quarter, FrozenFigure[]>> {
  const rows = await tx.query<FrozenFigure & { readonly quarter: Quarter }>(
    `select
       quarter as "quarter",
       shown::int as "shown",
       cells_hash as "cellsHash",
       version::int as "version"
     from edge_figure
     where neighbour = $1::text
     order by edge_figure.quarter, edge_figure.version desc`,
    [neighbour],
  );
  const byQuarter = new Map<Quarter, FrozenFigure[]>();
  for (const { quarter, ...figure } of rows) {
    byQuarter.set(quarter, [...(byQuarter.get(quarter) ?? []), figure]);
  }
  return byQuarter;
}

/** Of two looks at once the first one's figures stand. For the publisher. */
export async function freezeEdgeFigures(
  tx: Transaction,
  neighbour: string,
  figures: readonly (FrozenFigure & { readonly quarter: Quarter })[],
  at: number,
): Promise<void> {
  await tx.query(
    `insert into edge_figure (neighbour, quarter, version, shown, cells_hash, frozen_at)
     select $1::text, given.quarter, given.version, given.shown, given.cells_hash, $6::timestamptz
     from unnest($2::text[], $3::int[], $4::int[], $5::text[])
       as given (quarter, version, shown, cells_hash)
     on conflict on constraint edge_figure_version_primary do nothing`,
    [
      neighbour,
      figures.map(({ quarter }) => quarter),
      figures.map(({ version }) => version),
      figures.map(({ shown }) => shown),
      figures.map(({ cellsHash }) => cellsHash),
      new Date(at),
    ],
  );
}
