import { byWorth, expectedOf, isLost, isStanding } from "#client/patrols/plan-words.ts";
import type { PlanDays } from "#core/patrols/arrival-times/trend.ts";
import { patrolDefaults } from "#core/patrols/ground/settings.ts";
import { defaultShifts, type ShiftOccurrence, shiftsOf } from "#core/patrols/ground/shift.ts";
import type { Roster } from "#core/patrols/plan/judge.ts";
import type { PlanReply, SuggestBody, WindowReply } from "#core/patrols/wire/plan.ts";
import { addDays, minuteMs, parseLocalDate, type Zone } from "#core/time/zone.ts";

export interface Patrol {
  /** Unique in the week; a patrol of the current plan keeps its own id. */
  readonly key: string;
  readonly plan: PlanReply;
  readonly window: WindowReply;
}

/** All plans of these days as one calendar: approved patrols stay, suggestions fill the gaps. */
export interface LivingWeek {
  /** By plan; without withdrawn ones. */
  readonly patrols: readonly Patrol[];
  readonly open: readonly Patrol[];
  /** Plans with approved patrols, the current one first. */
  readonly approved: readonly PlanReply[];
  /** From 1, highest worth first, over all valid patrols. */
  readonly ranks: ReadonlyMap<string, number>;
}

/** `plan`: the current one; `plans`: all stored for these days. */
export function livingWeek(
  plans: readonly PlanReply[],
  plan: PlanReply | null,
  span: PlanDays,
): LivingWeek {
  if (!plan) return empty;
  const others = plans.filter(({ id }) => id !== plan.id);
  const all = [
    ...patrolsOf(plan, null),
    ...others.flatMap((one) =>
      patrolsOf(one, one.id).filter(({ window }) => isWithin(window, span)),
    ),
  ];
  const suggestion = newSuggestion(plan, others);
  // Draw one unapproved suggestion at a time: a colleague may have another.
  const patrols = all.filter(
    (patrol) => !isNew(patrol.plan) || patrol.plan === suggestion || !isOpenPatrol(patrol),
  );
  const ranked = byWorth(patrols.map(({ window }) => window).filter(isStanding));
  const rank = new Map(ranked.map((window, at) => [window, at + 1]));
  return {
    patrols,
    open: patrols.filter(isOpenPatrol),
    approved: [plan, ...others].filter(({ id }) =>
      patrols.some((one) => one.plan.id === id && one.window.status === "agreed"),
    ),
    ranks: new Map(
      patrols.flatMap(({ key, window }) => {
        const at = rank.get(window);
        return at === undefined ? [] : [[key, at] as const];
      }),
    ),
  };
}

const empty: LivingWeek = {
  patrols: [],
  open: [],
  approved: [],
  ranks: new Map(),
};

/** What was lost of a suggestion was never promised to anybody: only approved plans have losses. */
function patrolsOf(plan: PlanReply, prefix: string | null): Patrol[] {
  return plan.windows
    .filter(
      (window) =>
        isStanding(window) || (isLost(window) && (prefix === null || plan.agreedAt !== null)),
    )
    .map((window) => ({
      key: prefix === null ? window.id : `${prefix}-${window.id}`,
      plan,
      window,
    }));
}

function newSuggestion(plan: PlanReply, others: readonly PlanReply[]): PlanReply | null {
  if (isNew(plan)) return plan;
  return (
    others.find((one) => isNew(one) && one.windows.some(({ status }) => status === "suggested")) ??
    null
  );
}

function isNew({ status }: PlanReply): boolean {
  return status === "suggested";
}

function isOpenPatrol({ window }: Patrol): boolean {
  return window.status === "suggested";
}

/** A patrol after midnight belongs to the evening before. */
function isWithin({ start }: WindowReply, { from, days }: PlanDays): boolean {
  const date = start.slice(0, 10);
  const duty = Number(start.slice(11, 13)) < firstHour ? addDays(date, -1) : date;
  const at = parseLocalDate(duty);
  return at >= parseLocalDate(from) && at < parseLocalDate(addDays(from, days));
}

const firstHour = 6;

/** The most visited place already includes other plans. */
export function weekTotals({ patrols }: LivingWeek, plan: PlanReply): PlanReply["totals"] {
  const beside = standing(patrols)
    .filter((patrol) => patrol.plan.id !== plan.id)
    .map(({ window }) => window);
  const { windows, minutes, stops, share } = plan.totals;
  const sum = (of: (window: WindowReply) => number) =>
    beside.reduce((all, window) => all + of(window), 0);
  return {
    ...plan.totals,
    windows: windows + beside.length,
    minutes: minutes + sum(minutesOf),
    stops: stops + sum((window) => window.stops.length),
    share: share + sum((window) => window.share),
  };
}

export function standing(patrols: readonly Patrol[]): readonly Patrol[] {
  return patrols.filter(({ window }) => isStanding(window));
}

export function minutesOf({ start, end }: WindowReply): number {
  return Math.round((Date.parse(end) - Date.parse(start)) / minuteMs);
}

/** Approved, taken away, still to come and not acted on yet; next first. */
export function lostPatrols({ patrols }: LivingWeek, now: number): readonly Patrol[] {
  return patrols
    .filter(
      ({ plan, window }) =>
        isLost(window) &&
        !window.dismissed &&
        plan.agreedAt !== null &&
        Date.parse(window.start) > now,
    )
    .sort((a, b) => Date.parse(a.window.start) - Date.parse(b.window.start));
}

/**
 * Suggested patrols that each cover less than a quarter of the average patrol, of approved ones if
 * any. Repeat visits count in full, so coverage is overstated rather than understated.
 */
export function hardlyWorth({ patrols, open }: LivingWeek): readonly Patrol[] {
  const approved = patrols.filter(({ window }) => window.status === "agreed");
  const measure = (approved.length > 0 ? approved : open).map(({ window }) => window);
  const least = (leastOfAverage * expectedOf(measure)) / Math.max(1, measure.length);
  // Watching a boundary under alert counts whatever is expected.
  return open.filter(({ window }) => window.purpose === "patrol" && window.expected < least);
}

const leastOfAverage = 1 / 4;

/**
 * A unit's shifts still to come, long enough and without an approved or locked patrol. Units are
 * those on duty on staffed dates, else as many as requested.
 */
export function gapsOf(
  zone: Zone,
  body: Pick<SuggestBody, "from" | "days" | "units" | "shifts">,
  patrols: readonly Patrol[],
  { now, staffing }: { readonly now: number; readonly staffing: Roster | null },
): number {
  const taken = patrols.filter(
    ({ window }) => window.status === "agreed" || (window.status === "suggested" && window.locked),
  );
  const shortest = patrolDefaults.shortestMinutes * minuteMs;
  const unitsOf = ({ date, start, end }: ShiftOccurrence) => {
    if (!staffing?.dates.includes(date)) {
      return Array.from({ length: body.units }, (_, at) => at + 1);
    }
    const onDuty = staffing.duties.filter(
      ({ from, to }) => Math.min(to, end) - Math.max(from, start) >= shortest,
    );
    return [...new Set(onDuty.map(({ unit }) => unit))];
  };
  return shiftsOf(zone, { ...body, shifts: body.shifts ?? defaultShifts })
    .filter(({ start, end }) => end - Math.max(start, now) >= shortest)
    .flatMap((shift) => unitsOf(shift).map((unit) => ({ shift, unit })))
    .filter(
      ({ shift, unit }) =>
        !taken.some(({ window }) => {
          const at = Date.parse(window.start);
          return window.unit === unit && at >= shift.start && at < shift.end;
        }),
    ).length;
}
