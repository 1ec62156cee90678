import type { H3Cell } from "#core/geo/cell.ts";
import { demandDefaults } from "#core/patrols/demand/settings.ts";
import type { Neighbourhood } from "#core/patrols/forecast/cell-shares.ts";
import type { Reports } from "#core/patrols/forecast/reports.ts";
import type { EventColumns } from "#core/records/columns.ts";
import { eventCategories, eventSources, isPatrolDemand } from "#core/records/event.ts";
import { eventKinds } from "#core/records/kinds.ts";
import { isUnknownAt, type UnknownMonth } from "#core/records/unknown-months.ts";
import { aoristicWeights } from "#core/stats/aoristic.ts";
import { compareText } from "#core/text/text-order.ts";
import { dayMs, minuteMs, tellsHour, type Zone } from "#core/time/zone.ts";

/** Reports that ask for a patrol, with the possible hours of the week of each. */
export interface DemandReports extends Reports {
  /** Those of report `row` are `hour[from[row] .. from[row + 1])`; none where the hour is not known. */
  readonly from: Uint32Array;
  readonly hour: Uint8Array;
  /** Sum to 1 over a report. */
  readonly share: Float64Array;
}

/** Training data at the start of a London day: study-set reports wholly before it. */
export function readDemand(
  columns: EventColumns,
  context: {
    readonly zone: Zone;
    readonly asAt: number;
    readonly study: Neighbourhood;
    readonly unknown?: readonly UnknownMonth[];
    readonly counts?: Counts | undefined;
  },
): DemandReports {
  const { zone, asAt, study, counts } = context;
  const indexOf = new Map(study.cells.map((cell, index) => [cell, index] as const));
  const first = asAt - demandDefaults.historyDays * dayMs;
  const unknown = (context.unknown ?? []).filter(({ start, end }) => start < asAt && end > first);
  const events = demandEvents(columns, zone, { from: first, to: asAt }, counts).filter(
    ({ cell, start, end }) => indexOf.has(cell) && !isUnknownAt((start + end) / 2, unknown),
  );
  const hours = events.map(({ start, end }) =>
    tellsHour(zone, start, end) ? [...aoristicWeights(zone, start, end)] : [],
  );
  const from = new Uint32Array(events.length + 1);
  hours.forEach((own, row) => {
    from[row + 1] = (from[row] as number) + own.length;
  });
  return {
    cell: Uint32Array.from(events, ({ cell }) => indexOf.get(cell) ?? 0),
    middle: Float64Array.from(events, ({ start, end }) => (start + end) / 2),
    known: Float64Array.from(events, ({ end }) => end),
    weight: Float64Array.from(events, ({ weight }) => weight),
    from,
    hour: Uint8Array.from(hours.flatMap((own) => own.map(([hour]) => hour))),
    share: Float64Array.from(hours.flatMap((own) => own.map(([, share]) => share))),
    unknown,
  };
}

/** Which events: those that ask for a patrol, unless told otherwise. */
export type Counts = typeof isPatrolDemand;

export function isTimed({ from }: DemandReports, row: number): boolean {
  return (from[row + 1] as number) > (from[row] as number);
}

interface DemandEvent {
  readonly cell: H3Cell;
  readonly start: number;
  readonly end: number;
  /** 1, or less where its cell had more than three reports that day. */
  readonly weight: number;
}

/** Cap per caller, or per cell and day (DEFINITIONS, Events). */
const mostPerCellAndDay = 3;

/**
 * Reported complaints and reported kerb crawling wholly in [from, to), in a canonical order:
 * neither other events nor column order can change a later sum.
 */
export function demandEvents(
  columns: EventColumns,
  zone: Zone,
  span: { readonly from: number; readonly to: number },
  counts: Counts = isPatrolDemand,
): DemandEvent[] {
  const asks = demandTable(counts);
  const found: { cell: H3Cell; start: number; end: number; day: string }[] = [];
  for (let row = 0; row < columns.length; row += 1) {
    const code = classCode(columns.kind[row], columns.source[row], columns.category[row]);
    const start = (columns.start[row] ?? 0) * minuteMs;
    const end = (columns.end[row] ?? 0) * minuteMs;
    const cell = columns.cells[columns.cell[row] ?? 0];
    if (asks[code] !== 1 || cell === undefined || start < span.from || end > span.to) continue;
    if (start >= span.to) continue;
    found.push({ cell, start, end, day: `${cell} ${zone.dateOf((start + end) / 2)}` });
  }
  found.sort((a, b) => compareText(a.cell, b.cell) || a.start - b.start || a.end - b.end);
  const perDay = new Map<string, number>();
  for (const { day } of found) perDay.set(day, (perDay.get(day) ?? 0) + 1);
  return found.map(({ cell, start, end, day }) => ({
    cell,
    start,
    end,
    weight: Math.min(1, mostPerCellAndDay / (perDay.get(day) ?? 1)),
  }));
}

function classCode(kind = 0, source = 0, category = 0): number {
  return (kind * eventSources.length + source) * eventCategories.length + category;
}

function demandTable(counts: Counts): Uint8Array {
  const table = new Uint8Array(eventKinds.length * eventSources.length * eventCategories.length);
  eventKinds.forEach((kind, k) => {
    eventSources.forEach((source, s) => {
      eventCategories.forEach((category, c) => {
        table[classCode(k, s, c)] = counts({ kind, source, category }) ? 1 : 0;
      });
    });
  });
  return table;
}
