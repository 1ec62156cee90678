import {
  carriedDuties,
  interviewOffers,
  readStaffing,
  type Staffing,
  staffingConflict,
  type UnitDuty,
} from "#core/patrols/duty/staffing.ts";
import { dayText } from "#core/patrols/ground/words.ts";
import type * as wire from "#core/patrols/wire/staffing.ts";
import { unitOf } from "#core/patrols/wire/unit.ts";
import { addDays, formatInstant, type Zone } from "#core/time/zone.ts";
import type { Act } from "#server/acts/services.ts";
import type { Transaction } from "#server/db/database.ts";
import { insertInto, sql } from "#server/db/sql.ts";
import { loadPatrolPartners } from "#server/patrols/patrol-partners.ts";
import { plannedWindows } from "#server/patrols/queries/patrol-windows.ts";
import { readPlan } from "#server/patrols/queries/plans.ts";
import { loadStaffing, onDays } from "#server/patrols/queries/staffing.ts";
import { planNumber } from "#server/patrols/replies.ts";
import { type FieldError, Problem } from "#server/problem.ts";

export function readWeek(act: Act, span: wire.DateSpan) {
  return act.db.transaction(act.actor, async (tx) => {
    const reply = await weekOf(tx, act.zone, span);
    act.addDetail({ ...span, duties: reply.duties.length });
    return reply;
  });
}

/** All or nothing: conflicts are reported line by line. */
export async function writeWeek(act: Act, span: wire.DateSpan, body: wire.StaffingBody) {
  act.addDetail({ ...span, duties: body.duties.length });
  refuseUnlessRead([...outsideDays(span, body), ...readStaffing(act.zone, body).faults]);
  return act.db.transaction(act.actor, async (tx) => {
    await lockStaffing(tx);
    refuseChangedPast(act, span, await loadStaffing(tx, span), body);
    await replaceStaffing(tx, span, body, firstOpen(act));
    return weekOf(tx, act.zone, span);
  });
}

/**
 * Copies last week's duties to dates still without any, whatever the caller's screen shows: a
 * roster saved meanwhile is kept. A duty that conflicts with it is left out.
 */
export function carryWeek(act: Act, span: wire.DateSpan) {
  act.addDetail({ ...span });
  return act.db.transaction(act.actor, async (tx) => {
    await lockStaffing(tx);
    const lastWeek = await loadStaffing(tx, { from: addDays(span.from, -7), days: span.days });
    const own = await loadStaffing(tx, span);
    const more = carriedDuties(lastWeek.duties, own.duties, span);
    const { faults } = readStaffing(act.zone, { ...own, duties: [...own.duties, ...more] });
    const bad = new Set(faults.map(({ field }) => field));
    const fitting = more.filter(
      ({ date }, at) => !bad.has(`duties.${own.duties.length + at}`) && date >= firstOpen(act),
    );
    await insertDuties(tx, fitting);
    act.addDetail({ duties: fitting.length });
    return weekOf(tx, act.zone, span);
  });
}

export function refuseUnlessRead(faults: readonly FieldError[]): void {
  if (faults.length === 0) return;
  const what = faults.length === 1 ? "One line does" : `${faults.length} lines do`;
  throw new Problem(422, "Not saved", `${what} not go together with the rest.`, faults);
}

export function outsideDays({ from, days }: wire.DateSpan, body: wire.StaffingBody): FieldError[] {
  const last = addDays(from, days - 1);
  return (["duties", "tasks", "interviews"] as const).flatMap((list) =>
    body[list].flatMap(({ date }, index) =>
      date < from || date > last
        ? [{ field: `${list}.${index}`, reason: `${date} is not one of these days` }]
        : [],
    ),
  );
}

/** Hours that are over feed figures: for so many days they are set right, then they stand, in the database too. */
const correctedDays = 7;
export const firstOpen = ({ asAt }: Act) => addDays(asAt.date(), -correctedDays);

export function refuseChangedPast(
  act: Act,
  { from }: wire.DateSpan,
  before: Staffing,
  after: Staffing,
): void {
  const first = firstOpen(act);
  const standing = ({ duties, tasks, interviews, coreHours }: Staffing) =>
    JSON.stringify([
      from < first && coreHours,
      ...[duties, tasks, interviews].map((list) =>
        list.flatMap((one) => (one.date < first ? JSON.stringify(one) : [])).sort(),
      ),
    ]);
  if (standing(before) === standing(after)) return;
  const day = dayText(act.zone, act.zone.startOfDate(first));
  const detail = `Hours of days before ${day} stand: they are over, and figures are made from them. Leave those days as they were. Nothing was saved.`;
  throw new Problem(409, "Not saved", detail);
}

async function weekOf(tx: Transaction, zone: Zone, { from, days }: wire.DateSpan) {
  const staffing = await loadStaffing(tx, { from, days });
  const { duties } = readStaffing(zone, staffing);
  return {
    ...staffing,
    from,
    to: addDays(from, days - 1),
    conflicts: await conflictsOf(tx, zone, { from, days }, duties),
    interviewOffers: interviewOffers(zone, duties.filter(isPolice), {
      from,
      days,
      coreHours: staffing.coreHours,
    }),
  };
}

const isPolice = ({ patrolPartner }: { readonly patrolPartner?: string | null | undefined }) =>
  !patrolPartner;

async function conflictsOf(
  tx: Transaction,
  zone: Zone,
  { from, days }: wire.DateSpan,
  duties: readonly UnitDuty[],
): Promise<wire.StaffingReply["conflicts"]> {
  const staffed = new Set(duties.filter(isPolice).map(({ date }) => date));
  const span = { from: zone.startOfDate(from), to: zone.startOfDate(addDays(from, days + 1)) };
  const found: wire.StaffingReply["conflicts"] = [];
  const names = new Map((await loadPatrolPartners(tx)).map(({ code, name }) => [code, name]));
  for (const window of await plannedWindows(tx, span)) {
    const isAsked = !isPolice(window) || staffed.has(zone.dateOf(window.shiftStart));
    if (window.status !== "agreed" || !isAsked) continue;
    const reason = staffingConflict(window, duties);
    const plan = reason === null ? null : await readPlan(tx, window.planId);
    if (!plan || reason === null) continue;
    const start = formatInstant(zone, window.start);
    const { label, unit, patrolPartner } = window;
    const whose = patrolPartner === null ? "" : `${names.get(patrolPartner)}: `;
    found.push({ plan: planNumber(plan), window: label, start, unit, reason: whose + reason });
  }
  return found;
}

/** Serialises writers until their transactions end. */
export const lockStaffing = (tx: Transaction) => tx.run(sql`select pg_advisory_xact_lock(7312)`);

/** Replaces everything starting on those of these days that are open. */
async function replaceStaffing(
  tx: Transaction,
  span: wire.DateSpan,
  { duties, tasks, interviews, coreHours }: Staffing,
  first: string,
): Promise<void> {
  await tx.run(
    sql`delete from staffing_duty where ${onDays("duty_date", span, first)} and patrol_partner is null`,
  );
  await tx.run(sql`delete from staffing_task where ${onDays("task_date", span, first)}`);
  const isOpen = ({ date }: { readonly date: string }) => date >= first;
  await insertDuties(tx, duties.filter(isOpen));
  const blocks = interviews.map((block) => ({ ...block, kind: "interview" }));
  const all = [...tasks, ...blocks].filter(isOpen);
  await tx.run(
    sql`insert into staffing_task (task_date, unit, hours, kind)
      select date, unit, hours, kind from json_to_recordset(${JSON.stringify(all)})
        as given (date date, unit int, hours text, kind text)`,
  );
  if (span.from < first) return;
  await tx.run(sql`delete from staffing_core where from_date = ${span.from}`);
  await tx.run(insertInto("staffing_core", { fromDate: span.from, hours: coreHours }));
}

const police = { code: null, number: 0 };

/** Units are 1 to 12 of whoever has them. */
export const insertDuties = (
  tx: Transaction,
  duties: readonly wire.Duty[],
  { code, number }: { readonly code: string | null; readonly number: number } = police,
) =>
  tx.run(
    sql`insert into staffing_duty (duty_date, unit, hours, mode, patrol_partner)
      select date, ${unitOf(number, 0)}::int + unit, hours, mode, ${code}::text
      from json_to_recordset(${JSON.stringify(duties)})
        as given (date date, unit int, hours text, mode text)`,
  );
