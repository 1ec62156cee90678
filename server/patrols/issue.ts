import { z } from "zod";
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
    const { plan, windows } = await storedPlan(tx, planId);
    await refuseUnlessCalendarsKnown(tx, act, plan, "Not issued");
    const open = windows.filter((window) => isIssued(window) && window.end > at);
    act.addDetail({ windows: open.length, revision: plan.revision });
    if (open.length === 0) {
      throw new Problem(409, "Nothing to issue", "This plan has no approved patrol left.");
    }
    const taken = await takenWindows(tx, { zone, now: at, ...periodOf(zone, plan) }, open);
    if (taken.size > 0) {
      throw new Problem(
        409,
        "Not issued",
        "Some patrols of this plan are no longer available. Withdraw them, then print or download again.",
        [...taken].map((label) => ({ field: label, reason: "no longer available" })),
      );
    }
    const issue = insertInto("sheet_issue", { planId: plan.id, revision: plan.revision });
    await tx.run(sql`${issue} on conflict do nothing`);
    const roster = await planRoster(tx, zone, plan);
    const conflictOf = (window: WindowRow) => rosterConflict(roster, window);
    return { plan, number: planNumber(plan), windows: open, conflictOf, at };
  });
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
  const shifts = new Map<string, WindowRow[]>();
  for (const window of windows) {
    const key = `${window.shiftStart} ${window.shiftEnd}`;
    const shift = shifts.get(key);
    if (shift) shift.push(window);
    else shifts.set(key, [window]);
  }
  return [...shifts.values()].map((shift) => ({
    windows: shift,
    voidAfter: Math.max(...shift.map((window) => window.end)),
  }));
}

/** "Void after Sun 5 Dec 21:45" */
export function voidText(zone: Zone, voidAfter: number): string {
  return `Void after ${momentText(zone, voidAfter)}`;
}

/**
 * Not by stored status only: a calendar that lapsed or became unreadable since printing changes no
 * row, and only this answer can recall paper.
 */
async function sheetStands(
  tx: Transaction,
  { zone, asAt }: Act,
  { id, number }: { readonly id: string; readonly number: string },
): Promise<boolean> {
  const row = await readPlan(tx, id);
  if (row?.status !== "agreed" || planNumber(row) !== number) return false;
  // No sheet exists of a number never issued on paper or in a file.
  const issue = sql`select 1 from sheet_issue where plan_id = ${id} and revision = ${row.revision}`;
  if ((await tx.value(z.int(), issue)) === null) return false;
  const { plan, windows } = await storedPlan(tx, id);
  const now = asAt.now();
  const open = windows.filter((window) => isIssued(window) && window.end > now);
  if (open.length === 0 || (await calendarFault(tx, { zone, asAt }, plan)) !== null) return false;
  const taken = await takenWindows(tx, { zone, now, ...periodOf(zone, plan) }, open);
  return taken.size === 0;
}

/** Whether a printed sheet is valid: its plan is agreed and unchanged since. */
export async function checkNumber(act: Act, asked: string): Promise<NumberReply> {
  const number = asked.trim().toUpperCase();
  const id = /^P(\d{1,15})-\d{1,9}$/.exec(number)?.[1];
  const stands = id
    ? await act.db.transaction(act.actor, async (tx) => {
        const answer = await sheetStands(tx, act, { id, number });
        act.addDetail({ number, stands: answer });
        return answer;
      })
    : false;
  return {
    number,
    stands,
    sentence: numberSentence(stands),
    checkedAt: formatInstant(act.zone, act.asAt.now()),
  };
}

export const numberSentence = (stands: boolean) =>
  stands ? "Valid: this sheet can be used." : "Not valid: print the briefing again.";
