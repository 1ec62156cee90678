import type { H3Cell } from "#core/geo/cell.ts";
import type { EventColumns } from "#core/records/columns.ts";
import { eventCategories, eventSources, isPatrolDemand } from "#core/records/event.ts";
import { eventKinds } from "#core/records/kinds.ts";
import { minuteMs, type Zone } from "#core/time/zone.ts";

/** One report that asks for a patrol, with what it still counts for. */
export interface DemandEvent {
  readonly cell: H3Cell;
  readonly start: number;
  readonly end: number;
  /** 1, or less where its cell had more than three reports that day. */
  readonly weight: number;
}

/** One caller, or one cell in one day, counts at most this much (DEFINITIONS, Events). */
export const mostPerCellAndDay = 3;

/**
 * Reported complaints and reported kerb crawling that lie wholly in [from, to), in an order of
 * their own: neither other events nor the order of the columns can change a later sum.
 */
export function demandEvents(
  columns: EventColumns,
  zone: Zone,
  span: { readonly from: number; readonly to: number },
): DemandEvent[] {
  const asks = demandTable();
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
  found.sort(
    (a, b) =>
      (a.cell < b.cell ? -1 : a.cell > b.cell ? 1 : 0) || a.start - b.start || a.end - b.end,
  );
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

function demandTable(): Uint8Array {
  const table = new Uint8Array(eventKinds.length * eventSources.length * eventCategories.length);
  eventKinds.forEach((kind, k) => {
    eventSources.forEach((source, s) => {
      eventCategories.forEach((category, c) => {
        table[classCode(k, s, c)] = isPatrolDemand({ kind, source, category }) ? 1 : 0;
      });
    });
  });
  return table;
}
