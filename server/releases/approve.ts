import { objectionHours } from "#core/releases/waiting.ts";
import type { Actor } from "#core/role.ts";
import { DatabaseError, type Transaction } from "#server/db/database.ts";
import { Problem } from "#server/problem.ts";
import type { ReleaseServices } from "#server/releases/draft.ts";
import { sha256 } from "#server/releases/hash.ts";
import {
  insertRelease,
  loadDrafts,
  numberOfDraft,
  type StoredDraft,
} from "#server/releases/queries/releases.ts";

/**
 * A second person makes a draft the next release. The database numbers, chains and freezes it, and refuses by
 * itself whoever drafted it, a draft that is held, one that can still be objected to, and one older than the last
 * release (0032-release.sql, 0036-time-to-object.sql, 0061-frozen-forms.sql).
 */
export async function approveRelease(
  { db, asAt, addDetail }: ReleaseServices,
  actor: Actor,
  { draftId, contentHash }: { readonly draftId: number; readonly contentHash: string | null },
): Promise<{ readonly number: number; readonly hash: string }> {
  return db.transaction(actor, async (tx) => {
    const draft = await draftOrRefuse(tx, draftId);
    if (contentHash !== null && sha256(draft.content) !== contentHash) {
      throw new Problem(
        409,
        "Not approved",
        "This draft has changed since you read it. Read it again.",
      );
    }
    if (isSamePerson(draft.draftedBy, actor.person)) throw secondPersonNeeded();
    addDetail({ draft: draftId });
    try {
      const approval = { draftId, on: asAt.date(), at: asAt.now(), by: actor.person };
      const made = await insertRelease(tx, approval);
      addDetail({ release: made.number });
      return made;
    } catch (error) {
      throw refusalOf(error);
    }
  });
}

/** A draft that waits: neither discarded nor a release yet. A partner reads no names. */
export async function draftOrRefuse(
  tx: Transaction,
  id: number,
  withNames = true,
): Promise<StoredDraft> {
  const [draft] = await loadDrafts(tx, { withNames, id });
  if (draft === undefined) throw noSuchDraft(id);
  if (draft.isDiscarded) throw new Problem(409, "Discarded", `Draft ${id} was discarded.`);
  const number = await tx.through("public", (reader) => numberOfDraft(reader, id));
  if (number !== null) {
    throw new Problem(409, "Approved already", `Draft ${id} is already release ${number}.`);
  }
  return draft;
}

export function noSuchDraft(id: number): Problem {
  return new Problem(404, "No such draft", `There is no draft ${id}.`);
}

export function isSamePerson(a: string | null, b: string): boolean {
  return a !== null && a.toLowerCase() === b.toLowerCase();
}

function secondPersonNeeded(): Problem {
  return new Problem(
    409,
    "A second person is needed",
    "You drafted this release, so someone else must approve it: the auditor.",
  );
}

export function refusalOf(error: unknown): unknown {
  if (!(error instanceof DatabaseError)) return error;
  switch (error.constraint) {
    case "release_approved_by_second":
      return secondPersonNeeded();
    case "release_not_held":
      return new Problem(
        409,
        "Held by an objection",
        "There is an objection to this draft or to an earlier unreleased one. Nothing can be approved until it is withdrawn. A new draft would be held too.",
      );
    case "release_time_to_object":
      return new Problem(
        409,
        "Partners have time to object",
        `A draft waits ${objectionHours / 24} days before approval, so that partners and the coordinator can read and hold it.`,
      );
    case "release_objection_in_time":
      return new Problem(
        409,
        "Approved already",
        "It has just been approved and is public, so it is too late to object. Ask the coordinator or the analyst to withdraw the release.",
      );
    case "release_draft_held":
      return new Problem(
        409,
        "Held by an objection",
        "A draft that is held cannot be discarded until the objection is withdrawn.",
      );
    case "release_draft_whole":
      return new Problem(
        409,
        "Drafted by an earlier version",
        "This draft holds no notes about operations and no licence lines, so not all that it would show is fixed. Discard it and draft again.",
      );
    case "release_draft_is_next":
      return new Problem(
        409,
        "Another release was approved first",
        "Another release was approved after this draft was made, so it was not checked against it. Discard it and draft again.",
      );
    case "release_draft_stands":
      return new Problem(409, "Discarded", "This draft was discarded.");
    case null:
    default:
      return error;
  }
}
