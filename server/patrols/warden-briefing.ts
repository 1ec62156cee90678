import { createHash } from "node:crypto";
import { staffingConflict } from "#core/patrols/duty/staffing.ts";
import { plainWhy } from "#core/patrols/plan/reasons.ts";
import type { BriefingReply, NumberReply } from "#core/patrols/wire/board.ts";
import type { DateSpan } from "#core/patrols/wire/staffing.ts";
import { unitNumber } from "#core/patrols/wire/unit.ts";
import { addDays, formatInstant } from "#core/time/zone.ts";
import type { Act } from "#server/acts/services.ts";
import type { Transaction } from "#server/db/database.ts";
import { sql } from "#server/db/sql.ts";
import { periodOf } from "#server/patrols/ask.ts";
import { briefingOf } from "#server/patrols/briefing.ts";
import { calendarFault, refuseUnlessCalendarsKnown, takenWindows } from "#server/patrols/checks.ts";
import { numberSentence } from "#server/patrols/issue.ts";
import { ownWindows } from "#server/patrols/patrol-partners.ts";
import type { WindowRow } from "#server/patrols/queries/patrol-windows.ts";
import { planStaffing } from "#server/patrols/roster.ts";
import { describerOf } from "#server/patrols/stored.ts";
import { ownPartner } from "#server/patrols/wardens.ts";
import { Problem } from "#server/problem.ts";

/**
 * A patrol partner's own sheets. Their number is a word of what stands on them, so that it neither
 * counts what others change nor needs a row of its own (SAFEGUARDS 23).
 */
export async function wardenBriefing(act: Act, span: DateSpan): Promise<BriefingReply> {
  const { zone } = act;
  const at = act.asAt.now();
  const describer = await describerOf(act);
  act.addDetail({ ...span });
  return act.db.transaction(act.actor, async (tx) => {
    await refuseUnlessCalendarsKnown(tx, act, span, "Not issued");
    const windows = await approved(tx, act, span);
    const open = windows.filter(({ end }) => end > at);
    act.addDetail({ windows: open.length });
    if (open.length === 0) {
      throw new Problem(409, "Nothing to issue", "No approved patrol is left on these days.");
    }
    const taken = await takenWindows(tx, { zone, now: at, ...periodOf(zone, span) }, open);
    if (taken.size > 0) {
      const detail = "Some patrols are no longer available. Withdraw them, then print again.";
      throw new Problem(409, "Not issued", detail);
    }
    const { code, kind } = await ownPartner(tx, act.actor);
    const roster = await tx.through("keeper", (keeper) => planStaffing(keeper, zone, span));
    return briefingOf(act, describer, kind, {
      number: numberOf(code, span, windows),
      windows: open.map((one) => ({ ...one, whyHere: plainWhy, whyNow: "" })),
      conflictOf: (window) => staffingConflict(window, roster?.duties ?? []),
      at,
    });
  });
}

export async function checkWardenNumber(act: Act, asked: string): Promise<NumberReply> {
  const number = asked.trim().toUpperCase();
  const { zone } = act;
  const now = act.asAt.now();
  const stands = await act.db.transaction(act.actor, async (tx) => {
    const span = daysOf(number);
    if (!span || (await calendarFault(tx, act, span)) !== null) return false;
    const windows = await approved(tx, act, span);
    const { code } = await ownPartner(tx, act.actor);
    if (numberOf(code, span, windows) !== number) return false;
    const open = windows.filter(({ end }) => end > now);
    const taken = await takenWindows(tx, { zone, now, ...periodOf(zone, span) }, open);
    return open.length > 0 && taken.size === 0;
  });
  act.addDetail({ stands });
  const sentence = numberSentence(stands);
  return { number, stands, sentence, checkedAt: formatInstant(zone, now) };
}

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
    ...[planId, label, unitNumber(unit), start, end],
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
