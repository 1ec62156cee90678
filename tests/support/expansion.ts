import { occurrencesBetween } from "#core/protected-time/occurrences.ts";
import { createRandom } from "#core/random.ts";
import { addDays, hourMs } from "#core/time/zone.ts";
import { protectedTimes } from "#server/patrols/checker/check-plan.ts";
import { asStored } from "#tests/support/checker-session.ts";
import { london } from "#tests/support/outreach.ts";
import { randomSession, randomWeek } from "#tests/support/random-calendar.ts";

export interface ExpansionSummary {
  readonly faults: readonly string[];
  readonly visits: number;
  /** Visits whose protected time lies within three hours of a clock change. */
  readonly nearChange: number;
}

/** Compares both expansions of random sessions, each over the fortnight it falls around. */
export function compareExpansions(firstSeed: number, count: number): ExpansionSummary {
  const faults: string[] = [];
  let visits = 0;
  let nearChange = 0;
  for (let seed = firstSeed; seed < firstSeed + count; seed += 1) {
    const random = createRandom(seed);
    const week = randomWeek(random);
    const session = randomSession(random, week);
    const from = london.startOfDate(week);
    const to = london.startOfDate(addDays(week, 14));
    const ours = occurrencesBetween(london, session, { from, to });
    const theirs = protectedTimes(london.name, asStored(session), from, to)
      .filter(([start, end]) => start < to && end > from)
      .map((interval) => interval.join("-"));
    const closed = ours.map((visit) => `${visit.closedFrom}-${visit.closedTo}`);
    if (closed.join() !== theirs.join()) {
      faults.push(`seed ${seed}, week ${week}: ${JSON.stringify(session)}`);
    }
    visits += ours.length;
    nearChange += ours.filter((visit) => isNearChange(visit.closedFrom, visit.closedTo)).length;
  }
  return { faults, visits, nearChange };
}

function isNearChange(from: number, to: number): boolean {
  const reach = 3 * hourMs;
  return london.changes.some(({ at }) => at > from - reach && at < to + reach);
}
