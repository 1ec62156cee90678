import type { Actor } from "#core/model/role.ts";
import { formatInstant } from "#core/time/zone.ts";
import type { NumberReply } from "#core/wire/plan.ts";
import type { Services } from "#server/context.ts";
import { planNumber } from "#server/plan/replies.ts";
import { readPlan } from "#server/queries/plans.ts";

/** Whether the sheet in somebody's hand still stands: its plan is agreed and has not changed since. */
export async function checkNumber(
  { db, zone, asAt }: Pick<Services, "db" | "zone" | "asAt">,
  actor: Actor,
  asked: string,
): Promise<NumberReply> {
  const number = asked.trim().toUpperCase();
  const id = /^P(\d{1,15})-\d{1,9}$/.exec(number)?.[1];
  const plan = id ? await db.transaction(actor, (tx) => readPlan(tx, id)) : null;
  const stands = plan?.status === "agreed" && planNumber(plan) === number;
  return {
    number,
    stands,
    sentence: stands ? "Stands: this sheet is valid." : "Not valid: print the briefing again.",
    checkedAt: formatInstant(zone, asAt.now()),
  };
}
