import { z } from "zod";
import { noticeFault, reasonFault } from "#core/releases/public-words.ts";
import { objectionHours } from "#core/releases/waiting.ts";
import type { Actor } from "#core/role.ts";
import type { Act } from "#server/acts/services.ts";
import { DatabaseError, type Transaction } from "#server/db/database.ts";
import { insertInto, sql } from "#server/db/sql.ts";
import { Problem } from "#server/problem.ts";
import { sha256 } from "#server/releases/hash.ts";
import {
  findRelease,
  loadDrafts,
  loadObjections,
  type StoredDraft,
} from "#server/releases/store.ts";

type DecideAct = Pick<Act, "actor" | "db" | "asAt" | "addDetail">;

const approved = z.object({ number: z.int(), hash: z.string() });

/**
 * A second person turns a draft into the next release. The database numbers, chains and freezes it,
 * and itself refuses the draft's author, a draft that is held, one still open to objections, and
 * one older than the last release (0011-releases.sql).
 */
export function approveRelease(
  { db, actor, asAt, addDetail }: DecideAct,
  draftId: number,
  contentHash: string | null,
): Promise<z.infer<typeof approved>> {
  return db.transaction(actor, async (tx) => {
    const draft = await draftOrRefuse(tx, draftId);
    if (contentHash !== null && sha256(draft.content) !== contentHash) {
      const detail = "This draft has changed since you read it. Read it again.";
      throw new Problem(409, "Not approved", detail);
    }
    if (isSamePerson(draft.draftedBy, actor.person)) throw secondPersonNeeded();
    addDetail({ draft: draftId });
    const approvedAt = new Date(asAt.now());
    const row = { draftId, approvedOn: asAt.date(), approvedAt, approvedBy: actor.person };
    const made = await unlessRefused(
      tx.one(
        approved,
        sql`${insertInto("release", row)} returning number, encode(hash, 'hex') as hash`,
      ),
    );
    addDetail({ release: made.number });
    return made;
  });
}

export function discardDraft(
  { db, actor, asAt, addDetail }: DecideAct,
  draftId: number,
): Promise<void> {
  return db.transaction(actor, async (tx) => {
    addDetail({ draft: draftId });
    await draftOrRefuse(tx, draftId);
    const now = new Date(asAt.now());
    await unlessRefused(
      tx.run(sql`update release_draft set discarded_at = ${now}, discarded_by = ${actor.person}
        where id = ${draftId} and discarded_at is null`),
    );
  });
}

/** Shows no other objection; the reason is never published. */
export async function objectToDraft(
  { db, actor, asAt, addDetail }: DecideAct,
  draftId: number,
  reason: string,
): Promise<void> {
  const words = reason.trim();
  const fault = reasonFault(words);
  if (fault !== null) {
    throw new Problem(422, "Not kept", "Nothing was saved. Correct the text and send it again.", [
      { field: "reason", reason: fault },
    ]);
  }
  await db.transaction(actor, async (tx) => {
    addDetail({ draft: draftId });
    await draftOrRefuse(tx, draftId, actor.role !== "partner");
    const byRole = objectingRole(actor);
    const held = await loadObjections(tx, false);
    if (held.some((one) => one.draftId === draftId && one.byRole === byRole)) {
      throw new Problem(409, "Held already", "You already hold this draft. Withdraw that first.");
    }
    const partner = byRole === "partner" ? sql`own_partner()` : sql`null`;
    await unlessRefused(
      tx.run(sql`insert into release_objection (
          draft_id, by_role, partner_id, reason, objected_at, objected_by
        )
        values (
          ${draftId}, ${byRole}, ${partner}, ${words}, ${new Date(asAt.now())}, ${actor.person}
        )`),
    );
  });
}

function objectingRole({ role }: Actor): "partner" | "coordinator" | "operator" {
  if (role === "partner" || role === "coordinator" || role === "operator") return role;
  throw new RangeError(`A ${role} does not object`);
}

/** The caller's own objections only. */
export function takeObjectionBack(
  { db, actor, asAt, addDetail }: DecideAct,
  draftId: number,
): Promise<void> {
  return db.transaction(actor, async (tx) => {
    addDetail({ draft: draftId });
    const isLifted = await tx.did(
      sql`update release_objection set lifted_at = ${new Date(asAt.now())}
        where draft_id = ${draftId} and lifted_at is null`,
    );
    if (isLifted) return;
    throw new Problem(404, "No objection", `You have no objection to draft ${draftId}.`);
  });
}

/** Its figures are no longer served; the number, its hash and this public notice stay for good. */
export async function withdrawRelease(
  { db, actor, asAt, addDetail }: DecideAct,
  number: number,
  words: string,
): Promise<void> {
  const notice = words.trim();
  const fault = noticeFault(notice);
  if (fault !== null) {
    const faults = [{ field: "notice", reason: fault }];
    throw new Problem(422, "Not kept", `${fault} Nothing was saved.`, faults);
  }
  await db.transaction(actor, async (tx) => {
    addDetail({ release: number });
    const found = await tx.through("public", (reader) => findRelease(reader, number));
    if (found === null) {
      throw new Problem(404, "No such release", `There is no release ${number}.`);
    }
    if (found.withdrawn !== null) {
      throw new Problem(
        409,
        "Withdrawn already",
        `Release ${number} was already withdrawn on ${found.withdrawn.on}. Its notice cannot be changed.`,
      );
    }
    const by = { withdrawnAt: new Date(asAt.now()), withdrawnBy: actor.person };
    const row = { number, notice, withdrawnOn: asAt.date(), ...by };
    await tx.run(insertInto("release_withdrawal", row));
  });
}

/** Neither discarded nor released. Partners see no names. */
export async function draftOrRefuse(
  tx: Transaction,
  draft: number,
  withNames = true,
): Promise<StoredDraft> {
  const [found] = await loadDrafts(tx, { withNames, draft });
  if (found === undefined) {
    throw new Problem(404, "No such draft", `There is no draft ${draft}.`);
  }
  if (found.isDiscarded) throw new Problem(409, "Discarded", `Draft ${draft} was discarded.`);
  const number = await tx.through("public", (reader) =>
    reader.value(z.int(), sql`select number from release where draft_id = ${draft}`),
  );
  if (number === null) return found;
  throw new Problem(409, "Approved already", `Draft ${draft} is already release ${number}.`);
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

async function unlessRefused<Value>(work: Promise<Value>): Promise<Value> {
  try {
    return await work;
  } catch (error) {
    throw refusalOf(error);
  }
}

export function refusalOf(error: unknown): unknown {
  if (!(error instanceof DatabaseError)) return error;
  if (error.constraint === "release_approved_by_second") return secondPersonNeeded();
  const refusal = refusals[error.constraint ?? ""];
  return refusal ? new Problem(409, ...refusal) : error;
}

const refusals: Readonly<Record<string, readonly [title: string, detail: string]>> = {
  release_not_held: [
    "Held by an objection",
    "There is an objection to this draft or to an earlier unreleased one. Nothing can be approved until it is withdrawn. A new draft would be held too.",
  ],
  release_time_to_object: [
    "Partners have time to object",
    `A draft waits ${objectionHours / 24} days before approval, so that partners and the coordinator can read and hold it.`,
  ],
  release_objection_in_time: [
    "Approved already",
    "It has just been approved and is public, so it is too late to object. Ask the coordinator or the analyst to withdraw the release.",
  ],
  release_draft_held: [
    "Held by an objection",
    "A draft that is held cannot be discarded until the objection is withdrawn.",
  ],
  release_draft_whole: [
    "Drafted by an earlier version",
    "This draft holds no notes about operations and no licence lines, so not all that it would show is fixed. Discard it and draft again.",
  ],
  release_draft_is_next: [
    "Another release was approved first",
    "Another release was approved after this draft was made, so it was not checked against it. Discard it and draft again.",
  ],
  release_draft_stands: ["Discarded", "This draft was discarded."],
};
