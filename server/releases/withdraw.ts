import { noticeFault } from "#core/releases/public-words.ts";
import type { Actor } from "#core/role.ts";
import { Problem } from "#server/problem.ts";
import { draftOrRefuse, refusalOf } from "#server/releases/approve.ts";
import type { ReleaseServices } from "#server/releases/draft.ts";
import { discardDraft, findRelease, insertWithdrawal } from "#server/releases/queries/releases.ts";

const mostNoticeLetters = 400;

/** Its figures are no longer served; the number, its hash and this public notice stay for good. */
export async function withdrawRelease(
  { db, asAt, addDetail }: ReleaseServices,
  actor: Actor,
  { number, notice }: { readonly number: number; readonly notice: string },
): Promise<void> {
  const words = notice.trim();
  const fault = noticeFault(words, mostNoticeLetters);
  if (fault !== null) {
    throw new Problem(422, "Not kept", `${fault} Nothing was saved.`, [
      { field: "notice", reason: fault },
    ]);
  }
  await db.transaction(actor, async (tx) => {
    addDetail({ release: number });
    const found = await tx.through("public", (reader) => findRelease(reader, number));
    if (found === null) {
      throw new Problem(404, "No such release", `There is no release ${number}.`);
    }
    if (found.withdrawnOn !== null) {
      throw new Problem(
        409,
        "Withdrawn already",
        `Release ${number} was already withdrawn on ${found.withdrawnOn}. Its notice cannot be changed.`,
      );
    }
    await insertWithdrawal(tx, {
      number,
      notice: words,
      on: asAt.date(),
      at: asAt.now(),
      by: actor.person,
    });
  });
}

/** A draft that nobody is to approve any more. */
export async function discardWaitingDraft(
  { db, asAt, addDetail }: ReleaseServices,
  actor: Actor,
  { draftId }: { readonly draftId: number },
): Promise<void> {
  await db.transaction(actor, async (tx) => {
    addDetail({ draft: draftId });
    await draftOrRefuse(tx, draftId);
    try {
      await discardDraft(tx, { id: draftId, at: asAt.now(), by: actor.person });
    } catch (error) {
      throw refusalOf(error);
    }
  });
}
