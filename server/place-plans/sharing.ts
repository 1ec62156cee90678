import * as wire from "#core/place-plans/wire/place-plans.ts";
import type { Act } from "#server/acts/services.ts";
import { columnsOf } from "#server/db/rows.ts";
import { insertInto, sql } from "#server/db/sql.ts";
import {
  partnersNamed,
  refusePartnerNames,
  type SharePartner,
  sharePartners,
} from "#server/place-plans/partner-names.ts";
import { noSuchPlan, planShares, wordsShared } from "#server/place-plans/plans.ts";
import { Problem } from "#server/problem.ts";
import type { Own } from "#server/protected-time/partners.ts";

/**
 * Shares a plan's place and response with exactly these partners; each learns only that it is
 * shared with itself (SAFEGUARDS 13). Names in it block adding partners; removing one is always
 * possible.
 */
export function sharePlan(act: Act, id: number, codes: readonly string[]): Promise<{ id: number }> {
  act.addDetail({ plan: id, partners: codes.length });
  return act.db.transaction(act.actor, async (tx) => {
    const plan = await tx.maybe(
      wire.planHead,
      sql`select ${columnsOf(wire.planHead)} from place_plan where id = ${id}`,
    );
    if (!plan) throw noSuchPlan();
    const partners = await sharePartners(tx);
    const unknown = codes.find((code) => !partners.some((partner) => partner.code === code));
    if (unknown !== undefined) {
      const detail = `There is no partner "${unknown}". Nothing was saved.`;
      throw new Problem(422, "No such partner", detail);
    }
    const shares = new Set((await planShares(tx))(id).map(({ partnerId }) => partnerId));
    const chosen = partners.filter(({ code }) => codes.includes(code)).map((one) => one.id);
    if (chosen.some((partner) => !shares.has(partner))) {
      const advice = "Write “outreach” instead. Nothing was shared.";
      refusePartnerNames(partners, wordsShared(plan), advice);
    }
    await tx.run(
      sql`delete from place_plan_share where plan_id = ${id} and partner_id <> all(${chosen}::bigint[])`,
    );
    await tx.run(
      sql`insert into place_plan_share (plan_id, partner_id, shared_at)
        select ${id}::int, chosen, ${new Date(act.asAt.now())} from unnest(${chosen}::bigint[]) as chosen
        on conflict (plan_id, partner_id) do nothing`,
    );
    return { id };
  });
}

/** Passes a comment to police anonymously. Cannot be undone. */
export function passOn(act: Act, id: number, comment: string): Promise<{ id: number }> {
  act.addDetail({ plan: id });
  return act.db.transaction(act.actor, async (tx) => {
    const found = await tx.maybe(
      wire.ownComment.pick({ words: true }),
      sql`update place_plan_comment set passed_on = coalesce(passed_on, ${act.asAt.date()}::date)
        where key = ${comment} and plan_id = ${id} returning words`,
    );
    if (found === null) {
      const detail = "This comment no longer exists, because its partner has left.";
      throw new Problem(404, "Not found", detail);
    }
    const advice =
      "You cannot change a partner’s words. Ask the partner to write it again without the name. Nothing was passed on.";
    refusePartnerNames(await sharePartners(tx), found.words, advice);
    return { id };
  });
}

/** `all`: every partner, never to be disclosed. */
export interface SharedGround extends Own {
  readonly all: readonly SharePartner[];
}

export async function sharedPlans(own: SharedGround): Promise<wire.SharedPlansReply> {
  const comments = await own.tx.grouped(
    wire.ownComment,
    sql`select plan_id as group, words, said_at from place_plan_comment order by id desc limit 200`,
  );
  const plans = await readablePlans(own);
  return { plans: plans.map((plan) => ({ ...plan, comments: [...comments(plan.id)] })) };
}

/** Per partner and plan, so that nobody drowns out others. */
const mostComments = 50;

/** Leaves out plans whose text has since named another partner. */
async function readablePlans({ tx, all, partnerId }: SharedGround) {
  const others = all.filter(({ id }) => id !== partnerId);
  const plans = await tx.rows(
    wire.sharedPlan,
    sql`select ${columnsOf(wire.sharedPlan)} from place_plan
      order by state = 'closed', review_on, id`,
  );
  return plans.filter((plan) => partnersNamed(others, wordsShared(plan)).length === 0);
}

/** Same reply for an unshared plan and a missing one. */
export async function commentOnPlan(
  own: SharedGround,
  id: number,
  words: string,
): Promise<wire.SharedPlansReply> {
  const shared = (await sharedPlans(own)).plans.find((plan) => plan.id === id);
  if (!shared) throw noSuchPlan();
  if (shared.comments.length >= mostComments) {
    const detail = `You have already made ${mostComments} comments on this plan, the maximum. Speak to the coordinator.`;
    throw new Problem(409, "Not kept", detail);
  }
  const { partnerId, now } = own;
  await own.tx.run(
    insertInto("place_plan_comment", { planId: id, partnerId, words, saidAt: new Date(now) }),
  );
  return sharedPlans(own);
}
