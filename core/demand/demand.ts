import { type DemandEvent, demandEvents } from "#core/demand/demand-events.ts";
import { addHours, blendedShape, hoursOfWeek, pooledShape, sum } from "#core/demand/week-shape.ts";
import type { EventColumns } from "#core/events/columns.ts";
import { type H3Cell, parentCell, zoneResolution } from "#core/geo/cell.ts";
import { dayMs, type Zone } from "#core/time/zone.ts";

export interface DemandSettings {
  /** A report counts half after this many days. */
  readonly halfLifeDays: number;
  /** Older reports count nothing. */
  readonly historyDays: number;
  /** How many weeks of the zone's mean rate a cell starts from. */
  readonly cellPriorWeeks: number;
  /** How many reports the wider week shape counts as, for a zone and for a cell. */
  readonly zoneShapeReports: number;
  readonly cellShapeReports: number;
  /** "In the last 8 weeks" of the sentences. */
  readonly recentDays: number;
}

export const demandDefaults: DemandSettings = {
  halfLifeDays: 56,
  historyDays: 364,
  cellPriorWeeks: 4,
  zoneShapeReports: 20,
  cellShapeReports: 10,
  recentDays: 56,
};

/** Expected reports that ask for a patrol, by cell and hour of the week. */
export interface Demand {
  /** Study cells of every zone that had a report, sorted. */
  readonly cells: readonly H3Cell[];
  /** Expected reports in each local hour of a week: `rates[cell * 168 + hour]`, Monday 00:00 first. */
  readonly rates: Float64Array;
  /** Reports of the last `recentDays`, uncorrected: what the sentences say. */
  readonly recent: Uint32Array;
  /** Reports of the last `historyDays`, uncorrected: how many stand behind what is said of hours. */
  readonly known: Uint32Array;
}

/**
 * Rate times shape. Rate: reports decayed by age over the decayed weeks that were watched, shrunk to
 * the mean of the cell's zone (zone totals are kept). Shape: the pooled week, blended into the zone's
 * own, blended into the cell's own. Only events that lie wholly before `asAt` count, and of them only
 * reported complaints and reported kerb crawling: nothing that police discovered (SAFEGUARDS 9).
 */
export function forecastDemand(
  columns: EventColumns,
  context: {
    readonly zone: Zone;
    readonly asAt: number;
    readonly studyCells: ReadonlySet<H3Cell>;
  },
  settings: DemandSettings = demandDefaults,
): Demand {
  const { zone, asAt, studyCells } = context;
  const from = asAt - settings.historyDays * dayMs;
  const events = demandEvents(columns, zone, { from, to: asAt }).filter((event) =>
    studyCells.has(event.cell),
  );
  const zones = groupByZone(events, studyCells);
  const weeks = watchedWeeks(events, asAt, settings);
  const weightOf = (event: DemandEvent) =>
    event.weight * 2 ** (-(asAt - middle(event)) / dayMs / settings.halfLifeDays);

  const pooled = new Float64Array(hoursOfWeek);
  for (const event of events) addHours(pooled, zone, event, weightOf(event));
  const wide = pooledShape(pooled);

  const cells: H3Cell[] = [];
  const rates: number[] = [];
  const recent: number[] = [];
  const known: number[] = [];
  for (const group of zones) {
    const shape = blendedShape(
      hoursOf(group.events, zone, weightOf),
      wide,
      settings.zoneShapeReports,
    );
    const mean = total(group.events, weightOf) / weeks / group.cells.length;
    for (const cell of group.cells) {
      const own = group.events.filter((event) => event.cell === cell);
      const rate =
        (total(own, weightOf) + settings.cellPriorWeeks * mean) / (weeks + settings.cellPriorWeeks);
      const hours = blendedShape(hoursOf(own, zone, weightOf), shape, settings.cellShapeReports);
      cells.push(cell);
      for (const share of hours) rates.push(rate * share);
      known.push(own.length);
      recent.push(
        own.filter((event) => middle(event) >= asAt - settings.recentDays * dayMs).length,
      );
    }
  }
  return {
    cells,
    rates: Float64Array.from(rates),
    recent: Uint32Array.from(recent),
    known: Uint32Array.from(known),
  };
}

/** Expected reports in one week of the whole command. */
export function weeklyTotal(demand: Demand): number {
  return sum(demand.rates);
}

interface ZoneGroup {
  readonly cells: readonly H3Cell[];
  readonly events: readonly DemandEvent[];
}

/** Zones with at least one report, sorted, each with its study cells. */
function groupByZone(events: readonly DemandEvent[], studyCells: ReadonlySet<H3Cell>): ZoneGroup[] {
  const eventsOf = new Map<H3Cell, DemandEvent[]>();
  for (const event of events) {
    const zone = parentCell(event.cell, zoneResolution);
    const group = eventsOf.get(zone);
    if (group) group.push(event);
    else eventsOf.set(zone, [event]);
  }
  const cellsOf = new Map<H3Cell, H3Cell[]>();
  for (const cell of studyCells) {
    const zone = parentCell(cell, zoneResolution);
    if (!eventsOf.has(zone)) continue;
    const group = cellsOf.get(zone);
    if (group) group.push(cell);
    else cellsOf.set(zone, [cell]);
  }
  return [...eventsOf.keys()].sort(byText).map((zone) => ({
    cells: (cellsOf.get(zone) ?? []).sort(byText),
    events: eventsOf.get(zone) ?? [],
  }));
}

function byText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/** Weeks that were watched, decayed like the reports; at least four, so that a first day does not count as a rule. */
function watchedWeeks(
  events: readonly DemandEvent[],
  asAt: number,
  settings: DemandSettings,
): number {
  const first = events.reduce((least, event) => Math.min(least, event.start), asAt);
  const days = Math.min(settings.historyDays, Math.max(28, (asAt - first) / dayMs));
  const { halfLifeDays } = settings;
  return ((halfLifeDays / Math.LN2) * (1 - 2 ** (-days / halfLifeDays))) / 7;
}

function middle(event: DemandEvent): number {
  return (event.start + event.end) / 2;
}

function total(events: readonly DemandEvent[], weightOf: (event: DemandEvent) => number): number {
  return events.reduce((all, event) => all + weightOf(event), 0);
}

function hoursOf(
  events: readonly DemandEvent[],
  zone: Zone,
  weightOf: (event: DemandEvent) => number,
): Float64Array {
  const hours = new Float64Array(hoursOfWeek);
  for (const event of events) addHours(hours, zone, event, weightOf(event));
  return hours;
}
