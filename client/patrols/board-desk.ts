import { hasValue } from "#client/api/resource.ts";
import { isStanding } from "#client/patrols/plan-words.ts";
import type { KeepClear } from "#client/patrols/use-keep-clear.ts";
import type { PlanView } from "#client/patrols/use-plan.ts";
import { onceFor } from "#core/once-for.ts";
import { type Credit, createCredit } from "#core/patrols/candidates/credit.ts";
import { createClosedTime } from "#core/patrols/ground/closed-time.ts";
import { createDoseLedger, localDay, weekOf } from "#core/patrols/ground/dose.ts";
import { patrolDefaults } from "#core/patrols/ground/settings.ts";
import { shiftOf, shiftsOf } from "#core/patrols/ground/shift.ts";
import type { PatrolWindow, Visit } from "#core/patrols/ground/window.ts";
import {
  conflictOn,
  type Ground,
  modeOnDuty,
  visitWindows,
  windowOn,
} from "#core/patrols/plan/judge.ts";
import type { LegMaker } from "#core/patrols/walk/street-ways.ts";
import type { WorthReply } from "#core/patrols/wire/board.ts";
import type { PlanReply, WindowReply } from "#core/patrols/wire/plan.ts";
import { minuteMs, type Zone } from "#core/time/zone.ts";

/**
 * What the page knows of where a window may go: the hatch, shifts, units and visits on screen, and
 * what is expected at the stops. For feedback while dragging; the server decides.
 */
export interface BoardDesk extends Omit<Ground, "standing"> {
  readonly plan: PlanReply;
  readonly standing: readonly PlacedWindow[];
  readonly worth: WorthReply | null;
  /** No closures are known beyond this. */
  readonly until: number | null;
}

interface MostVisits {
  readonly inDay: number;
  readonly inWeek: number;
}

interface PlacedWindow extends PatrolWindow {
  /** Of this plan; left out for one of another plan, and for a logged visit. */
  readonly id?: string;
}

/** A window as it would be: moved, stretched or in other hands. */
export interface BoardDraft {
  /** Null: a new one, whose stops are chosen once its time is. */
  readonly window: WindowReply | null;
  readonly start: number;
  readonly end: number;
  readonly unit: number;
}

export interface DraftVerdict {
  /** Null where it fits; short enough for the block. */
  readonly reason: string | null;
  /** Expected reports that its stops would reach; null until what stops are worth has come. */
  readonly expected: number | null;
}

export function openDesk(
  { plan, plans }: PlanView,
  keepClear: KeepClear,
  zone: Zone,
  worth: WorthReply | null,
): BoardDesk | null {
  if (!plan) return null;
  const others = hasValue(plans) ? plans.value.plans.filter(({ id }) => id !== plan.id) : [];
  const agreed = others.flatMap(({ windows }) =>
    windows.filter(({ status }) => status === "agreed").map(placed),
  );
  const own = plan.windows
    .filter(isStanding)
    .map((window) => ({ ...placed(window), id: window.id }));
  const standing = [...own, ...agreed, ...visitWindows(worth?.logged ?? [])];
  const closed = createClosedTime(keepClear.stretches);
  const shifts = shiftsOf(zone, plan);
  return {
    zone,
    plan,
    worth,
    closed,
    shifts,
    standing,
    ways: null,
    staffing: worth?.staffing ?? null,
    until: keepClear.until,
  };
}

function placed({ zone, unit, mode, patrolPartner, start, end, stops }: WindowReply): PatrolWindow {
  return {
    zone,
    unit,
    mode,
    patrolPartner,
    start: Date.parse(start),
    end: Date.parse(end),
    stops: stops.map(({ cell, arrive, depart }) => ({
      cell,
      arrive: Date.parse(arrive),
      depart: Date.parse(depart),
    })),
  };
}

/** Without streets in the page, the window's current ways; the server routes around closures. */
function knownLegs({ legs, mode: before }: WindowReply): LegMaker | null {
  if (!legs) return null;
  return (stops, mode) =>
    legs.map(({ line, metres, minutes, words }, at) => {
      const { setUpMinutes } = patrolDefaults.modes[before];
      const cells = stops.slice(at, at + 2);
      // Another mode may route differently; the server gives its time.
      const known = mode === before ? line : null;
      return { line: known && line, metres, seconds: 60 * (minutes - setUpMinutes), words, cells };
    });
}

/** The page's own check, shared by block and cost panel; kept, as a drag asks sixty times a second. */
const verdictsOf = onceFor((desk: BoardDesk) => onceFor((draft: BoardDraft) => judge(desk, draft)));

export const judgeDraft = (desk: BoardDesk, draft: BoardDraft) => verdictsOf(desk)(draft);

/** Spans all shifts of the plan, so it serves every draft. */
const creditOf = onceFor(({ worth, zone, closed, shifts }: BoardDesk): Credit | null => {
  if (!worth) return null;
  const { cells, rates, reachMinutes } = worth;
  const start = Math.min(...shifts.map((shift) => shift.start));
  const end = Math.max(...shifts.map((shift) => shift.end));
  return createCredit(
    { cells, rates: Float64Array.from(rates) },
    { zone, closed, start, end, reachMinutes },
  );
});

const mostNow = onceFor(({ standing, zone }: BoardDesk) => mostVisits(standing, zone));

const outside = "Outside the shifts of this plan.";
const tooFarWords = "Keep clear is not known that far ahead.";

function judge(desk: BoardDesk, draft: BoardDraft): DraftVerdict {
  const { window, ...times } = draft;
  if (!window) return { reason: faultOfNew(desk, draft), expected: null };
  const wanted = {
    ...times,
    zone: window.zone,
    patrolPartner: window.patrolPartner,
    mode: modeOnDuty(desk.staffing, draft) ?? window.mode,
    cells: window.stops.map(({ cell }) => cell),
  };
  const study = { has: () => true };
  const found = windowOn(desk, wanted, { study, legMaker: knownLegs(window), outside });
  if (!found.ok) return { reason: found.reason, expected: null };
  const standing = desk.standing.filter(({ id }) => id !== window.id);
  const isTooFar = desk.until !== null && draft.end > desk.until;
  const reason = isTooFar ? tooFarWords : conflictOn({ ...desk, standing }, found.value);
  return { reason, expected: expectedOf(desk, found.value.stops) };
}

export function otherUnitFor(desk: BoardDesk, window: WindowReply): number | null {
  const [start, end] = [Date.parse(window.start), Date.parse(window.end)];
  const units = new Set((desk.staffing?.duties ?? []).map(({ unit }) => unit));
  const fits = [...units]
    .sort((one, other) => one - other)
    .find((unit) => judge(desk, { window, start, end, unit }).reason === null);
  return fits ?? null;
}

/** Only what does not depend on its place. */
function faultOfNew({ shifts, until }: BoardDesk, draft: BoardDraft): string | null {
  const { shortestMinutes, longestMinutes } = patrolDefaults;
  const minutes = (draft.end - draft.start) / minuteMs;
  if (minutes < shortestMinutes || minutes > longestMinutes)
    return `A patrol lasts ${shortestMinutes} to ${longestMinutes} minutes.`;
  if (!shiftOf(shifts, draft)) return outside;
  return until !== null && draft.end > until ? tooFarWords : null;
}

function expectedOf(desk: BoardDesk, stops: readonly Visit[]): number | null {
  const { worth } = desk;
  const reach = creditOf(desk);
  if (!worth || !reach) return null;
  if (stops.some(({ cell }) => !worth.cells.includes(cell))) return null;
  return stops.reduce((all, { cell, arrive }) => all + reach.reachedFrom(cell, arrive), 0);
}

export function totalsWith(
  desk: BoardDesk,
  draft: BoardDraft,
  { expected }: DraftVerdict,
): PlanReply["totals"] {
  const { plan, zone, worth, standing } = desk;
  const { window, start, end } = draft;
  const minutes = (end - start) / minuteMs;
  if (!window) return { ...plan.totals, minutes: plan.totals.minutes + Math.round(minutes) };
  const before = (Date.parse(window.end) - Date.parse(window.start)) / minuteMs;
  const more = expected === null || !worth ? 0 : (expected - window.expected) / worth.total;
  const was = mostNow(desk);
  const is = mostVisits(
    standing.map((one) => (one.id === window.id ? movedBy(one, draft) : one)),
    zone,
  );
  const { dayCap, weekCap } = plan.totals;
  return {
    ...plan.totals,
    minutes: Math.round(plan.totals.minutes - before + Math.max(0, minutes)),
    share: Math.max(0, plan.totals.share + more),
    dayCap: { ...dayCap, visits: dayCap.visits + is.inDay - was.inDay },
    weekCap: { ...weekCap, visits: weekCap.visits + is.inWeek - was.inWeek },
  };
}

/** Visits to the most visited place of this plan, those of other plans included. */
function mostVisits(windows: readonly PlacedWindow[], zone: Zone): MostVisits {
  const dose = createDoseLedger(
    windows.flatMap(({ stops }) => stops),
    zone,
    patrolDefaults,
  );
  let inDay = 0;
  let inWeek = 0;
  for (const { stops } of windows.filter(({ id }) => id !== undefined)) {
    for (const { cell, arrive } of stops) {
      const day = localDay(zone, arrive);
      inDay = Math.max(inDay, dose.usedOn(cell, day));
      inWeek = Math.max(inWeek, dose.usedInWeek(cell, weekOf(day)));
    }
  }
  return { inDay, inWeek };
}

function movedBy(window: PlacedWindow, { start }: BoardDraft): PlacedWindow {
  const by = start - window.start;
  return {
    ...window,
    stops: window.stops.map(({ cell, arrive, depart }) => ({
      cell,
      arrive: arrive + by,
      depart: depart + by,
    })),
  };
}
