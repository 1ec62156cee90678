import { watchSettings } from "#core/displacement/watch/settings.ts";
import { cellCentre, type H3Cell } from "#core/geo/cell.ts";
import { createPlane, planeDistance } from "#core/geo/plane.ts";
import type { EdgeZone } from "#core/places/edge-zone.ts";
import type { StudySet } from "#core/places/study-set.ts";
import type { EventColumns } from "#core/records/columns.ts";
import { eventCategories, eventSources, isPatrolDemand } from "#core/records/event.ts";
import { eventKinds } from "#core/records/kinds.ts";
import { compareText } from "#core/text/text-order.ts";
import { addDays, dayMs, minuteMs, parseLocalDate, type Zone } from "#core/time/zone.ts";

export interface WatchedReport {
  readonly cell: H3Cell;
  /** 1 to `days`; the last one is the as-at date. */
  readonly day: number;
  /** False for a partner. */
  readonly isResident: boolean;
}

/** London dates of a look, the last one included. */
export function watchedDays(asAt: string): { from: string; to: string } {
  return { from: addDays(asAt, 1 - watchSettings.days), to: asAt };
}

/**
 * Reports that call for a patrol: reported complaints and kerb crawling (DEFINITIONS, Events). A
 * cluster offers watch stops, and reported street sex work must send no patrol (SAFEGUARDS 9);
 * police discoveries follow where police go. Each counts at the middle of its span.
 */
export function watchedReports(input: {
  readonly events: EventColumns;
  readonly area: WatchedArea;
  readonly asAt: string;
  readonly zone: Zone;
}): {
  /** Sorted, so that the order of the columns does not matter. */
  readonly reports: readonly WatchedReport[];
  readonly leftOut: number;
  /** London date of the last report of any kind; null without one. */
  readonly lastOn: string | null;
} {
  const { events, area, asAt, zone } = input;
  const lastDay = parseLocalDate(asAt);
  const longestMinutes = watchSettings.longestSpanDays * (dayMs / minuteMs);
  const found: (WatchedReport & { readonly start: number; readonly end: number })[] = [];
  let leftOut = 0;
  let lastOn: string | null = null;
  const isWatched = events.cells.map((cell) => area.cells.has(cell));
  for (let row = 0; row < events.length; row += 1) {
    if (isWatched[events.cell[row] as number] !== true || !asksForPatrol(events, row)) continue;
    const start = events.start[row] as number;
    const end = events.end[row] as number;
    const date = zone.dateOf(((start + end) / 2) * minuteMs);
    const day = watchSettings.days + Math.round((parseLocalDate(date) - lastDay) / dayMs);
    if (day < 1 || day > watchSettings.days) continue;
    if (end - start > longestMinutes) {
      leftOut += 1;
      continue;
    }
    if (lastOn === null || date > lastOn) lastOn = date;
    const cell = events.cells[events.cell[row] as number] as H3Cell;
    found.push({ cell, day, start, end, isResident: events.source[row] === resident });
  }
  found.sort(
    (a, b) =>
      compareText(a.cell, b.cell) ||
      a.day - b.day ||
      Number(b.isResident) - Number(a.isResident) ||
      a.start - b.start ||
      a.end - b.end,
  );
  const perDay = new Map<string, number>();
  const reports = found.flatMap(({ cell, day, isResident }) => {
    const key = `${cell} ${day}`;
    const before = perDay.get(key) ?? 0;
    perDay.set(key, before + 1);
    return before < watchSettings.mostPerCellAndDay ? [{ cell, day, isResident }] : [];
  });
  return { reports, leftOut, lastOn };
}

const resident = eventSources.indexOf("resident");

function asksForPatrol(events: EventColumns, row: number): boolean {
  const kind = eventKinds[events.kind[row] as number];
  const source = eventSources[events.source[row] as number];
  const category = eventCategories[events.category[row] as number];
  if (kind === undefined || source === undefined || category === undefined) return false;
  return isPatrolDemand({ kind, source, category });
}

/** Where an operation is watched: outside its treated area, across the command's line too. */
export interface WatchedArea {
  readonly cells: ReadonlySet<H3Cell>;
  /** Edge zones watched at least in part. */
  readonly edges: readonly EdgeZone[];
}

/**
 * Untreated cells of the command and of the far sides of its edges (the only places beyond the line
 * with reports) whose centre is within reach of a treated cell's.
 */
export function watchedArea(input: {
  readonly treated: readonly H3Cell[];
  readonly study: StudySet;
  readonly edgeZones: readonly EdgeZone[];
  readonly reachMetres: number;
}): WatchedArea {
  const { treated, study, edgeZones, reachMetres } = input;
  const [first] = treated;
  if (first === undefined) throw new RangeError("An operation without treated cells");
  const plane = createPlane(cellCentre(first));
  const centres = treated.map((cell) => plane.toPlane(cellCentre(cell)));
  const isTreated = new Set(treated);
  const isNear = (cell: H3Cell) => {
    const at = plane.toPlane(cellCentre(cell));
    return centres.some((centre) => planeDistance(centre, at) <= reachMetres);
  };
  const known = new Set([...study.cells, ...edgeZones.flatMap(({ outer }) => outer)]);
  const cells = new Set(
    [...known].filter((cell) => !isTreated.has(cell) && isNear(cell)).sort(compareText),
  );
  const isWatched = (cell: H3Cell) => cells.has(cell);
  const edges = edgeZones.filter((edge) => [...edge.inner, ...edge.outer].some(isWatched));
  return { cells, edges };
}
