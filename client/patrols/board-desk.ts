import { hasValue } from "#client/api/resource.ts";
import { isStanding, unitCount } from "#client/patrols/plan-words.ts";
import type { KeepClear } from "#client/patrols/use-keep-clear.ts";
import type { PlanView } from "#client/patrols/use-plan.ts";
import type { H3Cell } from "#core/geo/cell.ts";
import { standingConflict, timedWindow } from "#core/patrols/change.ts";
import { type ClosedTime, createClosedTime } from "#core/patrols/closed-time.ts";
import { type Credit, createCredit } from "#core/patrols/credit.ts";
import { createDoseLedger, localDay, weekOf } from "#core/patrols/dose.ts";
import { notAvailableWords } from "#core/patrols/refusal.ts";
import { windowCells } from "#core/patrols/route.ts";
import { type PatrolSettings, patrolDefaults } from "#core/patrols/settings.ts";
import { parseShift, type ShiftOccurrence, shiftOccurrences } from "#core/patrols/shift.ts";
import { staffingConflict } from "#core/patrols/staffing.ts";
import type { LegMaker } from "#core/patrols/streets/leg-maker.ts";
import type { PatrolWindow, Visit } from "#core/patrols/window.ts";
import type { WorthReply } from "#core/patrols/wire/board.ts";
import type { PatrolMode, PlanReply, WindowReply } from "#core/patrols/wire/plan.ts";
import { minuteMs, type Zone } from "#core/time/zone.ts";

/**
 * What the page itself knows of where a window may stand: the hatch that is on screen, the shifts, units
 * and visits of the plans that are on screen, and what is expected at their stops. The server has the
 * last word; this one is there while a finger still moves.
 */
export interface BoardDesk {
  readonly zone: Zone;
  readonly plan: PlanReply;
  readonly closed: ClosedTime;
  readonly shifts: readonly ShiftOccurrence[];
  readonly standing: readonly PlacedWindow[];
  readonly worth: WorthReply | null;
  /** No further ahead: what is closed there is not shown yet. */
  readonly until: number | null;
  /** Made when first asked for and kept: a drag asks sixty times a second. */
  readonly credit: () => Credit | null;
  readonly mostNow: () => MostVisits;
  /** Logged visits that no planned stop stands for. */
  readonly logged: () => readonly PlacedWindow[];
}

interface MostVisits {
  readonly inDay: number;
  readonly inWeek: number;
}

interface PlacedWindow extends PatrolWindow {
  /** Of this plan; null for one of another plan. */
  readonly id: string | null;
}

/** A window as it would be: moved, stretched or in other hands. */
export interface BoardDraft {
  /** Null: a new one, whose stops are chosen when its time is. */
  readonly window: WindowReply | null;
  readonly start: number;
  readonly end: number;
  readonly unit: number;
}

export interface DraftVerdict {
  readonly fits: boolean;
  /** Null where it fits; short enough for the block. */
  readonly reason: string | null;
  /** Expected reports that its stops would reach; null until what stops are worth has come. */
  readonly expected: number | null;
}

export function openDesk(
  view: PlanView,
  keepClear: KeepClear,
  zone: Zone,
  worth: WorthReply | null,
) {
  const { plan } = view;
  if (!plan) return null;
  const others = hasValue(view.plans)
    ? view.plans.value.plans.filter(({ id }) => id !== plan.id)
    : [];
  const closed = createClosedTime(keepClear.stretches);
  const shifts = shiftsOf(zone, plan);
  const desk: BoardDesk = {
    zone,
    plan,
    worth,
    closed,
    until: keepClear.until,
    shifts,
    credit: once(() => worth && creditOf(worth, zone, closed, shifts)),
    mostNow: once(() => mostVisits([...desk.standing, ...desk.logged()], zone)),
    logged: once(() => loggedWindows(worth)),
    standing: [
      ...plan.windows.filter(isStanding).map((window) => placed(window, window.id)),
      ...others.flatMap(({ windows }) =>
        windows.filter(({ status }) => status === "agreed").map((window) => placed(window, null)),
      ),
    ],
  };
  return desk;
}

export function shiftsOf(zone: Zone, plan: PlanReply): ShiftOccurrence[] {
  const shifts = plan.shifts.flatMap((text) => {
    const shift = parseShift(text);
    return shift.ok ? [shift.value] : [];
  });
  return shiftOccurrences(zone, plan, shifts);
}

/** The page has no streets: the ways of the window as it is. The server leads them round what is closed at another time. */
function knownLegs({ legs, mode: before }: WindowReply): LegMaker | null {
  if (!legs) return null;
  return (stops, mode) =>
    legs.map(({ line, metres, minutes, words }, at) => {
      const { setUpMinutes } = patrolDefaults.modes[before];
      const cells = stops.slice(at, at + 2);
      // Another unit may go otherwise; how long that takes the server says.
      const known = mode === before ? line : null;
      return { line: known && line, metres, seconds: 60 * (minutes - setUpMinutes), words, cells };
    });
}

function placed(window: WindowReply, id: string | null): PlacedWindow {
  return {
    id,
    zone: window.zone as H3Cell,
    unit: window.unit,
    mode: window.mode,
    start: Date.parse(window.start),
    end: Date.parse(window.end),
    stops: window.stops.map(({ cell, arrive, depart }) => ({
      cell: cell as H3Cell,
      arrive: Date.parse(arrive),
      depart: Date.parse(depart),
    })),
  };
}

/** As the plan was asked for. */
function settingsOf({ options }: PlanReply): PatrolSettings {
  return options ? { ...patrolDefaults, dwellMinutes: options.dwellMinutes } : patrolDefaults;
}

const anywhere = { has: () => true };

const judged = new WeakMap<
  BoardDraft,
  { readonly desk: BoardDesk; readonly verdict: DraftVerdict }
>();

/** Whether a window may stand there as far as the page can tell, and what it would reach; block and cost panel ask once. */
export function judgeDraft(desk: BoardDesk, draft: BoardDraft): DraftVerdict {
  const known = judged.get(draft);
  if (known?.desk === desk) return known.verdict;
  const verdict = judge(desk, draft);
  judged.set(draft, { desk, verdict });
  return verdict;
}

function judge(desk: BoardDesk, draft: BoardDraft): DraftVerdict {
  const { window, start, end, unit } = draft;
  if (!window) return judgeNew(desk, draft);
  const cells = window.stops.map(({ cell }) => cell);
  const mode = dutyMode(desk, draft) ?? window.mode;
  const timed = timedWindow(
    { zone: window.zone as H3Cell, unit, mode, start, end, cells },
    anywhere,
    settingsOf(desk.plan),
    knownLegs(window),
  );
  if (!timed.ok) return { fits: false, reason: timed.reason, expected: null };
  const reason = faultOf(desk, timed.value, window.id);
  return { fits: reason === null, reason, expected: expectedOf(desk, timed.value.stops) };
}

/** Another unit that could go then, as far as the page can tell; the first by number. */
export function otherUnitFor(desk: BoardDesk, window: WindowReply): number | null {
  const [start, end] = [Date.parse(window.start), Date.parse(window.end)];
  const units = new Set((desk.worth?.staffing?.duties ?? []).map(({ unit }) => unit));
  const fits = [...units]
    .sort((one, other) => one - other)
    .find((unit) => judge(desk, { window, start, end, unit }).fits);
  return fits ?? null;
}

/** Of a new one only what does not depend on its place. */
function judgeNew({ shifts, until }: BoardDesk, { start, end }: BoardDraft): DraftVerdict {
  const { shortestMinutes, longestMinutes } = patrolDefaults;
  const minutes = (end - start) / minuteMs;
  const isLong = minutes >= shortestMinutes && minutes <= longestMinutes;
  const isInShift = shifts.some((shift) => shift.start <= start && end <= shift.end);
  const reason = !isLong
    ? `A patrol lasts ${shortestMinutes} to ${longestMinutes} minutes.`
    : !isInShift
      ? outsideWords
      : until !== null && end > until
        ? tooFarWords
        : null;
  return { fits: reason === null, reason, expected: null };
}

const outsideWords = "Outside the shifts of this plan.";
const tooFarWords = "Keep clear is not known that far ahead.";

function faultOf(desk: BoardDesk, timed: PatrolWindow, id: string): string | null {
  const { start, end, unit } = timed;
  if (unit > unitCount(desk.plan)) return `This plan has ${desk.plan.units} units.`;
  if (desk.until !== null && end > desk.until) return tooFarWords;
  if (!desk.shifts.some((shift) => shift.start <= start && end <= shift.end)) {
    return outsideWords;
  }
  const route = windowCells(timed);
  if (route.some((cell) => !desk.closed.isClear(cell, start, end))) return notAvailableWords;
  const others = desk.standing.filter((one) => one.id !== id);
  return (
    dutyFault(desk, timed) ??
    standingConflict(timed, [...others, ...desk.logged()], desk.zone, patrolDefaults)
  );
}

/** How the unit on duty then moves, as at the server; null where nobody said. */
function dutyMode({ worth }: BoardDesk, { unit, start, end }: BoardDraft): PatrolMode | null {
  const duties = worth?.staffing?.duties ?? [];
  const duty = duties.find((one) => one.unit === unit && one.from <= start && end <= one.to);
  return duty?.mode ?? null;
}

/** On a date that is staffed a unit goes by its duty, as at the server. */
function dutyFault({ worth, shifts }: BoardDesk, window: PatrolWindow): string | null {
  const shift = shifts.find(({ start, end }) => start <= window.start && window.end <= end);
  const staffing = worth?.staffing;
  if (!shift || !staffing?.dates.includes(shift.date)) return null;
  return staffingConflict(window, staffing.duties);
}

/** Of no unit that could be in the way: they count towards visits alone. */
function loggedWindows(worth: WorthReply | null): readonly PlacedWindow[] {
  return (worth?.logged ?? []).map(({ cell, arrive, depart }) => ({
    id: null,
    zone: cell as H3Cell,
    unit: 0,
    start: arrive,
    end: depart,
    stops: [{ cell: cell as H3Cell, arrive, depart }],
  }));
}

function expectedOf({ worth, credit }: BoardDesk, stops: readonly Visit[]): number | null {
  const reach = credit();
  if (!worth || !reach) return null;
  if (stops.some(({ cell }) => !worth.cells.includes(cell))) return null;
  return stops.reduce((all, { cell, arrive }) => all + reach.reachedFrom(cell, arrive), 0);
}

/** Over all shifts of the plan, so that it serves every draft. */
function creditOf(
  worth: WorthReply,
  zone: Zone,
  closed: ClosedTime,
  shifts: readonly ShiftOccurrence[],
): Credit {
  return createCredit(
    { cells: worth.cells as H3Cell[], rates: Float64Array.from(worth.rates) },
    {
      zone,
      closed,
      start: Math.min(...shifts.map(({ start }) => start)),
      end: Math.max(...shifts.map(({ end }) => end)),
      reachMinutes: worth.reachMinutes,
    },
  );
}

function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** The plan's totals as they would be with the draft in the place of its window. */
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
  const was = desk.mostNow();
  const is = mostVisits(
    [
      ...standing.map((one) => (one.id === window.id ? movedBy(one, draft) : one)),
      ...desk.logged(),
    ],
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
  for (const { stops } of windows.filter(({ id }) => id !== null)) {
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
