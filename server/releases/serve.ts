import { z } from "zod";
import type { ReleaseReply } from "#core/releases/wire/release.ts";
import type { ReleaseContent, ReleaseLine } from "#core/releases/wire/releases.ts";
import { type Database, publicActor, type Transaction } from "#server/db/database.ts";
import { sql } from "#server/db/sql.ts";
import { Problem } from "#server/problem.ts";
import { noRelease, releaseHash } from "#server/releases/hash.ts";
import * as store from "#server/releases/store.ts";

/**
 * An approved release, by number or the latest in force, as anyone may read it: from the frozen
 * text only, by a role with no other rights, and only while it is byte for byte what was approved.
 */
export function publicRelease(db: Database, number: number | null): Promise<ReleaseReply> {
  return db.transaction(publicActor, async (tx) => {
    const reply = await wholeRelease(tx, number);
    if (reply === null) throw await notThere(tx, number);
    return reply;
  });
}

/** The newest not withdrawn; null for none. */
export function standingRelease(db: Database): Promise<ReleaseReply | null> {
  return db.transaction(publicActor, (tx) => wholeRelease(tx, null));
}

/** The last first. */
export async function publicReleases(db: Database): Promise<ReleaseLine[]> {
  return linesOf(await db.transaction(publicActor, store.loadReleaseHeads));
}

/** The last first. */
export function linesOf(stored: readonly store.ReleaseHead[]): ReleaseLine[] {
  return stored.map(({ draftId: _, ...line }) => line).reverse();
}

async function wholeRelease(tx: Transaction, asked: number | null): Promise<ReleaseReply | null> {
  const release = await store.findRelease(tx, asked);
  if (release === null) return null;
  const { number, approvedOn, previous, hash, withdrawn } = release;
  const before =
    number === 1
      ? noRelease
      : await tx.value(
          z.string(),
          sql`select encode(hash, 'hex') from release where number = ${number - 1}`,
        );
  if (before !== previous || releaseHash(previous, release) !== hash) {
    throw new Problem(
      503,
      "Not shown",
      `Release ${number} has been changed since approval, so it is not shown. Tell the auditor. See "boxster release check".`,
    );
  }
  const content = store.contentOf(release);
  const shown = withdrawn === null ? content : emptied(content);
  return {
    release: { id: `release-${number}`, number, ...shown },
    approvedOn,
    hash,
    previousHash: previous === noRelease ? null : previous,
    withdrawn,
  };
}

async function notThere(tx: Transaction, number: number | null): Promise<Problem> {
  const all = await store.loadReleaseHeads(tx);
  const last = all.at(-1);
  const lastWords = last ? ` The last is release ${last.number}.` : " There is none yet.";
  if (number !== null) {
    return new Problem(404, "No such release", `There is no release ${number}.${lastWords}`);
  }
  return new Problem(
    404,
    "No release",
    all.length === 0
      ? "No releases yet. An analyst drafts a release and a second person approves it."
      : `No current release: all were withdrawn.${lastWords}`,
  );
}

/** Keeps months and areas, drops all statements. */
function emptied(content: ReleaseContent): ReleaseContent {
  return {
    ...content,
    values: [],
    done: [],
    answers: [],
    commitments: [],
    outlines: [],
    movedNotes: [],
    law: [],
  };
}
