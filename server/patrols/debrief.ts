import { z } from "zod";
import { instant } from "#core/contract/fields.ts";
import type { H3Cell } from "#core/geo/cell.ts";
import { groupBy } from "#core/group-by.ts";
import { timeAt } from "#core/patrols/duty/stays.ts";
import type { Interval } from "#core/patrols/ground/closed-time.ts";
import type { Visit } from "#core/patrols/ground/window.ts";
import { longSpanText } from "#core/patrols/ground/words.ts";
import * as wire from "#core/patrols/wire/debrief.ts";
import type { DateSpan } from "#core/patrols/wire/staffing.ts";
import { unitNumber } from "#core/patrols/wire/unit.ts";
import { sumOf } from "#core/stats/sum-of.ts";
import { addDays, dayMs, formatInstant, minuteMs } from "#core/time/zone.ts";
import type { Act } from "#server/acts/services.ts";
import type { Transaction } from "#server/db/database.ts";
import { sql } from "#server/db/sql.ts";
import { ownPlanned, patrolPartnerOf } from "#server/patrols/patrol-partners.ts";
import { type Recorded, recordedBeside } from "#server/patrols/positions/recorded.ts";
import type { WindowRow } from "#server/patrols/queries/patrol-windows.ts";
import { type StayRow, staysOfWindows } from "#server/patrols/queries/stays.ts";
import { type Describer, placeOf } from "#server/patrols/replies.ts";
import { describerOf, isPlanned } from "#server/patrols/stored.ts";
import {
  type CellMinutes,
  minutesByCell,
  ofThem,
  type Span,
  type WhosePatrols,
} from "#server/patrols/visits.ts";

export async function readDebriefs(act: Act, asked: DateSpan): Promise<wire.DebriefsReply> {
  act.addDetail({ ...asked });
  const describer = await describerOf(act);
  return act.db.transaction(act.actor, (tx) => debriefsReply(tx, act, describer, asked));
}

/** Of a window that was called off only what had begun: the rest was never to be done. */
export function begunStops({ stops, end }: Pick<WindowRow, "stops" | "end">) {
  return stops.flatMap((stop, ordinal) =>
    stop.arrive < end ? [{ ...stop, depart: Math.min(stop.depart, end), ordinal }] : [],
  );
}

export interface DueStop extends Visit {
  readonly ordinal: number;
  readonly stays: readonly StayRow[];
  /** When its unit was there, as tapped. */
  readonly times: readonly Interval[];
}

export type Walked = WindowRow & { readonly due: readonly DueStop[] };

/** With what is asked about: stops that had begun, and whatever a unit was at, though its patrol was lost. */
export async function walkedWindows(
  tx: Transaction,
  windows: readonly WindowRow[],
  now: number,
): Promise<Walked[]> {
  const ids = windows.map(({ id }) => id);
  const all = groupBy(await staysOfWindows(tx, ids, now), ({ windowId }) => windowId);
  return windows.map((window) => {
    const begun = isPlanned(window) ? window.end : 0;
    const own = all.get(window.id) ?? [];
    const due = window.stops.flatMap((stop, ordinal) => {
      const stays = own.filter((stay) => stay.stop.cell === stop.cell);
      if (stop.arrive >= begun && stays.length === 0) return [];
      const depart = Math.min(stop.depart, Math.max(begun, stop.arrive));
      return { ...stop, depart, ordinal, stays, times: timeAt(stays) };
    });
    return { ...window, due };
  });
}

export async function debriefsReply(
  tx: Transaction,
  { zone, asAt, actor }: Act,
  describer: Describer,
  { from, days }: DateSpan,
): Promise<wire.DebriefsReply> {
  const now = asAt.now();
  const span = { from: zone.startOfDate(from), to: zone.startOfDate(addDays(from, days)) };
  // A night's last windows start after the midnight that ends these days. Windows that reach into the first are here too.
  const planned = await ownPlanned(tx, actor, { from: span.from, to: span.to + dayMs });
  const ofShifts = planned.filter(
    ({ shiftStart }) => shiftStart >= span.from && shiftStart < span.to,
  );
  const windows = await walkedWindows(tx, ofShifts, now);
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
      ? await recordedBeside(tx, zone, asked, planned.filter(isPlanned).flatMap(begunStops))
      : null;
  const minutes = (some: typeof stops) => sumOf(some.map((stop) => stop.minutes));
  return {
    from,
    days,
    shifts: shifts.toReversed(),
    totals: {
      plannedStops: stops.length,
      doneStops: done.length,
      plannedMinutes: minutes(stops),
      doneMinutes: sumOf(done.map(spentMinutes)),
      waiting: shifts.filter(({ isOver, loggedAt }) => isOver && loggedAt === null).length,
    },
    dose: doseOf(stops, logged, recorded, describer),
    recorded: recorded && { days: recorded.days, minutes: recorded.minutes },
  };
}

/** As tapped; where nothing was, as planned. */
const spentMinutes = ({ stays, toSetRight, minutes }: DebriefStop) =>
  stays.length + toSetRight.length === 0 ? minutes : sumOf(stays.map((stay) => stay.minutes));

type DebriefStop = wire.DebriefShift["windows"][number]["stops"][number];

function shiftsOf(
  windows: readonly Walked[],
  debriefs: readonly Debriefed[],
  now: number,
  describer: Describer,
): wire.DebriefShift[] {
  const groups = groupBy(windows, ({ shiftStart, shiftEnd }) => `${shiftStart} ${shiftEnd}`);
  const told = new Map(debriefs.map((one) => [`${one.shiftStart} ${one.shiftEnd}`, one]));
  return [...groups]
    .map(([shift, own]) => shiftOf(own, told.get(shift), now, describer))
    .sort((a, b) => Date.parse(a.start) - Date.parse(b.start));
}

function shiftOf(
  windows: readonly Walked[],
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
      calledOff: window.status !== "agreed",
      stops: window.due.map(({ ordinal, cell, arrive, depart, stays, times }) => ({
        order: ordinal + 1,
        cell,
        place: nameOf(cell),
        arrive: formatInstant(zone, arrive),
        minutes: Math.round((depart - arrive) / minuteMs),
        stays: times.map(({ from, to }) => ({
          arrivedAt: formatInstant(zone, from),
          minutes: Math.round((to - from) / minuteMs),
          isLate:
            debrief !== undefined &&
            stays.some((stay) => !stay.isDebriefed && stay.from >= from && stay.to <= to),
        })),
        toSetRight: stays
          .filter(({ leave }) => leave === null)
          .map(({ key, arrive: from }) => ({ key, arrivedAt: formatInstant(zone, from) })),
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
