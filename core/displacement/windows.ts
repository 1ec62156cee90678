import { failure, type Result, success } from "#core/result.ts";
import { addDays, dayMs, parseLocalDate, type Zone } from "#core/time/zone.ts";

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
}

/**
 * After: from the start to the operation's last day or to as-at, or so many days of it.
 * Before: as many days just before the start, or as many as asked.
 */
export function assessmentWindows(input: {
  readonly zone: Zone;
  readonly startsOn: string;
  readonly endsOn: string | null;
  readonly asAtDate: string;
  readonly beforeDays?: number | undefined;
  readonly afterDays?: number | undefined;
}): Result<AssessmentWindows> {
  const { zone, startsOn, endsOn, asAtDate, beforeDays, afterDays } = input;
  if (startsOn > asAtDate) {
    return failure(`It starts on ${startsOn}, and nothing after ${asAtDate} is known yet.`);
  }
  const last = endsOn === null || endsOn > asAtDate ? asAtDate : endsOn;
  const known = daysFrom(startsOn, last);
  if (afterDays !== undefined && afterDays > known) {
    return failure(
      `${afterDays} days after the start are asked for, but from ${startsOn} to ${last} there are ${known}.`,
    );
  }
  const after = period(zone, startsOn, afterDays ?? known);
  const days = beforeDays ?? after.days;
  return success({ before: period(zone, addDays(startsOn, -days), days), after });
}

function period(zone: Zone, from: string, days: number): AssessmentPeriod {
  const next = addDays(from, days);
  return {
    from,
    to: addDays(from, days - 1),
    days,
    startsAt: zone.startOfDate(from),
    endsAt: zone.startOfDate(next),
  };
}

function daysFrom(from: string, to: string): number {
  return Math.round((parseLocalDate(to) - parseLocalDate(from)) / dayMs) + 1;
}
