import { createHash } from "node:crypto";
import { staffingConflict } from "#core/patrols/duty/staffing.ts";
import { plainWhy } from "#core/patrols/plan/reasons.ts";
import type { BriefingReply } from "#core/patrols/wire/board.ts";
import type { DateSpan } from "#core/patrols/wire/staffing.ts";
import { unitNumber } from "#core/patrols/wire/unit.ts";
import { addDays } from "#core/time/zone.ts";
import type { Act } from "#server/acts/services.ts";
import type { Transaction } from "#server/db/database.ts";
import { sql } from "#server/db/sql.ts";
import { briefingOf } from "#server/patrols/briefing.ts";
import { allStand, checkSheet, clearWindows } from "#server/patrols/issue.ts";
import { ownWindows } from "#server/patrols/patrol-partners.ts";
import type { WindowRow } from "#server/patrols/queries/patrol-windows.ts";
import { planStaffing } from "#server/patrols/roster.ts";
import { describerOf } from "#server/patrols/stored.ts";
import { ownPartner } from "#server/patrols/wardens.ts";

/**
 * A patrol partner's own sheets. Their number is a word of what stands on them, so that it neither
 * counts what others change nor needs a row of its own (SAFEGUARDS 23).
 */
export async function wardenBriefing(act: Act, span: DateSpan): Promise<BriefingReply> {
  const { zone } = act;
  const describer = await describerOf(act);
  act.addDetail({ ...span });
  return act.db.transaction(act.actor, async (tx) => {
    const windows = await approved(tx, act, span);
    const open = await clearWindows(tx, act, span, windows);
    const { code, kind } = await ownPartner(tx, act.actor);
    const roster = await tx.through("keeper", (keeper) => planStaffing(keeper, zone, span));
    return briefingOf(act, describer, kind, {
      number: numberOf(code, span, windows),
      windows: open.map((one) => ({ ...one, whyHere: plainWhy, whyNow: "" })),
      conflictOf: (window) => staffingConflict(window, roster?.duties ?? []),
      at: act.asAt.now(),
    });
  });
}

export const checkWardenNumber = (act: Act, asked: string) =>
  checkSheet(act, asked, async (tx, number) => {
    const span = daysOf(number);
    if (!span) return false;
    const windows = await approved(tx, act, span);
    const { code } = await ownPartner(tx, act.actor);
    return numberOf(code, span, windows) === number && allStand(tx, act, span, windows);
  });

function approved(tx: Transaction, { zone }: Act, { from, days }: DateSpan) {
  const [first, last] = [zone.startOfDate(from), zone.startOfDate(addDays(from, days))];
  return ownWindows(
    tx,
    sql`status = 'agreed' and shift_starts_at >= ${new Date(first)}
      and shift_starts_at < ${new Date(last)}`,
  );
}

/** "W20211126-7-3F9A21C4": its days, and a word of its windows. */
function numberOf(code: string, { from, days }: DateSpan, windows: readonly WindowRow[]): string {
  const stands = windows.map(({ unit, start, end, stops, label, planId }) => [
    planId,
    label,
    unitNumber(unit),
    start,
    end,
    stops.map(({ cell }) => cell),
  ]);
  const word = createHash("sha256")
    .update(JSON.stringify([code, stands]))
    .digest("hex");
  return `W${from.replaceAll("-", "")}-${days}-${word.slice(0, 8).toUpperCase()}`;
}

function daysOf(number: string): DateSpan | null {
  const [, year, month, day, days] =
    /^W(\d{4})(\d\d)(\d\d)-(\d{1,2})-[0-9A-F]{8}$/.exec(number) ?? [];
  const from = `${year}-${month}-${day}`;
  const isDate = !Number.isNaN(Date.parse(from)) && new Date(from).toISOString().startsWith(from);
  const count = Number(days);
  return days !== undefined && isDate && count >= 1 && count <= 28 ? { from, days: count } : null;
}
