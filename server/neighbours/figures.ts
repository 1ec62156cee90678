import { z } from "zod";
import { eventCell } from "#core/contract/event-cell.ts";
import { cellToDecimal, type H3Cell } from "#core/geo/cell.ts";
import { shownQuarters } from "#core/neighbours/agreement.ts";
import { type FrozenFigure, figureFrom } from "#core/neighbours/edge-figure.ts";
import {
  type AreaOf,
  areasWithin,
  countBesidePanel,
  leftOutWords,
} from "#core/neighbours/public-parts.ts";
import { endOfQuarter, firstDayOf, type Quarter, quarterName } from "#core/neighbours/quarter.ts";
import type { EdgeFigureReply } from "#core/neighbours/wire.ts";
import type { EdgeZone } from "#core/places/edge-zone.ts";
import type { Act } from "#server/acts/services.ts";
import type { Transaction } from "#server/db/database.ts";
import { sql } from "#server/db/sql.ts";
import { type Agreement, hashOfCounted } from "#server/neighbours/agreements.ts";
import { fixedAreas, lastMoveOf, type Places } from "#server/places/places.ts";

interface FigureQuestion {
  readonly agreement: Agreement;
  readonly places: Places;
  /** True when the neighbour itself reads, which fixes the figures. */
  readonly isShown: boolean;
}

/**
 * What the neighbour's liaison sees of this side of the line. Independent of the reader: the
 * statements run as the publisher, who has no right to protected time, patrols or police
 * discoveries.
 */
export function edgeFigures(
  tx: Transaction,
  act: Pick<Act, "zone" | "asAt">,
  question: FigureQuestion,
): Promise<EdgeFigureReply[]> {
  return tx.through("publisher", async (publisher) => {
    const figures = await figuresOf(publisher, act, question);
    return figures.map(({ quarter, shown, version }) => ({
      quarter,
      name: quarterName(quarter),
      reports: shown,
      revised: version > 1,
    }));
  });
}

type QuarterFigure = FrozenFigure & { readonly quarter: Quarter };

async function figuresOf(
  publisher: Transaction,
  { zone, asAt }: Pick<Act, "zone" | "asAt">,
  { agreement, places, isShown }: FigureQuestion,
): Promise<QuarterFigure[]> {
  const { neighbour } = agreement;
  const quarters = shownQuarters(agreement, asAt.date());
  const frozen = await loadEdgeFigures(publisher, neighbour);
  const inner = zoneOf(places, neighbour)?.inner;
  const [first, last] = [quarters[0], quarters.at(-1)];
  if (first === undefined || last === undefined) return [];
  // The edge is gone with its boundaries: shown figures stay, and none are added.
  if (inner === undefined) return standing(frozen, quarters);
  const reports = await residentReports(publisher, zone.name, {
    from: new Date(zone.startOfDate(firstDayOf(first))),
    to: new Date(zone.startOfDate(endOfQuarter(last))),
    cells: inner,
  });
  const { areaOf, within } = publicParts(places);
  const counted = countBesidePanel(reports, areaOf, within);
  // Other public areas count other reports, as other cells do.
  const cellsHash = hashOfCounted(inner, within);
  // A quarter that began before the boundaries moved is not told over the new ones: two lines of one
  // quarter tell what lies between them (SAFEGUARDS 7).
  const movedOn = lastMoveOf(places) ?? "";
  const figures = quarters.flatMap((quarter): QuarterFigure[] => {
    if (firstDayOf(quarter) < movedOn) return standing(frozen, [quarter]);
    const count = counted.get(quarter) ?? 0;
    return [{ quarter, ...figureFrom(frozen(quarter), { count, cellsHash }) }];
  });
  if (!isShown) return figures;
  const fresh = figures.filter(({ quarter, version }) => frozen(quarter)[0]?.version !== version);
  if (fresh.length === 0) return figures;
  // A parallel look may have come first: its figures are kept.
  await publisher.run(
    sql`insert into edge_figure (neighbour, quarter, version, shown, cells_hash, frozen_at)
      select ${neighbour}::text, quarter, version, shown, "cellsHash",
        ${new Date(asAt.now())}::timestamptz
      from jsonb_to_recordset(${JSON.stringify(fresh)}::jsonb)
        as fresh (quarter text, version int, shown int, "cellsHash" text)
      on conflict on constraint edge_figure_version_primary do nothing`,
  );
  return standing(await loadEdgeFigures(publisher, neighbour), quarters);
}

const reportCount = z.object({
  quarter: z.string(),
  kind: z.string(),
  cell: eventCell,
  ward: z.string().nullable(),
  count: z.int(),
});

/**
 * Reports by residents in these cells, by local quarter, kind, cell and ward: the only statement
 * behind what a liaison is shown. It reads `event` and merges of events, and nothing else
 * (SAFEGUARDS 4). For the publisher.
 */
function residentReports(
  publisher: Transaction,
  timeZone: string,
  {
    from,
    to,
    cells,
  }: { readonly from: Date; readonly to: Date; readonly cells: readonly H3Cell[] },
) {
  return publisher.rows(
    reportCount,
    sql`with report as (
        select kind, cell, ward, starts_at + (ends_at - starts_at) / 2 as middle
        from event
        where source = 'resident'
          and kind in ('complaint', 'sighting')
          and cell = any(${cells.map(cellToDecimal)}::bigint[])
          and starts_at < ${to}
          and ends_at >= ${from}
          and not exists (
            select from event_match
            where event_match.event_id = event.id and event_match.merged_into is not null
          )
      )
      select to_char(middle at time zone ${timeZone}::text, 'YYYY-"Q"Q') as quarter, kind, cell,
        ward, count(*) as count
      from report where middle >= ${from} and middle < ${to}
      group by 1, 2, 3, 4`,
  );
}

const frozenFigure = z.object({
  shown: z.int().nullable(),
  cellsHash: z.string(),
  version: z.int(),
});

/** Every version ever shown to this neighbour, newest first. For the publisher. */
const loadEdgeFigures = (publisher: Transaction, neighbour: string) =>
  publisher.grouped(
    frozenFigure,
    sql`select quarter as group, shown, cells_hash, version from edge_figure
      where neighbour = ${neighbour} order by quarter, version desc`,
  );

/** Undefined once its boundaries are gone. */
function zoneOf({ edgeZones }: Places, neighbour: string) {
  return edgeZones.find((one) => one.neighbour === neighbour && !one.isInternal);
}

export function figureNotes(places: Places, neighbour: string): string[] {
  const zone = zoneOf(places, neighbour);
  const words = zone ? leftOutWords(publicParts(places).namesIn(zone)) : null;
  return words === null ? [] : [words];
}

const held = new WeakMap<Places["reply"], PublicParts>();

interface PublicParts {
  readonly areaOf: AreaOf;
  readonly within: readonly string[];
  readonly namesIn: (zone: EdgeZone) => readonly string[];
}

function publicParts(places: Places): PublicParts {
  const known = held.get(places.reply);
  if (known) return known;
  const { command, edgeZones } = places;
  const { areas, areaOf } = fixedAreas(places);
  const zones = edgeZones.filter(({ isInternal }) => !isInternal).map(({ inner }) => inner);
  const within = areasWithin(command.cells, zones, areaOf);
  const isWithin = new Set(within);
  const namesIn = ({ inner }: EdgeZone) => {
    const here = new Set(inner.map((cell) => areaOf(cell, null)));
    return areas.filter(({ id }) => isWithin.has(id) && here.has(id)).map(({ name }) => name);
  };
  const parts = { areaOf, within, namesIn };
  held.set(places.reply, parts);
  return parts;
}

function standing(
  frozen: (quarter: Quarter) => readonly FrozenFigure[],
  quarters: readonly Quarter[],
): QuarterFigure[] {
  return quarters.flatMap((quarter) => {
    const figure = frozen(quarter)[0];
    return figure === undefined ? [] : [{ ...figure, quarter }];
  });
}
