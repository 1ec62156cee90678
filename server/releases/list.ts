import { readStoredContent } from "#core/releases/stored-content.ts";
import { approvableFrom } from "#core/releases/waiting.ts";
import type * as wire from "#core/releases/wire/releases.ts";
import type { Actor } from "#core/role.ts";
import type { Act } from "#server/acts/services.ts";
import type { Transaction } from "#server/db/database.ts";
import { draftOrRefuse, isSamePerson } from "#server/releases/decide.ts";
import { sha256 } from "#server/releases/hash.ts";
import { linesOf } from "#server/releases/serve.ts";
import * as store from "#server/releases/store.ts";

type ListAct = Pick<Act, "actor" | "db" | "asAt" | "addDetail">;

/** Drafts as far as the caller may know what holds them. */
export function readReleases(act: ListAct): Promise<wire.ReleasesReply> {
  const { role } = act.actor;
  return act.db.transaction(act.actor, async (tx) => {
    const stored = await tx.through("public", store.loadReleaseHeads);
    const drafts: wire.DraftReply[] = [];
    if (role !== "presenter" && role !== "sergeant") {
      const approved = new Set(stored.map(({ draftId }) => draftId));
      const waiting = await store.loadDrafts(tx, { withNames: role !== "partner" });
      const holding = await holdingDrafts(tx, act.actor, stored);
      for (const draft of waiting) {
        if (!approved.has(draft.id)) drafts.push(replyOf(draft, act, { stored, holding }));
      }
    }
    act.addDetail({ releases: stored.length, drafts: drafts.length });
    return { releases: linesOf(stored), drafts };
  });
}

export function readDraft(act: ListAct, id: number): Promise<wire.DraftContentReply> {
  return act.db.transaction(act.actor, async (tx) => {
    act.addDetail({ draft: id });
    const draft = await draftOrRefuse(tx, id, act.actor.role !== "partner");
    const stored = await tx.through("public", store.loadReleaseHeads);
    const holding = await holdingDrafts(tx, act.actor, stored);
    return {
      draft: replyOf(draft, act, { stored, holding }),
      content: readStoredContent(draft.content, null),
    };
  });
}

async function holdingDrafts(
  tx: Transaction,
  { role }: Actor,
  stored: readonly store.ReleaseHead[],
): Promise<readonly store.StoredObjection[]> {
  // Police and auditor learn that a draft is held, and ask the coordinator why.
  const objections = await store.loadObjections(tx, role === "partner" || role === "coordinator");
  const released = new Set(stored.map(({ draftId }) => draftId));
  return objections.filter(({ draftId }) => !released.has(draftId));
}

function replyOf(
  draft: store.StoredDraft,
  { actor: { person, role }, asAt }: ListAct,
  {
    stored,
    holding,
  }: {
    readonly stored: readonly store.ReleaseHead[];
    readonly holding: readonly store.StoredObjection[];
  },
): wire.DraftReply {
  const own = holding.filter(({ draftId }) => draftId === draft.id);
  const isStale = draft.afterNumber !== (stored.at(-1)?.number ?? 0);
  const from = approvableFrom(draft.draftedAt, asAt.demo);
  const waits = asAt.now() < from;
  const mayApprove = (role === "auditor" || role === "operator") && !waits;
  return {
    id: draft.id,
    number: draft.afterNumber + 1,
    draftedOn: draft.draftedOn,
    approvableFrom: waits ? new Date(from).toISOString() : null,
    draftedBy: draft.draftedBy,
    months: (JSON.parse(draft.content) as wire.ReleaseContent).months,
    contentHash: sha256(draft.content),
    isStale,
    objections: own.map(({ byRole, reason, objectedAt }) => ({
      byRole,
      reason,
      objectedAt: new Date(objectedAt).toISOString(),
      isOwn: byRole === role,
    })),
    isHeldByAnother: holding.length > own.length,
    mayApprove:
      mayApprove && !isStale && holding.length === 0 && !isSamePerson(draft.draftedBy, person),
  };
}
