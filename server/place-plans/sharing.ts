import type { Actor } from "#core/model/role.ts";
import { formatInstant, type Zone } from "#core/time/zone.ts";
import type { SharedPlansReply } from "#core/wire/place-plans.ts";
import type { ActServices } from "#server/audit/notes.ts";
import type { Transaction } from "#server/db/database.ts";
import type { Own } from "#server/outreach/as-partner.ts";
import { refusePartnerNames } from "#server/place-plans/partner-names.ts";
import { responseOf } from "#server/place-plans/plans.ts";
import { noSuchPlan } from "#server/place-plans/refusals.ts";
import { Problem } from "#server/problem.ts";
import {
  insertComment,
  loadOwnComments,
  loadSharedPlans,
  passOnComment,
  putShares,
  sharePartners,
} from "#server/queries/place-plan-words.ts";
import { loadPlanHeads } from "#server/queries/place-plans.ts";

type SharingServices = Pick<ActServices, "db" | "zone" | "asAt" | "addDetail">;

/** Shares a plan's place and response with exactly these partners; each learns of itself alone (SAFEGUARDS 13). */
export async function sharePlan(
  services: SharingServices,
  actor: Actor,
  { planId, codes }: { readonly planId: number; readonly codes: readonly string[] },
): Promise<{ id: number }> {
  services.addDetail({ plan: planId, partners: codes.length });
  return services.db.transaction(actor, async (tx) => {
    await refuseUnlessThere(tx, planId);
    const partners = await sharePartners(tx);
    const unknown = codes.find((code) => !partners.some((partner) => partner.code === code));
    if (unknown !== undefined) {
      throw new Problem(
        422,
        "No such partner",
        `There is no partner "${unknown}". Nothing was saved.`,
      );
    }
    const plan = (await loadPlanHeads(tx)).find(({ id }) => id === planId);
    if (plan !== undefined && codes.length > 0) {
      refusePartnerNames(partners, [plan.name, responseOf(plan)]);
    }
    const partnerIds = partners.filter(({ code }) => codes.includes(code)).map(({ id }) => id);
    await putShares(tx, { planId, partnerIds, now: services.asAt.now() });
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
    const words = await passOnComment(tx, { key: comment, planId, on });
    if (words === null) {
      throw new Problem(
        404,
        "Not found",
        "There is no such comment any more: its partner has left.",
      );
    }
    refusePartnerNames(await sharePartners(tx), words);
    return { id: planId };
  });
}

/** What is shared with the own partner, with the own comments and no other. */
export async function sharedPlans({ tx, zone }: Own): Promise<SharedPlansReply> {
  const comments = await loadOwnComments(tx);
  const plans = await loadSharedPlans(tx);
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

/** The same answer for a plan that is not shared and one that is not there. */
export async function commentOnPlan(
  own: Own,
  { planId, words }: { readonly planId: number; readonly words: string },
): Promise<SharedPlansReply> {
  const shared = await loadSharedPlans(own.tx);
  if (!shared.some(({ id }) => id === planId)) throw noSuchPlan();
  const said = (await loadOwnComments(own.tx)).filter((one) => one.planId === planId);
  if (said.length >= mostComments) {
    throw new Problem(
      409,
      "Not kept",
      `You have said ${mostComments} things about this plan, which is all that is kept. Speak to the coordinator.`,
    );
  }
  await insertComment(own.tx, { planId, partnerId: own.partnerId, words, now: own.now });
  return sharedPlans(own);
}

async function refuseUnlessThere(tx: Transaction, planId: number): Promise<void> {
  const heads = await loadPlanHeads(tx);
  if (!heads.some(({ id }) => id === planId)) throw noSuchPlan();
}
