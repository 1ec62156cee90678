import { randomInt } from "node:crypto";
import { controlPlaces, drawControlDays } from "#core/patrols/control-days.ts";
import { interviewOffers } from "#core/patrols/interview-offers.ts";
import { busiestZones } from "#core/patrols/plan-ground.ts";
import { usualCoreHours } from "#core/patrols/settings.ts";
import {
  carriedDuties,
  readStaffing,
  staffingConflict,
  type UnitDuty,
} from "#core/patrols/staffing.ts";
import type * as wire from "#core/patrols/wire/staffing.ts";
import type { Actor } from "#core/role.ts";
import { addDays, formatInstant, parseLocalDate } from "#core/time/zone.ts";
import type { ActServices } from "#server/acts/services.ts";
import type { Transaction } from "#server/db/database.ts";
import { knownDemand } from "#server/patrols/demand-known.ts";
import {
  controlDraws,
  insertControlDraw,
  pastControlDays,
} from "#server/patrols/queries/control-days.ts";
import { plannedWindows } from "#server/patrols/queries/patrol-windows.ts";
import { readPlan } from "#server/patrols/queries/plans.ts";
import * as sql from "#server/patrols/queries/staffing.ts";
import { planNumber } from "#server/patrols/replies.ts";
import { placesOf } from "#server/places/places.ts";
import { type FieldError, Problem } from "#server/problem.ts";
import { lockOccupancy } from "#server/protected-time/queries/occupancy.ts";

type StaffingServices = Pick<ActServices, "db" | "zone" | "asAt" | "addDetail">;

export function readWeek(
  services: StaffingServices,
  actor: Actor,
  span: sql.DateSpan,
): Promise<wire.StaffingReply> {
  return services.db.transaction(actor, async (tx) => {
    const reply = await weekOf(tx, services, span);
    services.addDetail({ ...span, duties: reply.duties.length });
    return reply;
  });
}

/** All of it or none: what does not go together is named line by line. */
export function writeWeek(
  services: StaffingServices,
  actor: Actor,
  { span, body }: { readonly span: sql.DateSpan; readonly body: wire.StaffingBody },
): Promise<wire.StaffingReply> {
  const { db, zone, addDetail } = services;
  addDetail({ ...span, duties: body.duties.length });
  const faults = [...outsideDays(span, body), ...readStaffing(zone, body).faults];
  if (faults.length > 0) {
    const what = faults.length === 1 ? "One line does" : `${faults.length} lines do`;
    throw new Problem(422, "Not saved", `${what} not go together with the rest.`, faults);
  }
  return db.transaction(actor, async (tx) => {
    await sql.lockStaffing(tx);
    await sql.replaceStaffing(tx, span, body);
    return weekOf(tx, services, span);
  });
}

/**
 * Last week's duties on the dates that have none by now, whatever the caller has on screen: a roster that
 * somebody saves meanwhile stands. A duty that does not go together with it is left out.
 */
export function carryWeek(
  services: StaffingServices,
  actor: Actor,
  span: sql.DateSpan,
): Promise<wire.StaffingReply> {
  const { db, zone, addDetail } = services;
  addDetail({ ...span });
  return db.transaction(actor, async (tx) => {
    await sql.lockStaffing(tx);
    const before = { from: addDays(span.from, -7), days: span.days };
    const lastWeek = await sql.loadStaffing(tx, before, usualCoreHours);
    const own = await sql.loadStaffing(tx, span, usualCoreHours);
    const more = carriedDuties(lastWeek.duties, own.duties, span);
    const { faults } = readStaffing(zone, { ...own, duties: [...own.duties, ...more] });
    const bad = new Set(faults.map(({ field }) => field));
    const fitting = more.filter((_, at) => !bad.has(`duties.${own.duties.length + at}`));
    await sql.insertDuties(tx, fitting);
    addDetail({ duties: fitting.length });
    return weekOf(tx, services, span);
  });
}

function outsideDays({ from, days }: sql.DateSpan, body: wire.StaffingBody): FieldError[] {
  const last = addDays(from, days - 1);
  return (["duties", "tasks", "interviews"] as const).flatMap((list) =>
    body[list].flatMap(({ date }, index) =>
      date < from || date > last
        ? [{ field: `${list}.${index}`, reason: `${date} is not one of these days` }]
        : [],
    ),
  );
}

async function weekOf(
  tx: Transaction,
  { zone }: StaffingServices,
  span: sql.DateSpan,
): Promise<wire.StaffingReply> {
  const staffing = await sql.loadStaffing(tx, span, usualCoreHours);
  const { duties } = readStaffing(zone, staffing);
  return {
    ...staffing,
    duties: [...staffing.duties],
    tasks: [...staffing.tasks],
    interviews: [...staffing.interviews],
    from: span.from,
    to: addDays(span.from, span.days - 1),
    conflicts: await conflictsOf(tx, zone, span, duties),
    interviewOffers: interviewOffers(zone, duties, { ...span, coreHours: staffing.coreHours }),
    control: await controlDraws(tx, span),
  };
}

/** Agreed windows of staffed dates that nobody can go to as the staffing stands. */
async function conflictsOf(
  tx: Transaction,
  zone: StaffingServices["zone"],
  { from, days }: sql.DateSpan,
  duties: readonly UnitDuty[],
): Promise<wire.StaffingReply["conflicts"]> {
  const staffed = new Set(duties.map(({ date }) => date));
  const span = { from: zone.startOfDate(from), to: zone.startOfDate(addDays(from, days + 1)) };
  const found: wire.StaffingReply["conflicts"] = [];
  for (const window of await plannedWindows(tx, span)) {
    if (window.status !== "agreed" || !staffed.has(zone.dateOf(window.shiftStart))) continue;
    const reason = staffingConflict(window, duties);
    const plan = reason === null ? null : await readPlan(tx, window.planId);
    if (plan && reason !== null) {
      const start = formatInstant(zone, window.start);
      found.push({
        plan: planNumber(plan),
        window: window.label,
        start,
        unit: window.unit,
        reason,
      });
    }
  }
  return found;
}

/**
 * One draw a week. It is refused where windows are agreed already, since they would choose the days, and a
 * second time, since days that are drawn until they suit are no comparison.
 */
export async function drawControl(
  services: StaffingServices,
  actor: Actor,
  { week, daysPerPlace }: wire.ControlDrawBody,
): Promise<wire.ControlDrawReply> {
  const { db, zone, asAt, addDetail } = services;
  addDetail({ week, daysPerPlace });
  if (zone.hourOfWeek(zone.startOfDate(week)) !== 0) {
    throw new Problem(
      422,
      "Days not chosen",
      `${week} is not a Monday. Comparison days need whole weeks.`,
    );
  }
  if (parseLocalDate(week) <= parseLocalDate(asAt.date())) {
    throw new Problem(422, "Days not chosen", "That week has started. Choose a later week.");
  }
  const { command } = await placesOf(services);
  return db.transaction(actor, async (tx) => {
    await lockOccupancy(tx);
    const span = { from: zone.startOfDate(week), to: zone.startOfDate(addDays(week, 7)) };
    const agreed = (await plannedWindows(tx, span)).filter(({ status }) => status === "agreed");
    if (agreed.length > 0) {
      throw new Problem(
        409,
        "Days not chosen",
        "Patrols are already approved for that week, which would bias the choice of days. Withdraw them first, or choose a later week.",
      );
    }
    const demand = await knownDemand(
      tx,
      { ...services, study: command },
      // By the average whatever the analyst chose: places that changed with it would spoil the comparison.
      { reportsBefore: zone.startOfDate(asAt.date()), chosen: null },
    );
    const zones = busiestZones(demand, controlPlaces);
    if (zones.length === 0) {
      throw new Problem(409, "Days not chosen", "There are no reports to choose places by.");
    }
    const seed = randomInt(2 ** 32);
    const places = zones.length;
    const draw = { week, daysPerPlace, places, seed, at: asAt.now(), by: actor.person };
    const isNew = await tx.through("keeper", (keeper) =>
      insertControlDraw(keeper, draw, drawControlDays({ zones, week, daysPerPlace, seed })),
    );
    if (isNew) return { week, daysPerPlace, places };
    throw new Problem(
      409,
      "Days not chosen",
      "The comparison days of that week are already chosen and cannot be chosen again.",
    );
  });
}

/** For evaluation: what was left out on purpose, once it is past by the day that the tool goes by. */
export async function pastControl(
  { db, asAt, addDetail }: Pick<StaffingServices, "db" | "asAt" | "addDetail">,
  actor: Actor,
  span: { readonly from: string; readonly days: number },
): Promise<wire.PastControlReply> {
  const { days, draws } = await db.transaction(actor, async (tx) => {
    const past = await pastControlDays(tx, { ...span, before: asAt.date() });
    addDetail({ from: span.from, days: span.days, rows: past.days.length });
    return past;
  });
  return {
    days,
    draws: draws.map(({ drawnAt, ...draw }) => ({
      ...draw,
      drawnAt: new Date(drawnAt).toISOString(),
    })),
  };
}
