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
 * release (0032-release.sql, 0036-time-to-object.sql).
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
        "This is not the draft that you have read: read it again.",
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
    throw new Problem(409, "Approved already", `Draft ${id} is release ${number}.`);
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
    "You drafted this release, so somebody else has to approve it: the auditor, in the tool.",
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
        "Somebody objects to this draft, or to one before it that never became a release. Nothing is approved until the objection is taken back; a draft made anew is held by it as well.",
      );
    case "release_time_to_object":
      return new Problem(
        409,
        "Partners have time to object",
        `A draft waits ${objectionHours / 24} days before it can be approved, so that partners and the coordinator can read it and hold it.`,
      );
    case "release_objection_in_time":
      return new Problem(
        409,
        "Approved already",
        "It was approved a moment ago and is public: your objection came too late. Ask the coordinator or the analyst to withdraw the release.",
      );
    case "release_draft_held":
      return new Problem(
        409,
        "Held by an objection",
        "A draft that somebody holds is not discarded: it stays in sight until the objection is taken back.",
      );
    case "release_draft_is_next":
      return new Problem(
        409,
        "Another release came first",
        "Since this draft was made another release was approved, against which it was not checked. Discard it and draft it anew.",
      );
    case "release_draft_stands":
      return new Problem(409, "Discarded", "This draft was discarded.");
    case null:
    default:
      return error;
  }
}
