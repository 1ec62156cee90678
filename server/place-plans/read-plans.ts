import { planChanges } from "#core/place-plans/plan.ts";
import type {
  PlacePlanReply,
  PlacePlansReply,
  PlanHistoryReply,
} from "#core/place-plans/wire/place-plans.ts";
import type { Actor } from "#core/role.ts";
import { formatInstant, type Zone } from "#core/time/zone.ts";
import type { Transaction } from "#server/db/database.ts";
import { partnersNamed } from "#server/place-plans/partner-names.ts";
import { noSuchPlan, type PlanServices, responseOf } from "#server/place-plans/plans.ts";
import {
  loadPlanComments,
  loadShares,
  passedOnWords,
  sharePartners,
} from "#server/place-plans/queries/place-plan-words.ts";
import * as sql from "#server/place-plans/queries/place-plans.ts";
import { wordsShared } from "#server/place-plans/sharing.ts";

/**
 * Every place plan as its reader may see it: sergeant and analyst with figures and cells and without partners,
 * coordinator and auditor with partners and without figures and cells (SAFEGUARDS, Roles).
 */
export async function readPlans(services: PlanServices, actor: Actor): Promise<PlacePlansReply> {
  const { zone } = services;
  return services.db.transaction(actor, async (tx) => {
    const heads = await sql.loadPlanHeads(tx);
    services.addDetail({ plans: heads.length });
    const innerOf = isPolice(actor) ? await readInners(tx, zone) : null;
    const sharingOf = isPolice(actor) ? null : await readSharing(tx, zone, actor);
    const plans = heads.map((head) => ({
      ...headReply(zone, head),
      inner: innerOf?.(head.id) ?? null,
      sharing: sharingOf?.(head) ?? null,
    }));
    return { asAt: services.asAt.date(), plans };
  });
}

function isPolice({ role }: Actor): boolean {
  return role === "sergeant" || role === "analyst" || role === "operator";
}

function headReply(zone: Zone, head: sql.PlanHead): Omit<PlacePlanReply, "inner" | "sharing"> {
  const { id, name, revision, state, result, stopRule, reviewOn, isForMeeting, changedBy } = head;
  return {
    ...{ id, name, revision, state, result, stopRule, reviewOn, isForMeeting, changedBy },
    response: responseOf(head),
    createdAt: formatInstant(zone, head.createdAt),
    changedAt: formatInstant(zone, head.changedAt),
  };
}

async function readInners(tx: Transaction, zone: Zone) {
  const inners = new Map((await sql.loadPlanInners(tx)).map((inner) => [inner.id, inner]));
  const figures = await sql.loadFigures(tx);
  const heard = await passedOnWords(tx);
  return (id: number): PlacePlanReply["inner"] => {
    const inner = inners.get(id);
    if (!inner) return null;
    return {
      area: { by: inner.areaBy, name: inner.areaName, cells: inner.cells },
      scanning: inner.scanning,
      analysis: inner.analysis,
      assessment: assessmentOf(inner),
      figures: figures
        .filter(({ planId }) => planId === id)
        .map(({ planId: _, pinnedAt, ...figure }) => ({
          ...figure,
          pinnedAt: formatInstant(zone, pinnedAt),
        })),
      heard: heard
        .filter(({ planId }) => planId === id)
        .map(({ words, passedOn }) => ({ words, passedOn })),
    };
  };
}

function assessmentOf(inner: sql.PlanInner) {
  const { assessedOperation, assessedRevision, assessedAsAt, assessedSentence } = inner;
  if (assessedOperation === null || assessedRevision === null) return null;
  if (assessedAsAt === null || assessedSentence === null) return null;
  return {
    operation: assessedOperation,
    revision: assessedRevision,
    asAt: assessedAsAt,
    sentence: assessedSentence,
  };
}

async function readSharing(tx: Transaction, zone: Zone, actor: Actor) {
  const partners = await sharePartners(tx);
  const shares = new Set(
    (await loadShares(tx)).map(({ planId, partnerId }) => `${planId} ${partnerId}`),
  );
  const comments = await loadPlanComments(tx, actor.role === "coordinator");
  return ({ id, ...head }: sql.PlanHead): PlacePlanReply["sharing"] => ({
    named: partnersNamed(partners, wordsShared(head)).map(({ code }) => code),
    partners: partners.map(({ id: partnerId, code, name }) => ({
      code,
      name,
      isShared: shares.has(`${id} ${partnerId}`),
    })),
    comments: comments
      .filter(({ planId }) => planId === id)
      .map(({ key, partner, words, saidAt, passedOn }) => ({
        id: key,
        partner,
        words,
        saidAt: formatInstant(zone, saidAt),
        passedOn,
      })),
  });
}

/** Newest first; what changed only for those who may read it. */
export async function readPlanHistory(
  services: PlanServices,
  actor: Actor,
  id: number,
): Promise<PlanHistoryReply> {
  services.addDetail({ plan: id });
  const withContent = isPolice(actor);
  const rows = await services.db.transaction(actor, async (tx) => {
    const found = await sql.loadPlanRevisions(tx, { id, withContent });
    if (found.length === 0) throw noSuchPlan();
    return found;
  });
  const revisions = rows.map(({ revision, act, at, by, content }, index) => {
    const before = rows[index - 1]?.content ?? null;
    const told = content && before ? planChanges(before, content) : [];
    const changes = withContent ? told : null;
    return { revision, act, at: formatInstant(services.zone, at), by, changes };
  });
  return { revisions: revisions.reverse() };
}
