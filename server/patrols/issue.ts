import type { NumberReply } from "#core/patrols/wire/plan.ts";
import { momentText } from "#core/patrols/words.ts";
import type { Actor } from "#core/role.ts";
import { formatInstant, type Zone } from "#core/time/zone.ts";
import type { ActServices, Services } from "#server/acts/services.ts";
import type { Transaction } from "#server/db/database.ts";
import { type AskStaffing, askStaffing } from "#server/patrols/ask-staffing.ts";
import { takenWindows } from "#server/patrols/checks.ts";
import type { WindowRow } from "#server/patrols/queries/patrol-windows.ts";
import {
  insertSheetIssue,
  isSheetIssued,
  type PlanRow,
  readPlan,
} from "#server/patrols/queries/plans.ts";
import { planNumber } from "#server/patrols/replies.ts";
import { calendarFault, refuseUnlessCalendarsKnown } from "#server/patrols/standing.ts";
import { periodOf, storedPlan } from "#server/patrols/stored.ts";
import { Problem } from "#server/problem.ts";

/** Agreed windows that are still to come or under way, found clear at this very moment. */
export interface Issue {
  readonly plan: PlanRow;
  readonly number: string;
  readonly windows: readonly WindowRow[];
  readonly conflictOf: AskStaffing;
  readonly at: number;
}

/** Paper and files cannot be recalled, so each is checked once more as it leaves (SAFEGUARDS 1). */
export async function issuePlan(
  { db, zone, asAt, addDetail }: Pick<ActServices, "db" | "zone" | "asAt" | "addDetail">,
  actor: Actor,
  planId: string,
): Promise<Issue> {
  const at = asAt.now();
  addDetail({ plan: planId });
  return db.transaction(actor, async (tx) => {
    const { plan, windows } = await storedPlan(tx, planId);
    await refuseUnlessCalendarsKnown(tx, { zone, asAt }, plan, "Not issued");
    const open = windows.filter((window) => window.status === "agreed" && window.end > at);
    addDetail({ windows: open.length, revision: plan.revision });
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
    await insertSheetIssue(tx, plan);
    const conflictOf = await askStaffing(tx, zone, plan);
    return { plan, number: planNumber(plan), windows: open, conflictOf, at };
  });
}

/** The windows of one shift: what is printed together, and is void together. */
export interface IssuedSheet {
  readonly windows: readonly WindowRow[];
  /** Where its last window ends. */
  readonly voidAfter: number;
}

/** Windows by shift. Paper and calendar both go by these, so that they are void at one time. */
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
 * Not the stored status alone: a calendar that lapsed or became unreadable since the sheet was
 * printed changes no row, and this answer is all that can call paper back.
 */
async function sheetStands(
  tx: Transaction,
  { zone, asAt }: Pick<Services, "zone" | "asAt">,
  { id, number }: { readonly id: string; readonly number: string },
): Promise<boolean> {
  const row = await readPlan(tx, id);
  if (row?.status !== "agreed" || planNumber(row) !== number) return false;
  // Of a number that never left there is no sheet.
  if (!(await isSheetIssued(tx, row))) return false;
  const { plan, windows } = await storedPlan(tx, id);
  const now = asAt.now();
  const open = windows.filter((window) => window.status === "agreed" && window.end > now);
  if (open.length === 0 || (await calendarFault(tx, { zone, asAt }, plan)) !== null) return false;
  const taken = await takenWindows(tx, { zone, now, ...periodOf(zone, plan) }, open);
  return taken.size === 0;
}

/** Whether the sheet in somebody's hand still stands: its plan is agreed and has not changed since. */
export async function checkNumber(
  { db, zone, asAt, addDetail }: Pick<ActServices, "db" | "zone" | "asAt" | "addDetail">,
  actor: Actor,
  asked: string,
): Promise<NumberReply> {
  const number = asked.trim().toUpperCase();
  const id = /^P(\d{1,15})-\d{1,9}$/.exec(number)?.[1];
  const stands = id
    ? await db.transaction(actor, async (tx) => {
        const answer = await sheetStands(tx, { zone, asAt }, { id, number });
        addDetail({ number, stands: answer });
        return answer;
      })
    : false;
  return {
    number,
    stands,
    sentence: stands ? "Valid: this sheet can be used." : "Not valid: print the briefing again.",
    checkedAt: formatInstant(zone, asAt.now()),
  };
}
