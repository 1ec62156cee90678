import { readStoredContent } from "#core/releases/stored-content.ts";
import { approvableFrom } from "#core/releases/waiting.ts";
import type * as wire from "#core/releases/wire/releases.ts";
import type { Actor } from "#core/role.ts";
import type { AsAt } from "#server/acts/services.ts";
import type { Transaction } from "#server/db/database.ts";
import { draftOrRefuse, isSamePerson } from "#server/releases/approve.ts";
import type { ReleaseServices } from "#server/releases/draft.ts";
import { sha256 } from "#server/releases/hash.ts";
import * as sql from "#server/releases/queries/releases.ts";
import { linesOf } from "#server/releases/serve.ts";

/** Every release, and the drafts that wait, as far as the caller may know of what holds them. */
export async function releasesFor(
  { db, asAt, addDetail }: ReleaseServices,
  actor: Actor,
): Promise<wire.ReleasesReply> {
  return db.transaction(actor, async (tx) => {
    const stored = await tx.through("public", sql.loadReleaseHeads);
    const waiting = await waitingDrafts(tx, actor, { stored, asAt });
    addDetail({ releases: stored.length, drafts: waiting.length });
    return { releases: linesOf(stored), drafts: waiting };
  });
}

/** One draft with its figures, as they would be served. */
export async function draftFor(
  { db, asAt, addDetail }: ReleaseServices,
  actor: Actor,
  id: number,
): Promise<wire.DraftContentReply> {
  return db.transaction(actor, async (tx) => {
    addDetail({ draft: id });
    const draft = await draftOrRefuse(tx, id, actor.role !== "partner");
    const stored = await tx.through("public", sql.loadReleaseHeads);
    const objections = holdingOf(
      await sql.loadObjections(tx, { withReasons: readsReasons(actor) }),
      stored,
    );
    return {
      draft: replyOf(draft, actor, { stored, asAt, holding: objections }),
      content: readStoredContent(draft.content, null),
    };
  });
}

async function waitingDrafts(
  tx: Transaction,
  actor: Actor,
  { stored, asAt }: Omit<Standing, "holding">,
): Promise<wire.DraftReply[]> {
  if (actor.role === "presenter" || actor.role === "sergeant") return [];
  const approved = new Set(stored.map(({ draftId }) => draftId));
  const drafts = await sql.loadDrafts(tx, { withNames: actor.role !== "partner" });
  const objections = holdingOf(
    await sql.loadObjections(tx, { withReasons: readsReasons(actor) }),
    stored,
  );
  return drafts
    .filter(({ id }) => !approved.has(id))
    .map((draft) => replyOf(draft, actor, { stored, asAt, holding: objections }));
}

/** Police and auditor learn that a draft is held, and hear why from the coordinator. */
function readsReasons({ role }: Actor): boolean {
  return role === "partner" || role === "coordinator";
}

/** Those to drafts that are no release. */
function holdingOf(
  objections: readonly sql.StoredObjection[],
  stored: readonly sql.ReleaseHead[],
): readonly sql.StoredObjection[] {
  const released = new Set(stored.map(({ draftId }) => draftId));
  return objections.filter(({ draftId }) => !released.has(draftId));
}

/** What a draft is read against. */
interface Standing {
  readonly stored: readonly sql.ReleaseHead[];
  readonly asAt: AsAt;
  /** Objections that the caller may know of. */
  readonly holding: readonly sql.StoredObjection[];
}

function replyOf(
  draft: sql.StoredDraft,
  { person, role }: Actor,
  { stored, asAt, holding }: Standing,
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
