import type { SharedPlansReply } from "#core/place-plans/wire/place-plans.ts";
import type { Actor } from "#core/role.ts";
import { formatInstant, type Zone } from "#core/time/zone.ts";
import type { ActServices } from "#server/acts/services.ts";
import type { Transaction } from "#server/db/database.ts";
import { partnersNamed, refusePartnerNames } from "#server/place-plans/partner-names.ts";
import { noSuchPlan, responseOf } from "#server/place-plans/plans.ts";
import * as sql from "#server/place-plans/queries/place-plan-words.ts";
import { loadPlanHeads } from "#server/place-plans/queries/place-plans.ts";
import { Problem } from "#server/problem.ts";
import type { Own } from "#server/protected-time/partners.ts";

type SharingServices = Pick<ActServices, "db" | "zone" | "asAt" | "addDetail">;

/**
 * Shares a plan's place and response with exactly these partners; each learns of itself alone (SAFEGUARDS 13). Names
 * in it keep it from whoever is added; taking somebody away is always possible.
 */
export async function sharePlan(
  services: SharingServices,
  actor: Actor,
  { planId, codes }: { readonly planId: number; readonly codes: readonly string[] },
): Promise<{ id: number }> {
  services.addDetail({ plan: planId, partners: codes.length });
  return services.db.transaction(actor, async (tx) => {
    await refuseUnlessThere(tx, planId);
    const partners = await sql.sharePartners(tx);
    const unknown = codes.find((code) => !partners.some((partner) => partner.code === code));
    if (unknown !== undefined) {
      throw new Problem(
        422,
        "No such partner",
        `There is no partner "${unknown}". Nothing was saved.`,
      );
    }
    const plan = (await loadPlanHeads(tx)).find(({ id }) => id === planId);
    const shares = (await sql.loadShares(tx)).filter((share) => share.planId === planId);
    const isAdded = ({ id, code }: sql.SharePartner) =>
      codes.includes(code) && !shares.some(({ partnerId }) => partnerId === id);
    if (plan !== undefined && partners.some(isAdded)) {
      const advice = "Write “outreach” instead. Nothing was shared.";
      refusePartnerNames(partners, wordsShared(plan), advice);
    }
    const partnerIds = partners.filter(({ code }) => codes.includes(code)).map(({ id }) => id);
    await sql.putShares(tx, { planId, partnerIds, now: services.asAt.now() });
    return { id: planId };
  });
}

/** Hands a partner's words on to police, without whose they are. It cannot be called back. */
export async function passOn(
  services: SharingServices,
  actor: Actor,
  { planId, comment }: { readonly planId: number; readonly comment: string },
): Promise<{ id: number }> {
  services.addDetail({ plan: planId });
  return services.db.transaction(actor, async (tx) => {
    const on = services.asAt.date();
    const words = await sql.passOnComment(tx, { key: comment, planId, on });
    if (words === null) {
      throw new Problem(
        404,
        "Not found",
        "This comment no longer exists, because its partner has left.",
      );
    }
    const advice =
      "You cannot change a partner’s words. Ask the partner to write it again without the name. Nothing was passed on.";
    refusePartnerNames(await sql.sharePartners(tx), words, advice);
    return { id: planId };
  });
}

/** What a partner reads of a plan in other people's words. */
export function wordsShared(plan: Parameters<typeof responseOf>[0] & { readonly name: string }) {
  return [plan.name, responseOf(plan)];
}

/** What a partner's act on shared plans works with. `all`: every partner there is, never to be said. */
export interface SharedGround extends Own {
  readonly all: readonly sql.SharePartner[];
}

/** What is shared with the own partner, with the own comments and no other. */
export async function sharedPlans(own: SharedGround): Promise<SharedPlansReply> {
  const { tx, zone } = own;
  const comments = await sql.loadOwnComments(tx);
  const plans = await readablePlans(own);
  return {
    plans: plans.map((plan) => ({
      id: plan.id,
      name: plan.name,
      state: plan.state,
      reviewOn: plan.reviewOn,
      response: responseOf(plan),
      comments: comments.filter(({ planId }) => planId === plan.id).map(commentReply(zone)),
    })),
  };
}

function commentReply(zone: Zone) {
  return ({ words, saidAt }: { readonly words: string; readonly saidAt: number }) => ({
    words,
    saidAt: formatInstant(zone, saidAt),
  });
}

/** Of one partner on one plan: no login drowns out what others say. */
const mostComments = 50;

/** Without those whose words name another partner since they were shared: they wait for other words. */
async function readablePlans({ tx, all, partnerId }: SharedGround): Promise<sql.SharedPlan[]> {
  const others = all.filter(({ id }) => id !== partnerId);
  const plans = await sql.loadSharedPlans(tx);
  return plans.filter((plan) => partnersNamed(others, wordsShared(plan)).length === 0);
}

/** The same answer for a plan that is not shared and one that is not there. */
export async function commentOnPlan(
  own: SharedGround,
  { planId, words }: { readonly planId: number; readonly words: string },
): Promise<SharedPlansReply> {
  const shared = await readablePlans(own);
  if (!shared.some(({ id }) => id === planId)) throw noSuchPlan();
  const said = (await sql.loadOwnComments(own.tx)).filter((one) => one.planId === planId);
  if (said.length >= mostComments) {
    throw new Problem(
      409,
      "Not kept",
      `You have already made ${mostComments} comments on this plan, the maximum. Speak to the coordinator.`,
    );
  }
  await sql.insertComment(own.tx, { planId, partnerId: own.partnerId, words, now: own.now });
  return sharedPlans(own);
}

async function refuseUnlessThere(tx: Transaction, planId: number): Promise<void> {
  const heads = await loadPlanHeads(tx);
  if (!heads.some(({ id }) => id === planId)) throw noSuchPlan();
}
