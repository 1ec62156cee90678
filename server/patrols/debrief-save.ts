import { z } from "zod";
import { id } from "#core/contract/fields.ts";
import { cellToDecimal } from "#core/geo/cell.ts";
import type * as wire from "#core/patrols/wire/debrief.ts";
import type { DebriefBody } from "#core/patrols/wire/debrief.ts";
import { addDays, dayMs, hourMs, minuteMs, parseLocal, type Zone } from "#core/time/zone.ts";
import type { Act } from "#server/acts/services.ts";
import type { Transaction } from "#server/db/database.ts";
import { insertInto, sql } from "#server/db/sql.ts";
import {
  type DueStop,
  debriefsReply,
  type Walked,
  walkedWindows,
} from "#server/patrols/debrief.ts";
import { ownPlanned, patrolPartnerOf } from "#server/patrols/patrol-partners.ts";
import { changeStay, noteDebriefed } from "#server/patrols/queries/stays.ts";
import { describerOf } from "#server/patrols/stored.ts";
import { ofThem } from "#server/patrols/visits.ts";
import { type FieldError, Problem } from "#server/problem.ts";
import { lockOccupancy } from "#server/protected-time/queries/occupancy.ts";

/** For a shift that is over; everything not named as missed was done. */
export async function saveDebrief(act: Act, body: wire.DebriefBody): Promise<wire.DebriefsReply> {
  const { zone, asAt, actor } = act;
  const describer = await describerOf(act);
  const [start, end] = [Date.parse(body.start), Date.parse(body.end)];
  const asked = { from: zone.dateOf(start), days: 1 };
  return act.db.transaction(
    actor,
    async (tx) => {
      // Serialises debriefs of one shift, and anything that may still cut its windows.
      await lockOccupancy(tx);
      const ofShift = (await ownPlanned(tx, actor, { from: start, to: end })).filter(
        ({ shiftStart, shiftEnd }) => shiftStart === start && shiftEnd === end,
      );
      const walked = () => walkedWindows(tx, ofShift, asAt.now());
      const before = await walked();
      refuseUnlessOver(before, asAt.now());
      await setLeaves(tx, act, before, body.leaves ?? []);
      const windows = await walked();
      const missed = missedStops(windows, body);
      const stops = windows.flatMap((window) =>
        window.due.map((stop) => ({
          ...stop,
          windowId: window.id,
          outcome: missed.get(`${window.id} ${stop.ordinal}`) ?? ("done" as const),
        })),
      );
      const done = stops.filter(({ outcome }) => outcome === "done").length;
      act.addDetail({ ...asked, stops: stops.length, done });
      const ids = windows.map((window) => window.id);
      await replaceDebrief(tx, act, { start, end, windowIds: ids }, stops);
      return debriefsReply(tx, act, describer, asked);
    },
    { retries: 5 },
  );
}

function refuseUnlessOver(windows: readonly Walked[], now: number): void {
  if (windows.length === 0) {
    throw new Problem(404, "No such shift", "No approved patrol belongs to this shift.");
  }
  if (windows.some(({ end }) => end > now)) {
    throw new Problem(409, "Not saved", "This shift is not over: its last patrol has not ended.");
  }
}

function missedStops(
  windows: readonly Walked[],
  { except }: wire.DebriefBody,
): ReadonlyMap<string, wire.MissedOutcome> {
  const missed = new Map<string, wire.MissedOutcome>();
  const faults: FieldError[] = [];
  except.forEach(({ planId, windowId, stops, reason }, at) => {
    const window = windows.find((one) => one.planId === planId && one.label === windowId);
    const due = window?.due.map(({ ordinal }) => ordinal) ?? [];
    const named = stops?.map((order) => order - 1) ?? due;
    if (!window || named.some((ordinal) => !due.includes(ordinal))) {
      faults.push({ field: `except[${at}]`, reason: "names no stop of this shift" });
      return;
    }
    for (const ordinal of named) missed.set(`${window.id} ${ordinal}`, reason ?? "not_done");
  });
  if (faults.length > 0) {
    const detail = "Nothing was saved: what was not done must be stops of this shift.";
    throw new Problem(422, "Not saved", detail, faults);
  }
  return missed;
}

const made = z.object({ id });

async function replaceDebrief(
  tx: Transaction,
  { actor, asAt }: Act,
  shift: {
    readonly start: number;
    readonly end: number;
    readonly windowIds: readonly string[];
  },
  stops: readonly (DueStop & { readonly windowId: string; readonly outcome: wire.Outcome })[],
): Promise<void> {
  const [start, end] = [new Date(shift.start), new Date(shift.end)];
  const loggedBy = actor.person;
  const patrolPartner = patrolPartnerOf(actor);
  const loggedAt = new Date(asAt.now());
  const row = { shiftStartsAt: start, shiftEndsAt: end, loggedAt, loggedBy, patrolPartner };
  await tx.run(
    sql`delete from patrol_debrief
      where shift_starts_at = ${start} and shift_ends_at = ${end} and ${ofThem(patrolPartner)}`,
  );
  const { id } = await tx.one(made, sql`${insertInto("patrol_debrief", row)} returning id`);
  await tx.run(
    sql`insert into patrol_outcome (debrief_id, window_id, ordinal, is_done, reason)
      select ${id}::bigint, "windowId", ordinal, outcome = 'done',
        nullif(nullif(outcome, 'done'), 'not_done')
      from json_to_recordset(${JSON.stringify(stops)})
        as given ("windowId" bigint, ordinal int, outcome text)`,
  );
  await noteDebriefed(tx, shift.windowIds, id);
  const visits = stops
    .filter(({ outcome }) => outcome === "done")
    .flatMap(({ cell, arrive, depart, stays, times }) => {
      const spent = stays.length === 0 ? [{ from: arrive, to: depart }] : times;
      return spent
        .filter(({ from, to }) => from < to)
        .map(({ from, to }) => ({
          cell: cellToDecimal(cell),
          arrive: new Date(from),
          depart: new Date(to),
        }));
    });
  // A visit already imported from a list is not counted again.
  await tx.run(
    sql`insert into patrol_visit
        (cell, starts_at, ends_at, unit_count, logged_by, debrief_id, patrol_partner)
      select given.*, count(*), ${loggedBy}::text, ${id}::bigint, ${patrolPartner}::text
      from json_to_recordset(${JSON.stringify(visits)})
        as given (cell bigint, arrive timestamptz, depart timestamptz)
      group by cell, arrive, depart
      on conflict on constraint patrol_visit_cell_once do nothing`,
  );
}

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
