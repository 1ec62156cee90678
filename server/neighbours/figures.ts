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
import type { Services } from "#server/acts/services.ts";
import type { Transaction } from "#server/db/database.ts";
import { hashOfCounted } from "#server/neighbours/agreements.ts";
import type { Agreement } from "#server/neighbours/queries/agreements.ts";
import {
  countResidentReports,
  freezeEdgeFigures,
  loadEdgeFigures,
} from "#server/neighbours/queries/edge-figures.ts";
import { fixedAreas, type Places } from "#server/places/places.ts";

export interface FigureQuestion extends Pick<Services, "zone" | "asAt"> {
  /** In force. */
  readonly agreement: Agreement;
  readonly places: Places;
  /** True where the neighbour itself looks: from then on the figures stand. */
  readonly isShown: boolean;
}

/**
 * What the neighbour's liaison sees of this side of the line: the same for whoever asks, so the
 * statements run as the publisher, who has no right to protected time, patrols or what police found.
 */
export function edgeFigures(tx: Transaction, question: FigureQuestion): Promise<EdgeFigureReply[]> {
  const { agreement, asAt } = question;
  const quarters = shownQuarters(agreement, asAt.date());
  return tx.through("publisher", async (publisher) => {
    const figures = await figuresOf(publisher, question, quarters);
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
  { agreement, places, zone, asAt, isShown }: FigureQuestion,
  quarters: readonly Quarter[],
): Promise<QuarterFigure[]> {
  const { neighbour } = agreement;
  const frozen = await loadEdgeFigures(publisher, neighbour);
  const inner = zoneOf(places, neighbour)?.inner;
  const [first, last] = [quarters[0], quarters.at(-1)];
  if (first === undefined || last === undefined) return [];
  // The edge is gone with its boundaries: what was shown stands, and nothing is added.
  if (inner === undefined) return standing(frozen, quarters);
  const reports = await countResidentReports(publisher, {
    timeZone: zone.name,
    from: zone.startOfDate(firstDayOf(first)),
    to: zone.startOfDate(endOfQuarter(last)),
    cells: inner,
  });
  const { areaOf, within } = publicParts(places);
  const counted = countBesidePanel(reports, areaOf, within);
  // With other public areas the figure is of other reports, as it is over other cells.
  const cellsHash = hashOfCounted(inner, within);
  const figures = quarters.map((quarter) => ({
    quarter,
    ...figureFrom(frozen.get(quarter) ?? [], { count: counted.get(quarter) ?? 0, cellsHash }),
  }));
  if (!isShown) return figures;
  const fresh = figures.filter(
    ({ quarter, version }) => frozen.get(quarter)?.[0]?.version !== version,
  );
  if (fresh.length === 0) return figures;
  await freezeEdgeFigures(publisher, neighbour, fresh, asAt.now());
  // Another look at the same moment may have come first: its figures are the ones that stand.
  return standing(await loadEdgeFigures(publisher, neighbour), quarters);
}

/** The command's side of the line with a neighbour; none once its boundaries are gone. */
function zoneOf({ edgeZones }: Places, neighbour: string) {
  return edgeZones.find((one) => one.neighbour === neighbour && !one.isInternal);
}

/** What is not in the figures of a neighbour, for whoever reads them; none where nothing is left out. */
export function figureNotes(places: Places, neighbour: string): string[] {
  const zone = zoneOf(places, neighbour);
  const words = zone ? leftOutWords(publicParts(places).namesIn(zone)) : null;
  return words === null ? [] : [words];
}

const held = new WeakMap<Places["reply"], PublicParts>();

/** Public areas that lie in edge zones as a whole, with the names that the panel gives them. */
interface PublicParts {
  readonly areaOf: AreaOf;
  readonly within: readonly string[];
  /** Of those that have ground in one zone. */
  readonly namesIn: (zone: EdgeZone) => readonly string[];
}

/** Made once for each set of stored places. */
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
  frozen: ReadonlyMap<Quarter, readonly FrozenFigure[]>,
  quarters: readonly Quarter[],
): QuarterFigure[] {
  return quarters.flatMap((quarter) => {
    const figure = frozen.get(quarter)?.[0];
    return figure === undefined ? [] : [{ ...figure, quarter }];
  });
}
