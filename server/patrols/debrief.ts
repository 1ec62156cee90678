import type { Visit } from "#core/patrols/window.ts";
import type * as wire from "#core/patrols/wire/debrief.ts";
import { longSpanText } from "#core/patrols/words.ts";
import type { Actor } from "#core/role.ts";
import { addDays, dayMs, formatInstant, minuteMs } from "#core/time/zone.ts";
import type { ActServices } from "#server/acts/services.ts";
import type { Transaction } from "#server/db/database.ts";
import * as sql from "#server/patrols/queries/debriefs.ts";
import { plannedWindows, type WindowRow } from "#server/patrols/queries/patrol-windows.ts";
import { type Recorded, recordedBeside } from "#server/patrols/recorded-beside.ts";
import { type Describer, placeOf } from "#server/patrols/replies.ts";
import { describerOf } from "#server/patrols/stored.ts";
import { type FieldError, Problem } from "#server/problem.ts";
import { lockOccupancy } from "#server/protected-time/queries/occupancy.ts";

type DebriefServices = Pick<ActServices, "db" | "zone" | "asAt" | "addDetail">;

interface Asked {
  readonly from: string;
  readonly days: number;
}

/** The shifts of these days with what was planned, what was done, and the dose by place. */
export async function readDebriefs(
  services: DebriefServices,
  actor: Actor,
  asked: Asked,
): Promise<wire.DebriefsReply> {
  services.addDetail({ ...asked });
  const describer = await describerOf(services);
  return services.db.transaction(actor, (tx) => debriefsReply(tx, services, describer, asked));
}

/** Writes what was done of a shift that is over: everything that is not named as missed. */
export async function saveDebrief(
  services: DebriefServices,
  actor: Actor,
  body: wire.DebriefBody,
): Promise<wire.DebriefsReply> {
  const { zone, asAt } = services;
  const describer = await describerOf(services);
  const [start, end] = [Date.parse(body.start), Date.parse(body.end)];
  const asked = { from: zone.dateOf(start), days: 1 };
  return services.db.transaction(
    actor,
    async (tx) => {
      // Two debriefs of one shift wait for each other, and for what may still cut its windows.
      await lockOccupancy(tx);
      const windows = (await plannedWindows(tx, { from: start, to: end })).filter(
        ({ shiftStart, shiftEnd }) => shiftStart === start && shiftEnd === end,
      );
      refuseUnlessOver(windows, asAt.now());
      const missed = missedStops(windows, body);
      const stops = windows.flatMap((window) =>
        begunStops(window).map((visit) => ({
          windowId: window.id,
          ...visit,
          outcome: missed.get(`${window.id} ${visit.ordinal}`) ?? ("done" as const),
        })),
      );
      const done = stops.filter(({ outcome }) => outcome === "done");
      services.addDetail({ ...asked, stops: stops.length, done: done.length });
      await sql.replaceDebrief(tx, {
        shiftStart: start,
        shiftEnd: end,
        loggedAt: asAt.now(),
        loggedBy: actor.person,
        outcomes: stops.map(({ windowId, ordinal, outcome }) => ({ windowId, ordinal, outcome })),
        visits: done.map(({ cell, arrive, depart }) => ({ cell, arrive, depart })),
      });
      return debriefsReply(tx, services, describer, asked);
    },
    { retries: 5 },
  );
}

interface OrderedVisit extends Visit {
  readonly ordinal: number;
}

/** Of a window that was called off only what had begun: the rest was never to be done. */
export function begunStops({ stops, end }: WindowRow): readonly OrderedVisit[] {
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

/** What was missed by window and stop; what names no stop of this shift is refused by its place in the list. */
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
  { zone, asAt }: DebriefServices,
  describer: Describer,
  { from, days }: Asked,
): Promise<wire.DebriefsReply> {
  const now = asAt.now();
  const span = { from: zone.startOfDate(from), to: zone.startOfDate(addDays(from, days)) };
  // A night's last windows start after the midnight that ends these days. Windows that reach into the first are here too.
  const planned = await plannedWindows(tx, { from: span.from, to: span.to + dayMs });
  const windows = planned.filter(
    ({ shiftStart }) => shiftStart >= span.from && shiftStart < span.to,
  );
  const debriefs = await sql.debriefsOf(tx, span);
  const logged = await sql.minutesByCell(tx, { ...span, now });
  const shifts = shiftsOf(windows, debriefs, { now, describer });
  const stops = shifts
    .filter(({ loggedAt }) => loggedAt !== null)
    .flatMap((shift) => shift.windows)
    .flatMap((window) => window.stops);
  const done = stops.filter(({ outcome }) => outcome === "done");
  // Recorded time goes by the day, so what was planned does too: debriefed or not, and of the night before these days.
  const recorded = await recordedBeside(
    tx,
    zone,
    { from, days, asAt: asAt.date() },
    planned.flatMap(begunStops),
  );
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
    dose: doseOf(stops, { logged, recorded }, describer),
    recorded: recorded && { days: recorded.days, minutes: recorded.minutes },
  };
}

/** By start; shifts of several plans with the same hours are one. */
function shiftsOf(
  windows: readonly WindowRow[],
  debriefs: readonly sql.DebriefRow[],
  context: { readonly now: number; readonly describer: Describer },
): wire.DebriefShift[] {
  const groups = new Map<string, WindowRow[]>();
  for (const window of windows) {
    const key = `${window.shiftStart} ${window.shiftEnd}`;
    const group = groups.get(key);
    if (group) group.push(window);
    else groups.set(key, [window]);
  }
  return [...groups.values()]
    .map((group) => shiftOf(group, debriefs, context))
    .sort((a, b) => Date.parse(a.start) - Date.parse(b.start));
}

function shiftOf(
  windows: readonly WindowRow[],
  debriefs: readonly sql.DebriefRow[],
  { now, describer }: { readonly now: number; readonly describer: Describer },
): wire.DebriefShift {
  const { zone } = describer;
  const { shiftStart = 0, shiftEnd = 0 } = windows[0] ?? {};
  const debrief = debriefs.find(
    (one) => one.shiftStart === shiftStart && one.shiftEnd === shiftEnd,
  );
  const outcomes = new Map(
    debrief?.outcomes.map(({ windowId, ordinal, outcome }) => [`${windowId} ${ordinal}`, outcome]),
  );
  return {
    start: formatInstant(zone, shiftStart),
    end: formatInstant(zone, shiftEnd),
    title: longSpanText(zone, shiftStart, shiftEnd),
    isOver: windows.every(({ end }) => end <= now),
    loggedAt: debrief ? formatInstant(zone, debrief.loggedAt) : null,
    by: debrief?.loggedBy ?? null,
    windows: windows.map((window) => ({
      planId: window.planId,
      id: window.label,
      unit: window.unit,
      place: placeOf(window, describer.nameOf),
      start: formatInstant(zone, window.start),
      end: formatInstant(zone, window.end),
      calledOff: window.status === "called_off",
      stops: begunStops(window).map(({ ordinal, cell, arrive, depart }) => ({
        order: ordinal + 1,
        cell,
        place: describer.nameOf(cell),
        arrive: formatInstant(zone, arrive),
        minutes: Math.round((depart - arrive) / minuteMs),
        outcome: outcomes.get(`${window.id} ${ordinal}`) ?? null,
      })),
    })),
  };
}

/** Where police were longest first. */
function doseOf(
  stops: readonly wire.DebriefShift["windows"][number]["stops"][number][],
  {
    logged,
    recorded,
  }: { readonly logged: readonly sql.CellMinutes[]; readonly recorded: Recorded | null },
  { nameOf }: Describer,
): wire.DebriefsReply["dose"] {
  const planned = new Map<string, number>();
  for (const { cell, minutes } of stops) planned.set(cell, (planned.get(cell) ?? 0) + minutes);
  const found = new Map(logged.map((row) => [row.cell as string, row]));
  return [...new Set([...planned.keys(), ...found.keys()])]
    .map((cell) => ({
      cell,
      place: nameOf(cell as sql.CellMinutes["cell"]),
      plannedMinutes: planned.get(cell) ?? 0,
      doneMinutes: Math.round(found.get(cell as sql.CellMinutes["cell"])?.done ?? 0),
      otherMinutes: Math.round(found.get(cell as sql.CellMinutes["cell"])?.other ?? 0),
      recorded: recorded?.of(cell) ?? null,
    }))
    .sort(
      (a, b) =>
        b.doneMinutes + b.otherMinutes - a.doneMinutes - a.otherMinutes ||
        b.plannedMinutes - a.plannedMinutes ||
        (a.cell < b.cell ? -1 : 1),
    );
}
