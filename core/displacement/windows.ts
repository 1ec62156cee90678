import { failure, type Result, success } from "#core/result.ts";
import { dateName } from "#core/time/words.ts";
import { addDays, daysIn, type Zone } from "#core/time/zone.ts";

/** Whole London days, the last one included. */
export interface AssessmentPeriod {
  readonly from: string;
  readonly to: string;
  readonly days: number;
  /** Instants, half-open. */
  readonly startsAt: number;
  readonly endsAt: number;
}

export interface AssessmentWindows {
  readonly before: AssessmentPeriod;
  readonly after: AssessmentPeriod;
  /** First day of the history: the period before, and months before it. */
  readonly historyFrom: string;
  readonly notes: readonly string[];
}

/** The first and last London date of what is recorded; null without any record. */
export interface Recorded {
  readonly from: string | null;
  readonly to: string | null;
}

export interface WindowsInput {
  readonly zone: Zone;
  readonly startsOn: string;
  readonly endsOn: string | null;
  readonly asAtDate: string;
  readonly beforeDays?: number | undefined;
  readonly afterDays?: number | undefined;
  /** Absent: both periods count as recorded, with nothing before them. */
  readonly recorded?: Recorded | undefined;
}

/** Days without reports at either end that still count as recorded. */
export const quietDays = 7;
/** At most, before the start: for scatter and control. */
const historyYears = 3;
export const historyMonths = 12 * historyYears;

/**
 * After: from the start to the operation's last day or to as-at, or so many days of it. Before: as
 * many days just before the start, or as many as asked. Days before or after the records are
 * unknown, not without reports: neither period includes them.
 */
export function assessmentWindows(input: WindowsInput): Result<AssessmentWindows> {
  const { zone, startsOn, beforeDays } = input;
  const recorded = input.recorded ?? { from: null, to: null };
  if (startsOn > input.asAtDate) {
    return failure(
      `It starts on ${startsOn}, and there are no records after ${input.asAtDate} yet.`,
    );
  }
  const last = lastDay(input);
  if (!last.ok) return last;
  if (recorded.from !== null && recorded.from >= startsOn) {
    return failure(
      `It starts on ${startsOn}, but records start on ${recorded.from}. There is nothing before it to compare with.`,
    );
  }
  if (recorded.to !== null && recorded.to < startsOn) {
    return failure(
      `It starts on ${startsOn}, but records end on ${recorded.to}. There is nothing after the start.`,
    );
  }
  const notes: string[] = [];
  let until = last.value;
  if (recorded.to !== null && recorded.to < addDays(until, -quietDays)) {
    until = recorded.to;
    notes.push(
      `Records end on ${dateName(recorded.to)}, so the period after ends there. Later days are unknown, not empty.`,
    );
  }
  const after = periodOf(zone, startsOn, until);
  let from = addDays(startsOn, -(beforeDays ?? after.days));
  if (recorded.from !== null && recorded.from > addDays(from, quietDays)) {
    from = recorded.from;
    notes.push(
      `Records start on ${dateName(recorded.from)}, so the period before starts there. Earlier days are unknown, not empty.`,
    );
  }
  const before = periodOf(zone, from, addDays(startsOn, -1));
  return success({ before, after, historyFrom: historyFrom(before, recorded.from), notes });
}

function lastDay({ startsOn, endsOn, asAtDate, afterDays }: WindowsInput): Result<string> {
  const last = endsOn === null || endsOn > asAtDate ? asAtDate : endsOn;
  const known = daysIn({ from: startsOn, to: last });
  if (afterDays === undefined) return success(last);
  if (afterDays <= known) return success(addDays(startsOn, afterDays - 1));
  return failure(
    `You asked for ${afterDays} days after the start, but from ${startsOn} to ${last} there are only ${known}.`,
  );
}

/**
 * At most three years back, from the first of a month where records allow: starting in a month's
 * first days counts as holding all of it.
 */
function historyFrom(before: AssessmentPeriod, recordedFrom: string | null): string {
  if (recordedFrom === null) return before.from;
  const month = recordedFrom.slice(0, 7);
  const isWhole = addDays(recordedFrom, -quietDays).slice(0, 7) !== month;
  const first = isWhole ? `${month}-01` : recordedFrom;
  const start = addDays(before.to, 1);
  const earliest = `${Number(start.slice(0, 4)) - historyYears}${start.slice(4, 7)}-01`;
  const from = first > earliest ? first : earliest;
  return from < before.from ? from : before.from;
}

export function periodOf(zone: Zone, from: string, to: string): AssessmentPeriod {
  return {
    from,
    to,
    days: daysIn({ from, to }),
    startsAt: zone.startOfDate(from),
    endsAt: zone.startOfDate(addDays(to, 1)),
  };
}
