import type { H3Cell } from "#core/geo/cell.ts";
import type { EventColumns } from "#core/records/columns.ts";
import { eventCategories, eventSources, type PoliceEvent } from "#core/records/event.ts";
import { eventKinds } from "#core/records/kinds.ts";
import { numberTypes } from "#core/records/types.ts";
import { minuteMs } from "#core/time/zone.ts";

/** Events of a test as the columns that kernels, planner and page compute on. */
export function columnsFromEvents(events: readonly PoliceEvent[]): EventColumns {
  const sorted = [...events].sort((a, b) => a.startsAt - b.startsAt);
  const length = sorted.length;
  const { types, numberOf } = numberTypes(sorted.flatMap(({ type }) => type ?? []));
  const cells: H3Cell[] = [];
  const indexOf = new Map<H3Cell, number>();
  const columns = {
    length,
    cells,
    cell: new Uint32Array(length),
    start: new Int32Array(length),
    end: new Int32Array(length),
    kind: new Uint8Array(length),
    source: new Uint8Array(length),
    category: new Uint8Array(length),
    type: new Uint8Array(length),
    types,
  };
  sorted.forEach((event, row) => {
    let index = indexOf.get(event.cell);
    if (index === undefined) {
      index = cells.length;
      cells.push(event.cell);
      indexOf.set(event.cell, index);
    }
    columns.cell[row] = index;
    columns.start[row] = Math.floor(event.startsAt / minuteMs);
    columns.end[row] = Math.floor(event.endsAt / minuteMs);
    columns.kind[row] = eventKinds.indexOf(event.kind);
    columns.source[row] = eventSources.indexOf(event.source);
    columns.category[row] = eventCategories.indexOf(event.category);
    columns.type[row] = numberOf(event.type ?? "");
  });
  return columns;
}
