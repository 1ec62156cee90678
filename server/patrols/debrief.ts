import { z } from "zod";
import { id, instant } from "#core/contract/fields.ts";
import { cellToDecimal, type H3Cell } from "#core/geo/cell.ts";
import { longSpanText } from "#core/patrols/ground/words.ts";
import * as wire from "#core/patrols/wire/debrief.ts";
import type { DateSpan } from "#core/patrols/wire/staffing.ts";
import { unitNumber } from "#core/patrols/wire/unit.ts";
import { addDays, dayMs, formatInstant, minuteMs } from "#core/time/zone.ts";
import type { Act } from "#server/acts/services.ts";
import type { Transaction } from "#server/db/database.ts";
import { insertInto, sql } from "#server/db/sql.ts";
import { ownPlanned, patrolPartnerOf } from "#server/patrols/patrol-partners.ts";
import { type Recorded, recordedBeside } from "#server/patrols/positions/recorded.ts";
import type { WindowRow } from "#server/patrols/queries/patrol-windows.ts";
import { type Describer, placeOf } from "#server/patrols/replies.ts";
import { describerOf } from "#server/patrols/stored.ts";
import {
  type CellMinutes,
  minutesByCell,
  ofThem,
  type Span,
  type WhosePatrols,
} from "#server/patrols/visits.ts";
import { type FieldError, Problem } from "#server/problem.ts";
import { lockOccupancy } from "#server/protected-time/queries/occupancy.ts";

export async function readDebriefs(act: Act, asked: DateSpan): Promise<wire.DebriefsReply> {
  act.addDetail({ ...asked });
  const describer = await describerOf(act);
  return act.db.transaction(act.actor, (tx) => debriefsReply(tx, act, describer, asked));
}

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
      const windows = (await ownPlanned(tx, actor, { from: start, to: end })).filter(
        ({ shiftStart, shiftEnd }) => shiftStart === start && shiftEnd === end,
      );
      refuseUnlessOver(windows, asAt.now());
      const missed = missedStops(windows, body);
      const stops = windows.flatMap((window) =>
        begunStops(window).map((stop) => ({
          ...stop,
          windowId: window.id,
          outcome: missed.get(`${window.id} ${stop.ordinal}`) ?? ("done" as const),
        })),
      );
      const done = stops.filter(({ outcome }) => outcome === "done").length;
      act.addDetail({ ...asked, stops: stops.length, done });
      await replaceDebrief(tx, act, { start, end }, stops);
      return debriefsReply(tx, act, describer, asked);
    },
    { retries: 5 },
  );
}

/** Of a window that was called off only what had begun: the rest was never to be done. */
export function begunStops({ stops, end }: Pick<WindowRow, "stops" | "end">) {
  return stops.flatMap((stop, ordinal) =>
    stop.arrive < end ? [{ ...stop, depart: Math.min(stop.depart, end), ordinal }] : [],
  );
}

function refuseUnlessOver(windows: readonly WindowRow[], now: number): void {
  if (windows.length === 0) {
    throw new Problem(404, "No such shift", "No approved patrol belongs to this shift.");
  }
  if (windows.some(({ end }) => end > now)) {
    throw new Problem(409, "Not saved", "This shift is not over: its last patrol has not ended.");
  }
}

function missedStops(
  windows: readonly WindowRow[],
  { except }: wire.DebriefBody,
): ReadonlyMap<string, wire.MissedOutcome> {
  const missed = new Map<string, wire.MissedOutcome>();
  const faults: FieldError[] = [];
  except.forEach(({ planId, windowId, stops, reason }, at) => {
    const window = windows.find((one) => one.planId === planId && one.label === windowId);
    const begun = window ? begunStops(window).map(({ ordinal }) => ordinal) : [];
    const named = stops?.map((order) => order - 1) ?? begun;
    if (!window || named.some((ordinal) => !begun.includes(ordinal))) {
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

async function debriefsReply(
  tx: Transaction,
  { zone, asAt, actor }: Act,
  describer: Describer,
  { from, days }: DateSpan,
): Promise<wire.DebriefsReply> {
  const now = asAt.now();
  const span = { from: zone.startOfDate(from), to: zone.startOfDate(addDays(from, days)) };
  // A night's last windows start after the midnight that ends these days. Windows that reach into the first are here too.
  const planned = await ownPlanned(tx, actor, { from: span.from, to: span.to + dayMs });
  const windows = planned.filter(
    ({ shiftStart }) => shiftStart >= span.from && shiftStart < span.to,
  );
  const patrolPartner = patrolPartnerOf(actor);
  const debriefs = await debriefsOf(tx, { ...span, patrolPartner });
  const logged = await minutesByCell(tx, { ...span, now, patrolPartner });
  const shifts = shiftsOf(windows, debriefs, now, describer);
  const stops = shifts
    .filter(({ loggedAt }) => loggedAt !== null)
    .flatMap((shift) => shift.windows)
    .flatMap((window) => window.stops);
  const done = stops.filter(({ outcome }) => outcome === "done");
  // Recorded time is by day, so planned time is too: debriefed or not, and including the night
  // before these days.
  const asked = { from, days, asAt: asAt.date() };
  const recorded =
    patrolPartner === null
      ? await recordedBeside(tx, zone, asked, planned.flatMap(begunStops))
      : null;
  const minutes = (some: typeof stops) => some.reduce((all, stop) => all + stop.minutes, 0);
  return {
    from,
    days,
    shifts: shifts.toReversed(),
    totals: {
      plannedStops: stops.length,
      doneStops: done.length,
      plannedMinutes: minutes(stops),
      doneMinutes: minutes(done),
      waiting: shifts.filter(({ isOver, loggedAt }) => isOver && loggedAt === null).length,
    },
    dose: doseOf(stops, logged, recorded, describer),
    recorded: recorded && { days: recorded.days, minutes: recorded.minutes },
  };
}

function shiftsOf(
  windows: readonly WindowRow[],
  debriefs: readonly Debriefed[],
  now: number,
  describer: Describer,
): wire.DebriefShift[] {
  const groups = new Map<string, WindowRow[]>();
  for (const window of windows) {
    const key = `${window.shiftStart} ${window.shiftEnd}`;
    groups.set(key, [...(groups.get(key) ?? []), window]);
  }
  const told = new Map(debriefs.map((one) => [`${one.shiftStart} ${one.shiftEnd}`, one]));
  return [...groups]
    .map(([shift, own]) => shiftOf(own, told.get(shift), now, describer))
    .sort((a, b) => Date.parse(a.start) - Date.parse(b.start));
}

function shiftOf(
  windows: readonly WindowRow[],
  debrief: Debriefed | undefined,
  now: number,
  { zone, nameOf }: Describer,
): wire.DebriefShift {
  const { shiftStart = 0, shiftEnd = 0 } = windows[0] ?? {};
  const outcomes = new Map(
    debrief?.outcomes.map(({ windowId, ordinal, outcome }) => [`${windowId} ${ordinal}`, outcome]),
  );
  return {
    start: formatInstant(zone, shiftStart),
    end: formatInstant(zone, shiftEnd),
    title: longSpanText(zone, shiftStart, shiftEnd),
    isOver: windows.every(({ end }) => end <= now),
    loggedAt: debrief?.loggedAt ?? null,
    by: debrief?.loggedBy ?? null,
    windows: windows.map((window) => ({
      planId: window.planId,
      id: window.label,
      unit: unitNumber(window.unit),
      place: placeOf(window, nameOf),
      start: formatInstant(zone, window.start),
      end: formatInstant(zone, window.end),
      calledOff: window.status === "called_off",
      stops: begunStops(window).map(({ ordinal, cell, arrive, depart }) => ({
        order: ordinal + 1,
        cell,
        place: nameOf(cell),
        arrive: formatInstant(zone, arrive),
        minutes: Math.round((depart - arrive) / minuteMs),
        outcome: outcomes.get(`${window.id} ${ordinal}`) ?? null,
      })),
    })),
  };
}

/** Longest stay first. */
function doseOf(
  stops: readonly wire.DebriefShift["windows"][number]["stops"][number][],
  logged: readonly CellMinutes[],
  recorded: Recorded | null,
  { nameOf }: Describer,
): wire.DebriefsReply["dose"] {
  const planned = new Map<H3Cell, number>();
  for (const stop of stops) {
    const cell = stop.cell as H3Cell;
    planned.set(cell, (planned.get(cell) ?? 0) + stop.minutes);
  }
  const found = new Map(logged.map((row) => [row.cell, row]));
  return [...new Set([...planned.keys(), ...found.keys()])]
    .map((cell) => ({
      cell,
      place: nameOf(cell),
      plannedMinutes: planned.get(cell) ?? 0,
      doneMinutes: Math.round(found.get(cell)?.done ?? 0),
      otherMinutes: Math.round(found.get(cell)?.other ?? 0),
      recorded: recorded?.of(cell) ?? null,
    }))
    .sort(
      (a, b) =>
        b.doneMinutes + b.otherMinutes - a.doneMinutes - a.otherMinutes ||
        b.plannedMinutes - a.plannedMinutes ||
        (a.cell < b.cell ? -1 : 1),
    );
}

const debriefed = z.object({
  /** Epoch milliseconds. */
  shiftStart: z.number(),
  shiftEnd: z.number(),
  loggedAt: instant,
  loggedBy: z.string(),
  outcomes: z.array(z.object({ windowId: z.string(), ordinal: z.int(), outcome: wire.outcome })),
});
type Debriefed = z.infer<typeof debriefed>;

/** Debriefs of shifts that start in [from, to), of police or of a patrol partner where that is asked for. */
export const debriefsOf = (tx: Transaction, { from, to, patrolPartner }: Span & WhosePatrols) =>
  tx.rows(
    debriefed,
    sql`select shift_starts_at as shift_start, shift_ends_at as shift_end, logged_at, logged_by,
        coalesce((
          select json_agg(json_build_object(
            'windowId', window_id::text, 'ordinal', ordinal,
            'outcome', case when is_done then 'done' else coalesce(reason, 'not_done') end
          ) order by window_id, ordinal)
          from patrol_outcome where patrol_outcome.debrief_id = patrol_debrief.id
        ), '[]') as outcomes
      from patrol_debrief
      where shift_starts_at >= ${new Date(from)} and shift_starts_at < ${new Date(to)}
        and ${ofThem(patrolPartner)}
      order by shift_starts_at, shift_ends_at`,
  );

const made = z.object({ id });

async function replaceDebrief(
  tx: Transaction,
  { actor, asAt }: Act,
  shift: { readonly start: number; readonly end: number },
  stops: readonly (ReturnType<typeof begunStops>[number] & {
    readonly windowId: string;
    readonly outcome: wire.Outcome;
  })[],
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
  const visits = stops
    .filter(({ outcome }) => outcome === "done")
    .map(({ cell, arrive, depart }) => ({
      cell: cellToDecimal(cell),
      arrive: new Date(arrive),
      depart: new Date(depart),
    }));
  // A visit already imported from a list is not counted again.
  await tx.run(
    sql`insert into patrol_visit (cell, starts_at, ends_at, logged_by, debrief_id, patrol_partner)
      select given.*, ${loggedBy}::text, ${id}::bigint, ${patrolPartner}::text
      from json_to_recordset(${JSON.stringify(visits)})
        as given (cell bigint, arrive timestamptz, depart timestamptz)
      on conflict on constraint patrol_visit_cell_once do nothing`,
  );
}
