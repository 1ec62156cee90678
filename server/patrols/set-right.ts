import type { DebriefBody } from "#core/patrols/wire/debrief.ts";
import { addDays, dayMs, hourMs, minuteMs, parseLocal, type Zone } from "#core/time/zone.ts";
import type { Act } from "#server/acts/services.ts";
import type { Transaction } from "#server/db/database.ts";
import type { Walked } from "#server/patrols/debrief.ts";
import { changeStay } from "#server/patrols/queries/stays.ts";
import { type FieldError, Problem } from "#server/problem.ts";

const longestMs = 12 * hourMs;

/** What whoever debriefs knows of stays of this shift of which nobody said when they ended. */
export async function setLeaves(
  tx: Transaction,
  { zone, asAt, actor }: Act,
  windows: readonly Walked[],
  leaves: NonNullable<DebriefBody["leaves"]>,
): Promise<void> {
  const faults: FieldError[] = [];
  const open = windows.flatMap(({ due }) => due).flatMap(({ stays }) => stays);
  const now = asAt.now();
  for (const [at, { key, leftAt }] of leaves.entries()) {
    const stay = open.find((one) => one.key === key && one.leave === null);
    const left = stay && firstAfter(zone, stay.arrive, leftAt);
    if (stay === undefined || left === undefined || left > now || left - stay.arrive > longestMs) {
      const reason = stay
        ? `${leftAt} is not a time within 12 hours after it arrived, or still to come`
        : "names no stay of this shift that is to be set right";
      faults.push({ field: `leaves[${at}]`, reason });
      continue;
    }
    const said = { leftAt: new Date(left), isAnswer: true, loggedAt: new Date(now) };
    await changeStay(tx, key, { ...said, loggedBy: actor.person });
  }
  if (faults.length > 0) {
    const detail = "Nothing was saved: give times at which units left stops of this shift.";
    throw new Problem(422, "Not saved", detail, faults);
  }
}

/** Within the minute of its arrival it left as it came. */
function firstAfter(zone: Zone, arrive: number, time: string): number {
  const date = zone.dateOf(arrive);
  const minute = Math.floor(arrive / minuteMs) * minuteMs;
  const [left = arrive + dayMs] = [date, addDays(date, 1)]
    .flatMap((day) => zone.instantsOf(parseLocal(`${day}T${time}`)))
    .filter((instant) => instant >= minute);
  return Math.max(arrive, left);
}
