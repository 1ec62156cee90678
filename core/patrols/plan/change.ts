import { eventResolution, type H3Cell, isCell, parentCell, resolutionOf } from "#core/geo/cell.ts";
import type { PlanStaffing } from "#core/patrols/duty/crew.ts";
import { staffingConflict } from "#core/patrols/duty/staffing.ts";
import type { ClosedTime, Interval } from "#core/patrols/ground/closed-time.ts";
import { areApart, createDoseLedger, localDay, weekOf } from "#core/patrols/ground/dose.ts";
import { legMinutes, streetMinutes, windowCells } from "#core/patrols/ground/leg.ts";
import { type PatrolSettings, patrolDefaults } from "#core/patrols/ground/settings.ts";
import { movementOf, pacedLegs, slowness } from "#core/patrols/ground/squad.ts";
import type { StreetTimes } from "#core/patrols/ground/street-times.ts";
import type { PatrolWindow, Visit } from "#core/patrols/ground/window.ts";
import { notAvailableWords, type RefusedShift } from "#core/patrols/plan/refusal.ts";
import type { LegMaker } from "#core/patrols/walk/street-ways.ts";
import { arrivalMinutes, busyMinutes, minutesBetween } from "#core/patrols/walk/timing.ts";
import { createTravel } from "#core/patrols/walk/travel.ts";
import type { PatrolMode } from "#core/patrols/wire/plan.ts";
import { unitNumber } from "#core/patrols/wire/unit.ts";
import { failure, type Result, success } from "#core/result.ts";
import { formatQuantity } from "#core/text/numbers.ts";
import { minuteMs, type Zone } from "#core/time/zone.ts";

/** A window as typed: stops in walking order, their times follow from start and end. */
export interface WindowDraft {
  readonly zone: H3Cell;
  readonly unit: number;
  readonly mode?: PatrolMode;
  readonly patrolPartner?: string | null | undefined;
  readonly kmh?: number | null | undefined;
  readonly start: number;
  readonly end: number;
  readonly cells: readonly string[];
}

export function timedWindow(
  draft: WindowDraft,
  study: { readonly has: (cell: H3Cell) => boolean },
  settings: PatrolSettings,
  /** None: as the crow flies. */
  legMaker: LegMaker | null = null,
): Result<PatrolWindow> {
  const cells = zoneCells(draft, study);
  if (!cells.ok) return cells;
  if (draft.end <= draft.start) return failure("The end must be after the start.");
  const length = minutesBetween(draft.start, draft.end);
  if (length < settings.shortestMinutes || length > settings.longestMinutes) {
    const { shortestMinutes, longestMinutes } = settings;
    return failure(
      `A patrol lasts ${shortestMinutes} to ${longestMinutes} minutes; this one lasts ${length}.`,
    );
  }
  const mode = draft.mode ?? "foot";
  const made = legMaker?.(cells.value, mode, draft);
  if (made === "closed") return failure(notAvailableWords);
  const { patrolPartner, kmh } = draft;
  const movement = movementOf(settings.modes, mode, kmh);
  const legs = made && pacedLegs(made, slowness(settings.modes, mode, kmh));
  const ways = cells.value.map((cell, index) => {
    const before = cells.value[index - 1];
    if (before === undefined) return 0;
    const leg = legs?.[index - 1];
    return leg?.line ? streetMinutes(leg.seconds, movement) : legMinutes(before, cell, movement);
  });
  const arrivals = arrivalMinutes(length, ways, settings);
  if (!arrivals) {
    const needed = busyMinutes(ways, settings);
    return failure(
      `${ways.length} stops and travel between them take ${needed} minutes; the patrol has ${length}. Leave out a stop, or choose a longer time.`,
    );
  }
  const stops = cells.value.map((cell, index): Visit => {
    const arrive = draft.start + (arrivals[index] ?? 0) * minuteMs;
    return { cell, arrive, depart: arrive + settings.dwellMinutes * minuteMs };
  });
  const { zone, unit, start, end } = draft;
  const moves = {
    ...(draft.mode === undefined ? {} : { mode }),
    ...(patrolPartner ? { patrolPartner, kmh } : {}),
  };
  return success({ zone, unit, ...moves, start, end, stops, ...(legs ? { legs } : {}) });
}

function zoneCells(
  draft: WindowDraft,
  study: { readonly has: (cell: H3Cell) => boolean },
): Result<H3Cell[]> {
  const cells: H3Cell[] = [];
  for (const cell of draft.cells) {
    const isStop =
      isCell(cell) &&
      resolutionOf(cell) === eventResolution &&
      parentCell(cell, resolutionOf(draft.zone)) === draft.zone &&
      study.has(cell);
    if (!isStop) return failure(`"${cell}" is not a place to stop in this patrol's zone.`);
    if (cells.includes(cell)) return failure("A patrol can stop only once at each place.");
    cells.push(cell);
  }
  return cells.length > 0 ? success(cells) : failure("A patrol needs at least one stop.");
}

/**
 * Checks units and dose against the current windows; null when it fits. Protected time is refused
 * elsewhere, in its own words.
 */
export function standingConflict(
  window: PatrolWindow,
  standing: readonly PatrolWindow[],
  zone: Zone,
  settings: PatrolSettings,
  /** None: as the crow flies. */
  streets: StreetTimes | null = null,
): string | null {
  const travel = createTravel(settings, streets);
  const other = standing.find(
    (one) =>
      one.unit === window.unit && !travel.mayShare(one, window, window.mode ?? "foot", window.kmh),
  );
  if (other) return `Unit ${unitNumber(window.unit)} is already on patrol or travelling.`;
  const visits = standing.flatMap((other) => other.stops);
  const dose = createDoseLedger(visits, zone, settings);
  for (const stop of window.stops) {
    const isClose = visits.some(
      (other) => other.cell === stop.cell && !areApart(other, stop, settings),
    );
    if (isClose) {
      return `Another patrol is at one of these stops within ${formatQuantity(settings.revisitMinutes / 60, "hour")}.`;
    }
    const day = localDay(zone, stop.arrive);
    if (dose.usedOn(stop.cell, day) >= settings.visitsPerDay) {
      return `One of its stops has its ${settings.visitsPerDay} visits for that day already.`;
    }
    if (dose.usedInWeek(stop.cell, weekOf(day)) >= settings.visitsPerWeek) {
      return `One of its stops has its ${settings.visitsPerWeek} visits for that week already.`;
    }
  }
  return null;
}

export function sortLocked<Window extends PatrolWindow & { readonly shiftStart: number }>(
  locked: readonly Window[],
  given: {
    readonly zone: Zone;
    readonly closed: ClosedTime;
    readonly standing: readonly PatrolWindow[];
    readonly staffing: PlanStaffing | null;
    readonly streets?: StreetTimes | null;
    readonly span: Interval;
  },
): { readonly kept: Window[]; readonly lost: RefusedShift[] } {
  const { zone, closed, standing, staffing, span, streets = null } = given;
  const kept: Window[] = [];
  const lost: RefusedShift[] = [];
  for (const window of locked) {
    const { start, end } = window;
    if (start < span.from || end > span.to) continue;
    const route = windowCells(window);
    const isStaffed =
      window.patrolPartner || staffing?.dates.includes(zone.dateOf(window.shiftStart));
    let reason: string | null = null;
    if (!route.every((cell) => closed.isClear(cell, start, end))) reason = notAvailableWords;
    else if (isStaffed) reason = staffingConflict(window, staffing?.duties ?? []);
    reason ??= standingConflict(window, [...standing, ...kept], zone, patrolDefaults, streets);
    if (reason === null) kept.push(window);
    else lost.push({ start, end, reason: `a locked patrol could not be kept: ${reason}` });
  }
  return { kept, lost };
}
