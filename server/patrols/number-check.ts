import type { NumberReply } from "#core/patrols/wire/plan.ts";
import type { Actor } from "#core/role.ts";
import { formatInstant } from "#core/time/zone.ts";
import type { ActServices, Services } from "#server/acts/services.ts";
import type { Transaction } from "#server/db/database.ts";
import { calendarFault } from "#server/patrols/calendars-known.ts";
import { takenWindows } from "#server/patrols/checks.ts";
import { isSheetIssued, readPlan } from "#server/patrols/queries/plans.ts";
import { planNumber } from "#server/patrols/replies.ts";
import { periodOf, storedPlan } from "#server/patrols/stored.ts";

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
