import type { Interval } from "#core/patrols/ground/closed-time.ts";
import { hoursSpan, stretchesOf } from "#core/patrols/ground/shift.ts";
import type { PatrolWindow } from "#core/patrols/ground/window.ts";
import { clockText } from "#core/patrols/ground/words.ts";
import type { PatrolMode } from "#core/patrols/wire/plan.ts";
import type {
  DateSpan,
  Duty,
  FixedTask,
  InterviewBlock,
  PartnerDuty,
  StaffingBody,
  StaffingReply,
} from "#core/patrols/wire/staffing.ts";
import { unitNumber } from "#core/patrols/wire/unit.ts";
import { addDays, minuteMs, type Zone } from "#core/time/zone.ts";

/** Tasks and interviews take units of police alone. */
export interface Staffing extends Readonly<StaffingBody> {
  readonly partnerDuties?: readonly PartnerDuty[];
}

export interface UnitDuty extends Interval {
  /** The wall-clock date on which it begins. */
  readonly date: string;
  readonly unit: number;
  readonly mode: PatrolMode;
  /** Absent or null of police. */
  readonly patrolPartner?: string | null | undefined;
  /** Ascending and apart: the duty without its tasks and interviews. */
  readonly free: readonly Interval[];
}

interface StaffingFault {
  /** "duties.3" */
  readonly field: string;
  readonly reason: string;
}

/** Evening hours kept for patrol, from the day before to the day after. */
function coreStretches(zone: Zone, coreHours: string, { from, days }: DateSpan): Interval[] {
  return stretchesOf(zone, coreHours, { from: addDays(from, -1), days: days + 2 });
}

export function readStaffing(
  zone: Zone,
  { duties, tasks, interviews, coreHours, partnerDuties = [] }: Staffing,
): { readonly duties: readonly UnitDuty[]; readonly faults: readonly StaffingFault[] } {
  const faults: StaffingFault[] = [];
  const read = readDuties(zone, duties, faults);
  const note = (field: string, reason: string | null) => {
    if (reason !== null) faults.push({ field, reason });
  };
  for (const { field, item } of namedFirst(tasks, "tasks")) note(field, takeTask(zone, read, item));
  for (const { field, item } of namedFirst(interviews, "interviews")) {
    note(field, takeInterview(zone, read, item, coreHours));
  }
  read.push(...readDuties(zone, partnerDuties, faults, "partnerDuties"));
  return { duties: read.sort((a, b) => a.from - b.from || a.unit - b.unit), faults };
}

/** Why a window's unit is unavailable on a staffed date; null when it can go. */
export function staffingConflict(
  window: Pick<PatrolWindow, "unit" | "start" | "end" | "patrolPartner">,
  duties: readonly Pick<UnitDuty, "unit" | "patrolPartner" | "from" | "to" | "free">[],
): string | null {
  const duty = dutiesOf(window, duties).find(
    ({ from, to }) => from <= window.start && window.end <= to,
  );
  if (!duty) return offDutyWords(window.unit);
  const isFree = duty.free.some(({ from, to }) => from <= window.start && window.end <= to);
  return isFree ? null : `Unit ${unitNumber(window.unit)} has another task then.`;
}

export const offDutyWords = (unit: number) => `Unit ${unitNumber(unit)} is not on duty then.`;

export const dutiesOf = <Known extends Pick<UnitDuty, "unit" | "patrolPartner">>(
  window: Pick<PatrolWindow, "unit" | "patrolPartner">,
  duties: readonly Known[],
): readonly Known[] =>
  duties.filter(
    ({ unit, patrolPartner }) =>
      unit === window.unit && (patrolPartner ?? null) === (window.patrolPartner ?? null),
  );

export function overlap(a: Interval, b: Interval): boolean {
  return a.from < b.to && b.from < a.to;
}

interface OpenDuty extends UnitDuty {
  free: Interval[];
}

function readDuties(
  zone: Zone,
  duties: readonly (Duty & Partial<PartnerDuty>)[],
  faults: StaffingFault[],
  list = "duties",
): OpenDuty[] {
  const read: OpenDuty[] = [];
  duties.forEach(({ date, unit, hours, mode, patrolPartner }, index) => {
    const field = `${list}.${index}`;
    const span = hoursSpan(zone, date, hours);
    if (!span) {
      faults.push({ field, reason: noHours(hours) });
      return;
    }
    if (read.some((other) => other.unit === unit && overlap(other, span))) {
      faults.push({ field, reason: `unit ${unitNumber(unit)} is on duty twice at that time` });
      return;
    }
    read.push({ date, unit, mode, patrolPartner, ...span, free: [span] });
  });
  return read;
}

function noHours(hours: string): string {
  return `"${hours}" are no hours: they start and end at the same time`;
}

/** Named units first: a task for any unit goes to one that is left. */
function namedFirst<Item extends { readonly unit: number | null }>(
  items: readonly Item[],
  list: string,
) {
  return items
    .map((item, at) => ({ item, field: `${list}.${at}` }))
    .sort((a, b) => Number(a.item.unit === null) - Number(b.item.unit === null));
}

/** Takes the task from a duty, or says why not. Court on a day off costs no patrol time. */
function takeTask(
  zone: Zone,
  duties: readonly OpenDuty[],
  { date, hours, unit }: FixedTask,
): string | null {
  const span = hoursSpan(zone, date, hours);
  if (!span) return noHours(hours);
  const taken = unit ?? unitWithMost(duties, span);
  if (taken === null) return "no unit is on duty and free at that time";
  takeFrom(duties, taken, span);
  return null;
}

function takeInterview(
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
  if (free.length === 0) {
    return unit === null
      ? "no unit is on duty and free for all of it"
      : `unit ${unit} is not on duty and free for all of it`;
  }
  takeFrom(duties, Math.max(...free.map((duty) => duty.unit)), span);
  return null;
}

function holds(outer: Interval, inner: Interval): boolean {
  return outer.from <= inner.from && inner.to <= outer.to;
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

/** The unit with most free time in that span; of several, the highest number. */
function unitWithMost(duties: readonly OpenDuty[], span: Interval): number | null {
  const freeOf = new Map<number, number>();
  for (const { unit, free } of duties) {
    const time = free.reduce(
      (all, { from, to }) => all + Math.max(0, Math.min(to, span.to) - Math.max(from, span.from)),
      0,
    );
    freeOf.set(unit, (freeOf.get(unit) ?? 0) + time);
  }
  const some = [...freeOf].filter(([, time]) => time > 0);
  const [most] = some.sort(([a, one], [b, other]) => other - one || b - a);
  return most?.[0] ?? null;
}

/**
 * Last week's duties, moved seven days on, for days not staffed yet. Tasks and interviews are not
 * carried over.
 */
export function carriedDuties(
  lastWeek: readonly Duty[],
  own: readonly Duty[],
  { from, days }: DateSpan,
): readonly Duty[] {
  const staffed = new Set(own.map(({ date }) => date));
  const end = addDays(from, days);
  return lastWeek
    .map((duty) => ({ ...duty, date: addDays(duty.date, 7) }))
    .filter(({ date }) => from <= date && date < end && !staffed.has(date));
}

type InterviewOffer = StaffingReply["interviewOffers"][number];

const lengthMs = 60 * minuteMs;
const stepMs = 30 * minuteMs;
/** Enough to choose from, few enough to read. */
const offersPerDay = 3;

/**
 * Hours with an idle unit on duty outside the core hours: at most three a day and one per unit,
 * farthest from the core hours first, so that patrols lose the least.
 */
export function interviewOffers(
  zone: Zone,
  duties: readonly UnitDuty[],
  { coreHours, ...days }: Pick<Staffing, "coreHours"> & DateSpan,
): InterviewOffer[] {
  const core = coreStretches(zone, coreHours, days);
  const found = new Map<string, { offer: InterviewOffer; away: number; at: number }[]>();
  for (const duty of duties) {
    const best = bestOf(duty, core);
    if (!best) continue;
    const end = best.at + lengthMs;
    const offer = {
      date: zone.dateOf(best.at),
      unit: duty.unit,
      hours: `${clockText(zone, best.at)}-${clockText(zone, end)}`,
    };
    const ofDay = found.get(offer.date) ?? [];
    if (!ofDay.some((one) => one.offer.unit === duty.unit)) ofDay.push({ offer, ...best });
    found.set(offer.date, ofDay);
  }
  return [...found]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, ofDay]) =>
      ofDay
        .sort((a, b) => b.away - a.away || a.at - b.at || a.offer.unit - b.offer.unit)
        .slice(0, offersPerDay)
        .map(({ offer }) => offer),
    );
}

/** The start in a duty's free time that lies farthest from the core hours; the first of several. */
function bestOf(
  duty: UnitDuty,
  core: readonly Interval[],
): { readonly at: number; readonly away: number } | null {
  let best: { at: number; away: number } | null = null;
  for (const free of duty.free) {
    for (let at = free.from; ; at += stepMs) {
      const block = { from: at, to: at + lengthMs };
      if (!holds(free, block)) break;
      if (core.some((stretch) => overlap(stretch, block))) continue;
      const away = Math.min(
        ...core.map(({ from, to }) => (to <= block.from ? block.from - to : from - block.to)),
      );
      if (best === null || away > best.away) best = { at, away };
    }
  }
  return best;
}
