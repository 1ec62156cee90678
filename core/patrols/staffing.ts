import type { Interval } from "#core/patrols/closed-time.ts";
import { parseShift } from "#core/patrols/shift.ts";
import type { PatrolMode } from "#core/patrols/wire/plan.ts";
import type { Duty, FixedTask, InterviewBlock, StaffingBody } from "#core/patrols/wire/staffing.ts";
import { addDays, dayMs, minuteMs, parseLocalDate, type Zone } from "#core/time/zone.ts";

export type Staffing = Readonly<StaffingBody>;

/** One unit's duty, and what of it is left for patrol. */
export interface UnitDuty extends Interval {
  /** The wall-clock date on which it begins. */
  readonly date: string;
  readonly unit: number;
  readonly mode: PatrolMode;
  /** Ascending and apart: the duty without its tasks and interviews. */
  readonly free: readonly Interval[];
}

interface StaffingFault {
  /** "duties.3" */
  readonly field: string;
  readonly reason: string;
}

interface ReadStaffing {
  /** By start, then unit. */
  readonly duties: readonly UnitDuty[];
  readonly faults: readonly StaffingFault[];
}

/** When hours of a date lie; null where they are none. An end at or before the start is on the next day. */
export function hoursSpan(zone: Zone, date: string, hours: string): Interval | null {
  const shift = parseShift(hours);
  if (!shift.ok) return null;
  const { startMinute, endMinute } = shift.value;
  const midnight = parseLocalDate(date);
  const crosses = endMinute <= startMinute ? dayMs : 0;
  const from = zone.toInstant(midnight + startMinute * minuteMs, "earlier");
  const to = zone.toInstant(midnight + crosses + endMinute * minuteMs, "later");
  return to > from ? { from, to } : null;
}

/** Duties with their free time, and whatever does not go together, each named by its place in the input. */
export function readStaffing(zone: Zone, staffing: Staffing): ReadStaffing {
  const faults: StaffingFault[] = [];
  const duties = readDuties(zone, staffing.duties, faults);
  takeTasks(zone, duties, staffing.tasks, faults);
  takeInterviews(zone, duties, staffing, faults);
  const ordered = [...duties].sort((a, b) => a.from - b.from || a.unit - b.unit);
  return { duties: ordered, faults };
}

/** The hours of every evening from the day before to the day after that are kept for patrol. */
export function coreStretches(
  zone: Zone,
  coreHours: string,
  span: { readonly from: string; readonly days: number },
): Interval[] {
  const stretches: Interval[] = [];
  for (let day = -1; day <= span.days; day += 1) {
    const stretch = hoursSpan(zone, addDays(span.from, day), coreHours);
    if (stretch) stretches.push(stretch);
  }
  return stretches;
}

/** Why a window's unit cannot go, on a date that is staffed; null when it can. */
export function staffingConflict(
  window: { readonly unit: number; readonly start: number; readonly end: number },
  duties: readonly Pick<UnitDuty, "unit" | "from" | "to" | "free">[],
): string | null {
  const own = duties.filter(({ unit }) => unit === window.unit);
  const duty = own.find(({ from, to }) => from <= window.start && window.end <= to);
  if (!duty) return `Unit ${window.unit} is not on duty then.`;
  const isFree = duty.free.some(({ from, to }) => from <= window.start && window.end <= to);
  return isFree ? null : `Unit ${window.unit} has another task then.`;
}

export function overlap(a: Interval, b: Interval): boolean {
  return a.from < b.to && b.from < a.to;
}

interface OpenDuty extends UnitDuty {
  free: Interval[];
}

function readDuties(zone: Zone, duties: readonly Duty[], faults: StaffingFault[]): OpenDuty[] {
  const read: OpenDuty[] = [];
  duties.forEach(({ date, unit, hours, mode }, index) => {
    const field = `duties.${index}`;
    const span = hoursSpan(zone, date, hours);
    if (!span) {
      faults.push({ field, reason: noHours(hours) });
      return;
    }
    if (read.some((other) => other.unit === unit && overlap(other, span))) {
      faults.push({ field, reason: `unit ${unit} is on duty twice at that time` });
      return;
    }
    read.push({ date, unit, mode, ...span, free: [span] });
  });
  return read;
}

function noHours(hours: string): string {
  return `"${hours}" are no hours: they start and end at the same time`;
}

/** Named units first: a task for any unit goes to one that is left. */
function takeTasks(
  zone: Zone,
  duties: readonly OpenDuty[],
  tasks: readonly FixedTask[],
  faults: StaffingFault[],
): void {
  const numbered = tasks.map((task, index) => ({ task, field: `tasks.${index}` }));
  for (const { task, field } of namedFirst(numbered, ({ task: { unit } }) => unit)) {
    const span = hoursSpan(zone, task.date, task.hours);
    if (!span) faults.push({ field, reason: noHours(task.hours) });
    // Court on a day off takes nothing from patrol.
    else if (task.unit !== null) takeFrom(duties, task.unit, span);
    else {
      const unit = unitWithMost(duties, span);
      if (unit === null) faults.push({ field, reason: "no unit is on duty and free at that time" });
      else takeFrom(duties, unit, span);
    }
  }
}

function takeInterviews(
  zone: Zone,
  duties: readonly OpenDuty[],
  { interviews, coreHours }: Pick<Staffing, "interviews" | "coreHours">,
  faults: StaffingFault[],
): void {
  const numbered = interviews.map((block, index) => ({ block, field: `interviews.${index}` }));
  for (const { block, field } of namedFirst(numbered, ({ block: { unit } }) => unit)) {
    const reason = interviewFault(zone, duties, block, coreHours);
    if (reason !== null) faults.push({ field, reason });
  }
}

/** Takes the block where it fits, or says why not. */
function interviewFault(
  zone: Zone,
  duties: readonly OpenDuty[],
  { date, unit, hours }: InterviewBlock,
  coreHours: string,
): string | null {
  const span = hoursSpan(zone, date, hours);
  if (!span) return noHours(hours);
  const core = coreStretches(zone, coreHours, { from: date, days: 1 });
  if (core.some((stretch) => overlap(stretch, span))) {
    return `interviews lie outside the core hours, ${coreHours}`;
  }
  const free = duties.filter(
    (duty) => (unit === null || duty.unit === unit) && duty.free.some((one) => holds(one, span)),
  );
  const last = free.reduce<OpenDuty | null>(
    (best, duty) => (best === null || duty.unit > best.unit ? duty : best),
    null,
  );
  if (last === null) {
    return unit === null
      ? "no unit is on duty and free for all of it"
      : `unit ${unit} is not on duty and free for all of it`;
  }
  takeFrom(duties, last.unit, span);
  return null;
}

export function holds(outer: Interval, inner: Interval): boolean {
  return outer.from <= inner.from && inner.to <= outer.to;
}

function namedFirst<Item>(items: readonly Item[], unitOf: (item: Item) => number | null): Item[] {
  return [
    ...items.filter((item) => unitOf(item) !== null),
    ...items.filter((item) => unitOf(item) === null),
  ];
}

function takeFrom(duties: readonly OpenDuty[], unit: number, span: Interval): void {
  for (const duty of duties) {
    if (duty.unit === unit) duty.free = duty.free.flatMap((one) => without(one, span));
  }
}

function without(one: Interval, taken: Interval): Interval[] {
  if (!overlap(one, taken)) return [one];
  return [
    { from: one.from, to: taken.from },
    { from: taken.to, to: one.to },
  ].filter(({ from, to }) => from < to);
}

/** The unit that has the most of that time free, the highest number of several. */
function unitWithMost(duties: readonly OpenDuty[], span: Interval): number | null {
  const freeOf = new Map<number, number>();
  for (const { unit, free } of duties) {
    const time = free.reduce(
      (all, { from, to }) => all + Math.max(0, Math.min(to, span.to) - Math.max(from, span.from)),
      0,
    );
    freeOf.set(unit, (freeOf.get(unit) ?? 0) + time);
  }
  let best: number | null = null;
  for (const [unit, time] of [...freeOf].sort(([a], [b]) => b - a)) {
    if (time > 0 && (best === null || time > (freeOf.get(best) ?? 0))) best = unit;
  }
  return best;
}

/**
 * Last week's duties, seven days on, for those of the days that nobody has staffed yet. Tasks and
 * interviews are of their own week.
 */
export function carriedDuties(
  lastWeek: readonly Duty[],
  own: readonly Duty[],
  { from, days }: { readonly from: string; readonly days: number },
): readonly Duty[] {
  const staffed = new Set(own.map(({ date }) => date));
  const end = addDays(from, days);
  return lastWeek
    .map((duty) => ({ ...duty, date: addDays(duty.date, 7) }))
    .filter(({ date }) => from <= date && date < end && !staffed.has(date));
}
