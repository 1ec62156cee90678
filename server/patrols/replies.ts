import type { H3Cell } from "#core/geo/cell.ts";
import { createDoseLedger, localDay, weekOf } from "#core/patrols/ground/dose.ts";
import { type Leg, streetMinutes, windowCells } from "#core/patrols/ground/leg.ts";
import { patrolDefaults } from "#core/patrols/ground/settings.ts";
import type { Visit } from "#core/patrols/ground/window.ts";
import {
  type Check,
  type PlanReply,
  sealCheck,
  type WindowReply,
} from "#core/patrols/wire/plan.ts";
import { formatInstant, minuteMs, type Zone } from "#core/time/zone.ts";
import { lightAt } from "#server/patrols/judged-window.ts";
import type { NewWindow, WindowRow } from "#server/patrols/queries/patrol-windows.ts";
import type { NewPlan, PlanRow } from "#server/patrols/queries/plans.ts";

export interface Describer {
  readonly zone: Zone;
  readonly nameOf: (cell: H3Cell) => string;
  /** First day of the present boundaries; absent or null where they never moved. */
  readonly movedOn?: string | null;
}

/** "P12-3": plan and revision, printed on every sheet. */
export function planNumber(plan: Pick<PlanRow, "id" | "revision">): string {
  return `P${plan.id}-${plan.revision}`;
}

type ToldWindow = (NewWindow | WindowRow) & { readonly unstaffed?: string | null };

/** `others`: visits of other plans that count towards the same caps. */
export function describePlan(
  plan: NewPlan | PlanRow,
  windows: readonly ToldWindow[],
  others: readonly Visit[],
  describer: Describer,
  /** For a printed plan, which brings its own. */
  checkOf: (window: ToldWindow) => Check | null = ({ checkedAt, checkedOk }) =>
    sealCheck({ at: formatInstant(describer.zone, checkedAt), ok: checkedOk }),
): PlanReply {
  const { zone } = describer;
  const at = (instant: number) => formatInstant(zone, instant);
  const stored = "id" in plan ? plan : null;
  const { objective, bound, gap, greedy, seconds, stopped, origin, from, days, units } = plan;
  return {
    objective,
    bound,
    gap,
    greedy,
    seconds,
    stopped,
    origin,
    from,
    days,
    units,
    windows: windows.map((window) => ({
      ...describeWindow(window, plan.expectedTotal, describer),
      checked: checkOf(window),
    })),
    refused: plan.refused.map(({ start, end, reason }) => ({
      start: at(start),
      end: at(end),
      reason,
    })),
    // The day only: the minute would identify one partner's action.
    calendarsAsAt:
      plan.calendarsAsAt === null ? null : at(zone.startOfDate(zone.dateOf(plan.calendarsAsAt))),
    forecast: plan.forecast && {
      ...plan.forecast,
      total: { expected: plan.expectedTotal, ...plan.forecast.total },
    },
    ...(stored?.status === "suggested" && stored.changedAt <= stored.createdAt
      ? { asSuggested: true }
      : {}),
    id: stored?.id ?? null,
    number: stored ? planNumber(stored) : null,
    status: stored?.status ?? "suggested",
    agreedAt: stored?.agreedAt ? at(stored.agreedAt) : null,
    changedAt: stored ? at(stored.changedAt) : null,
    shifts: [...plan.shifts],
    seed: plan.seed,
    asAt: plan.asAt,
    options: plan.options,
    totals: totalsOf(windows.filter(stands), others, plan.expectedTotal, zone),
    arrivalTimes: null,
  };
}

/**
 * For roles that may see patrols but no protected time (SAFEGUARDS 5): agreed windows that are
 * over. Anything else would reveal that something came in the way: a draft or a removed window, an
 * upcoming one gone at the next look, a refusal, and the state of calendars.
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
    // Shares of encounters come from sightings, which auditors may not read.
    options: plan.options && { ...plan.options, encounters: undefined },
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
  window: ToldWindow,
  expectedTotal: number,
  { zone, nameOf }: Describer,
): Omit<WindowReply, "checked"> {
  const at = (instant: number) => formatInstant(zone, instant);
  const { unit, expected, range, whyHere, whyNow, locked, mode, purpose, legs, patrolPartner } =
    window;
  return {
    unit,
    expected,
    range,
    whyHere,
    whyNow,
    locked,
    mode,
    purpose,
    patrolPartner,
    id: window.label,
    zone: window.zone,
    place: placeOf(window, nameOf),
    start: at(window.start),
    end: at(window.end),
    stops: window.stops.map(({ cell, arrive, depart }) => ({
      cell,
      place: nameOf(cell),
      arrive: at(arrive),
      depart: at(depart),
    })),
    ...(legs
      ? {
          legs: legs.map((leg) => ({
            ...walkOf(leg),
            metres: Math.round(leg.metres),
            minutes: streetMinutes(leg.seconds, patrolDefaults.modes[mode]),
          })),
        }
      : {}),
    route: windowCells(window),
    share: shareOf(expected, expectedTotal),
    why: `${whyHere} ${whyNow}`,
    light: lightAt(window.zone, window.start, window.end),
    status: "status" in window ? window.status : "suggested",
    ...("dismissed" in window && window.dismissed ? { dismissed: true as const } : {}),
    ...(window.unstaffed ? { unstaffed: window.unstaffed } : {}),
  };
}

export function walkOf({ line, words, attribution }: Leg) {
  return { line: lineOf(line), words, ...(attribution ? { attribution } : {}) };
}

export function lineOf(line: Leg["line"]): [number, number][] | null {
  return line?.map(([lng, lat]) => [lng, lat]) ?? null;
}

/** The plainest of its stops: "Fore Street by Alpha Road" rather than a detour. */
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
