import { readStaffing, staffingConflict } from "#core/patrols/duty/staffing.ts";
import { usualCoreHours } from "#core/patrols/ground/settings.ts";
import type { DateSpan } from "#core/patrols/wire/staffing.ts";
import { unitNumber } from "#core/patrols/wire/unit.ts";
import type { WardenStaffingBody, WardenStaffingReply } from "#core/patrols/wire/wardens.ts";
import { addDays, formatInstant } from "#core/time/zone.ts";
import type { Act } from "#server/acts/services.ts";
import type { Transaction } from "#server/db/database.ts";
import { sql } from "#server/db/sql.ts";
import { ownPlanned } from "#server/patrols/patrol-partners.ts";
import { loadPartnerDuties, onDays } from "#server/patrols/queries/staffing.ts";
import {
  firstOpen,
  insertDuties,
  lockStaffing,
  outsideDays,
  refuseChangedPast,
  refuseUnlessRead,
} from "#server/patrols/staffing.ts";
import { ownPartner } from "#server/patrols/wardens.ts";

export function readOwnStaffing(act: Act, span: DateSpan) {
  return act.db.transaction(act.actor, async (tx) => {
    const reply = await ownWeek(tx, act, span);
    act.addDetail({ ...span, duties: reply.duties.length });
    return reply;
  });
}

/** All or none, and whatever others have: units are numbered by each for itself. */
export async function writeOwnStaffing(act: Act, span: DateSpan, { duties }: WardenStaffingBody) {
  act.addDetail({ ...span, duties: duties.length });
  const week = { ...noPolice, duties };
  refuseUnlessRead([...outsideDays(span, week), ...readStaffing(act.zone, week).faults]);
  return act.db.transaction(act.actor, async (tx) => {
    const own = await ownPartner(tx, act.actor);
    await lockStaffing(tx);
    const before = await ownWeek(tx, act, span);
    refuseChangedPast(act, span, { ...noPolice, duties: before.duties }, week);
    const first = firstOpen(act);
    await tx.run(sql`delete from staffing_duty where ${onDays("duty_date", span, first)}`);
    await insertDuties(tx, duties, { first, ...own });
    return ownWeek(tx, act, span);
  });
}

const noPolice = { duties: [], tasks: [], interviews: [], coreHours: usualCoreHours };

async function ownWeek(
  tx: Transaction,
  { zone, actor }: Act,
  { from, days }: DateSpan,
): Promise<WardenStaffingReply> {
  const own = await loadPartnerDuties(tx, { from, days });
  const { duties } = readStaffing(zone, { ...noPolice, partnerDuties: own });
  const span = { from: zone.startOfDate(from), to: zone.startOfDate(addDays(from, days + 1)) };
  const last = zone.startOfDate(addDays(from, days));
  const approved = (await ownPlanned(tx, actor, span)).filter(
    ({ status, shiftStart }) => status === "agreed" && shiftStart < last,
  );
  return {
    duties: own.map(({ patrolPartner: _, ...duty }) => ({ ...duty, unit: unitNumber(duty.unit) })),
    from,
    to: addDays(from, days - 1),
    conflicts: approved.flatMap((window) => {
      const reason = staffingConflict(window, duties);
      if (reason === null) return [];
      const { planId, label: windowId } = window;
      const [start, unit] = [formatInstant(zone, window.start), unitNumber(window.unit)];
      return [{ planId, windowId, start, unit, reason }];
    }),
  };
}
