import { reasonFault } from "#core/releases/public-words.ts";
import type { Actor } from "#core/role.ts";
import { Problem } from "#server/problem.ts";
import { draftOrRefuse, refusalOf } from "#server/releases/approve.ts";
import type { ReleaseServices } from "#server/releases/draft.ts";
import {
  insertReleaseObjection,
  liftObjections,
  loadObjections,
} from "#server/releases/queries/releases.ts";

/** Holds a draft. Whoever objects learns of no other objection, and the reason is never published. */
export async function objectToDraft(
  { db, asAt, addDetail }: ReleaseServices,
  actor: Actor,
  { draftId, reason }: { readonly draftId: number; readonly reason: string },
): Promise<void> {
  const words = reason.trim();
  refuseWords("reason", reasonFault(words));
  await db.transaction(actor, async (tx) => {
    addDetail({ draft: draftId });
    await draftOrRefuse(tx, draftId, actor.role !== "partner");
    const byRole = objectingRole(actor);
    const held = await loadObjections(tx, { withReasons: false });
    if (held.some((one) => one.draftId === draftId && one.byRole === byRole)) {
      throw new Problem(409, "Held already", "You already hold this draft. Withdraw that first.");
    }
    try {
      await insertReleaseObjection(tx, {
        draftId,
        byRole,
        reason: words,
        at: asAt.now(),
        by: actor.person,
      });
    } catch (error) {
      throw refusalOf(error);
    }
  });
}

/** Takes back what the caller has objected to this draft. */
export async function takeObjectionBack(
  { db, asAt, addDetail }: ReleaseServices,
  actor: Actor,
  { draftId }: { readonly draftId: number },
): Promise<void> {
  await db.transaction(actor, async (tx) => {
    addDetail({ draft: draftId });
    const lifted = await liftObjections(tx, { draftId, at: asAt.now() });
    if (lifted > 0) return;
    throw new Problem(404, "No objection", `You have no objection to draft ${draftId}.`);
  });
}

function refuseWords(field: string, fault: string | null): void {
  if (fault === null) return;
  throw new Problem(422, "Not kept", "Nothing was saved. Correct the text and send it again.", [
    { field, reason: fault },
  ]);
}

function objectingRole({ role }: Actor): "partner" | "coordinator" | "operator" {
  if (role === "partner" || role === "coordinator" || role === "operator") return role;
  throw new RangeError(`A ${role} does not object`);
}
