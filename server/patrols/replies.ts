import type { H3Cell } from "#core/geo/cell.ts";
import { createDoseLedger, localDay, weekOf } from "#core/patrols/dose.ts";
import { windowCells } from "#core/patrols/route.ts";
import { patrolDefaults } from "#core/patrols/settings.ts";
import { type Leg, streetMinutes } from "#core/patrols/streets/leg.ts";
import type { Visit } from "#core/patrols/window.ts";
import { type Check, sealCheck } from "#core/patrols/wire/check.ts";
import type { PlanReply, WindowReply } from "#core/patrols/wire/plan.ts";
import { formatInstant, minuteMs, type Zone } from "#core/time/zone.ts";
import { lightAt } from "#server/patrols/judged-window.ts";
import type { NewWindow, WindowRow } from "#server/patrols/queries/patrol-windows.ts";
import type { NewPlan, PlanRow } from "#server/patrols/queries/plans.ts";

export interface Describer {
  readonly zone: Zone;
  readonly nameOf: (cell: H3Cell) => string;
}

/** "P12-3": plan and revision, printed on every sheet. */
export function planNumber(plan: Pick<PlanRow, "id" | "revision">): string {
  return `P${plan.id}-${plan.revision}`;
}

/** What is told of the check of each window; a plan that is only printed tells its own. */
export type CheckOf = (window: NewWindow | WindowRow) => Check | null;

/** `others`: visits of other plans that count towards the same caps. */
export function describePlan(
  plan: NewPlan | PlanRow,
  windows: readonly (NewWindow | WindowRow)[],
  others: readonly Visit[],
  describer: Describer,
  checkOf: CheckOf = ({ checkedAt, checkedOk }) =>
    sealCheck({ at: formatInstant(describer.zone, checkedAt), ok: checkedOk }),
): PlanReply {
  const { zone } = describer;
  const at = (instant: number) => formatInstant(zone, instant);
  const replies = windows.map((window) => ({
    ...describeWindow(window, plan.expectedTotal, describer),
    checked: checkOf(window),
  }));
  const stored = "id" in plan ? plan : null;
  return {
    windows: replies,
    objective: plan.objective,
    bound: plan.bound,
    gap: plan.gap,
    greedy: plan.greedy,
    seconds: plan.seconds,
    stopped: plan.stopped,
    refused: plan.refused.map(({ start, end, reason }) => ({
      start: at(start),
      end: at(end),
      reason,
    })),
    // The day and no finer: the minute would be one partner's own act.
    calendarsAsAt:
      plan.calendarsAsAt === null ? null : at(zone.startOfDate(zone.dateOf(plan.calendarsAsAt))),
    forecast: plan.forecast && {
      ...plan.forecast,
      total: { expected: plan.expectedTotal, ...plan.forecast.total },
    },
    ...(stored?.status === "suggested" && stored.changedAt <= stored.createdAt
      ? { asSuggested: true }
      : {}),
    ...(plan.chosen ? { chosen: plan.chosen } : {}),
    origin: plan.origin ?? "planner",
    id: stored?.id ?? null,
    number: stored ? planNumber(stored) : null,
    status: stored?.status ?? "suggested",
    agreedAt: stored?.agreedAt ? at(stored.agreedAt) : null,
    changedAt: stored ? at(stored.changedAt) : null,
    from: plan.startsOn,
    days: plan.days,
    units: plan.units,
    shifts: [...plan.shifts],
    seed: plan.seed,
    asAt: plan.asAt,
    options: plan.options,
    totals: totalsOf(windows.filter(stands), others, plan.expectedTotal, zone),
    arrivalTimes: null,
  };
}

/**
 * For roles that may see patrols and nothing of protected time (SAFEGUARDS 5): the agreed
 * windows that are over. A draft, or one that went, would say that something came in its way; so
 * would one that was there to come and is gone at the next look, what was refused, and what is known
 * of calendars.
 */
export function walkedPart(plan: PlanReply, now: number): PlanReply {
  const windows = plan.windows.filter(
    ({ status, end }) => status === "agreed" && Date.parse(end) <= now,
  );
  const minutesOf = ({ start, end }: WindowReply) =>
    Math.round((Date.parse(end) - Date.parse(start)) / minuteMs);
  return {
    ...plan,
    refused: [],
    calendarsAsAt: null,
    changedAt: null,
    arrivalTimes: null,
    windows,
    totals: {
      ...plan.totals,
      windows: windows.length,
      minutes: windows.reduce((all, window) => all + minutesOf(window), 0),
      stops: windows.reduce((all, window) => all + window.stops.length, 0),
      share: windows.reduce((all, window) => all + window.share, 0),
    },
  };
}

function describeWindow(
  window: NewWindow | WindowRow,
  expectedTotal: number,
  { zone, nameOf }: Describer,
): Omit<WindowReply, "checked"> {
  const at = (instant: number) => formatInstant(zone, instant);
  return {
    id: window.label,
    zone: window.zone,
    place: placeOf(window, nameOf),
    start: at(window.start),
    end: at(window.end),
    unit: window.unit,
    stops: window.stops.map(({ cell, arrive, depart }) => ({
      cell,
      place: nameOf(cell),
      arrive: at(arrive),
      depart: at(depart),
    })),
    ...legsOf(window),
    route: windowCells(window),
    expected: window.expected,
    range: window.range,
    share: shareOf(window.expected, expectedTotal),
    why: `${window.whyHere} ${window.whyNow}`,
    whyHere: window.whyHere,
    whyNow: window.whyNow,
    light: lightAt(window.zone, window.start, window.end),
    status: "status" in window ? window.status : "suggested",
    locked: window.locked,
    ...("dismissed" in window && window.dismissed ? { dismissed: true as const } : {}),
    mode: window.mode,
    purpose: window.purpose,
  };
}

function legsOf({ legs, mode }: NewWindow | WindowRow): Pick<WindowReply, "legs"> {
  if (!legs) return {};
  const movement = patrolDefaults.modes[mode];
  return {
    legs: legs.map((leg) => ({
      ...walkOf(leg),
      metres: Math.round(leg.metres),
      minutes: streetMinutes(leg.seconds, movement),
    })),
  };
}

/** The way as a briefing has it. */
export function walkOf({ line, words, attribution }: Leg) {
  return { line: lineOf(line), words, ...(attribution ? { attribution } : {}) };
}

/** A list of its own, as what is sent has it. */
export function lineOf(line: Leg["line"]): [number, number][] | null {
  return line?.map(([lng, lat]) => [lng, lat]) ?? null;
}

/** A window goes by the plainest name among its stops: "Fore Street by Alpha Road" is short, a detour is not. */
export function placeOf(
  window: { readonly zone: H3Cell; readonly stops: readonly Visit[] },
  nameOf: (cell: H3Cell) => string,
): string {
  const names = window.stops.map((stop) => nameOf(stop.cell));
  return names.reduce(
    (best, name) => (name.length < best.length ? name : best),
    names[0] ?? nameOf(window.zone),
  );
}

/** Suggested or approved, and neither withdrawn nor lost. */
export function stands(window: NewWindow | WindowRow): boolean {
  return !("status" in window) || window.status === "suggested" || window.status === "agreed";
}

function totalsOf(
  windows: readonly (NewWindow | WindowRow)[],
  others: readonly Visit[],
  expectedTotal: number,
  zone: Zone,
): PlanReply["totals"] {
  const visits = windows.flatMap((window) => window.stops);
  const dose = createDoseLedger([...visits, ...others], zone, patrolDefaults);
  const most = (count: (stop: Visit) => number) =>
    visits.reduce((all, stop) => Math.max(all, count(stop)), 0);
  const dayOf = (stop: Visit) => localDay(zone, stop.arrive);
  return {
    windows: windows.length,
    minutes: windows.reduce((all, { start, end }) => all + Math.round((end - start) / minuteMs), 0),
    stops: visits.length,
    share: shareOf(
      windows.reduce((all, window) => all + window.expected, 0),
      expectedTotal,
    ),
    dayCap: {
      visits: most((stop) => dose.usedOn(stop.cell, dayOf(stop))),
      cap: patrolDefaults.visitsPerDay,
    },
    weekCap: {
      visits: most((stop) => dose.usedInWeek(stop.cell, weekOf(dayOf(stop)))),
      cap: patrolDefaults.visitsPerWeek,
    },
  };
}

function shareOf(expected: number, total: number): number {
  return total > 0 ? Math.min(1, expected / total) : 0;
}
