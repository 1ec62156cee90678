import { z } from "zod";
import { groupBy } from "#core/group-by.ts";
import type { PlanDays } from "#core/patrols/arrival-times/trend.ts";
import { momentText } from "#core/patrols/ground/words.ts";
import { rosterConflict } from "#core/patrols/plan/judge.ts";
import type { NumberReply } from "#core/patrols/wire/board.ts";
import { formatInstant, type Zone } from "#core/time/zone.ts";
import type { Act } from "#server/acts/services.ts";
import type { Transaction } from "#server/db/database.ts";
import { insertInto, sql } from "#server/db/sql.ts";
import { periodOf } from "#server/patrols/ask.ts";
import { calendarFault, refuseUnlessCalendarsKnown, takenWindows } from "#server/patrols/checks.ts";
import type { WindowRow } from "#server/patrols/queries/patrol-windows.ts";
import { type PlanRow, readPlan } from "#server/patrols/queries/plans.ts";
import { planNumber } from "#server/patrols/replies.ts";
import { planRoster } from "#server/patrols/roster.ts";
import { storedPlan } from "#server/patrols/stored.ts";
import { Problem } from "#server/problem.ts";

/** Agreed windows that are still to come or under way, found clear at this very moment. */
export interface Issue {
  readonly plan: PlanRow;
  readonly number: string;
  readonly windows: readonly WindowRow[];
  /** Why the roster does not allow the window's unit; else null. */
  readonly conflictOf: (window: WindowRow) => string | null;
  readonly at: number;
}

/** Paper and files cannot be recalled, so each is checked once more as it leaves (SAFEGUARDS 1). */
export function issuePlan(act: Act, planId: string): Promise<Issue> {
  const { zone } = act;
  const at = act.asAt.now();
  act.addDetail({ plan: planId });
  return act.db.transaction(act.actor, async (tx) => {
    const stored = await storedPlan(tx, planId);
    const { plan } = stored;
    act.addDetail({ revision: plan.revision });
    const windows = await clearWindows(tx, act, plan, stored.windows.filter(isIssued));
    const issue = insertInto("sheet_issue", { planId: plan.id, revision: plan.revision });
    await tx.run(sql`${issue} on conflict do nothing`);
    const roster = await planRoster(tx, zone, plan);
    const conflictOf = (window: WindowRow) => rosterConflict(roster, window);
    return { plan, number: planNumber(plan), windows, conflictOf, at };
  });
}

/** Of these agreed windows those that may leave at this moment; refused where one of them may not. */
export async function clearWindows(
  tx: Transaction,
  act: Act,
  days: PlanDays,
  agreed: readonly WindowRow[],
): Promise<readonly WindowRow[]> {
  await refuseUnlessCalendarsKnown(tx, act, days, "Not issued");
  const { open, taken } = await openWindows(tx, act, days, agreed);
  act.addDetail({ windows: open.length });
  if (open.length === 0) {
    throw new Problem(409, "Nothing to issue", "No approved patrol is left on these days.");
  }
  if (taken.size > 0) {
    throw new Problem(
      409,
      "Not issued",
      "Some patrols are no longer available. Withdraw them, then print or download again.",
      [...taken].map((label) => ({ field: label, reason: "no longer available" })),
    );
  }
  return open;
}

/**
 * Whether all of them that are not over are still clear. Not by stored status only: a calendar that
 * lapsed or became unreadable since printing changes no row, and only this answer can recall paper.
 */
export async function allStand(
  tx: Transaction,
  act: Act,
  days: PlanDays,
  agreed: readonly WindowRow[],
): Promise<boolean> {
  if ((await calendarFault(tx, act, days)) !== null) return false;
  const { open, taken } = await openWindows(tx, act, days, agreed);
  return open.length > 0 && taken.size === 0;
}

async function openWindows(
  tx: Transaction,
  { zone, asAt }: Act,
  days: PlanDays,
  agreed: readonly WindowRow[],
) {
  const now = asAt.now();
  const open = agreed.filter(({ end }) => end > now);
  return { open, taken: await takenWindows(tx, { zone, now, ...periodOf(zone, days) }, open) };
}

/** A patrol partner has sheets of its own (server/patrols/warden-briefing.ts). */
const isIssued = ({ status, patrolPartner }: WindowRow) =>
  status === "agreed" && patrolPartner === null;

export interface IssuedSheet {
  readonly windows: readonly WindowRow[];
  readonly voidAfter: number;
}

/** By shift; paper and calendar use the same grouping, so they become void together. */
export function sheetsOf(windows: readonly WindowRow[]): readonly IssuedSheet[] {
  const shifts = groupBy(windows, ({ shiftStart, shiftEnd }) => `${shiftStart} ${shiftEnd}`);
  return [...shifts.values()].map((shift) => ({
    windows: shift,
    voidAfter: Math.max(...shift.map((window) => window.end)),
  }));
}

/** "Void after Sun 5 Dec 21:45" */
export function voidText(zone: Zone, voidAfter: number): string {
  return `Void after ${momentText(zone, voidAfter)}`;
}

async function sheetStands(tx: Transaction, act: Act, id: string, number: string) {
  const row = await readPlan(tx, id);
  if (row?.status !== "agreed" || planNumber(row) !== number) return false;
  // No sheet exists of a number never issued on paper or in a file.
  const issue = sql`select 1 from sheet_issue where plan_id = ${id} and revision = ${row.revision}`;
  if ((await tx.value(z.int(), issue)) === null) return false;
  const { plan, windows } = await storedPlan(tx, id);
  return allStand(tx, act, plan, windows.filter(isIssued));
}

/** Whether a printed sheet is valid: its plan is agreed and unchanged since. */
export const checkNumber = (act: Act, asked: string) =>
  checkSheet(act, asked, async (tx, number) => {
    const id = /^P(\d{1,15})-\d{1,9}$/.exec(number)?.[1];
    if (id === undefined) return false;
    act.addDetail({ number });
    return sheetStands(tx, act, id, number);
  });

/** The answer to a number typed from paper. */
export async function checkSheet(
  act: Act,
  asked: string,
  standsNow: (tx: Transaction, number: string) => Promise<boolean>,
): Promise<NumberReply> {
  const number = asked.trim().toUpperCase();
  const stands = await act.db.transaction(act.actor, async (tx) => {
    const answer = await standsNow(tx, number);
    act.addDetail({ stands: answer });
    return answer;
  });
  return {
    number,
    stands,
    sentence: stands ? "Valid: this sheet can be used." : "Not valid: print the briefing again.",
    checkedAt: formatInstant(act.zone, act.asAt.now()),
  };
}
