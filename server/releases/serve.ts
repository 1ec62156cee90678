import type { ReleaseReply } from "#core/releases/wire/release.ts";
import type { ReleaseContent, ReleaseLine } from "#core/releases/wire/releases.ts";
import { type Database, publicActor, type Transaction } from "#server/db/database.ts";
import { Problem } from "#server/problem.ts";
import { noRelease, releaseHash } from "#server/releases/hash.ts";
import * as sql from "#server/releases/queries/releases.ts";

/**
 * An approved release, by its number or the last that stands, as anyone may read it: from the frozen text alone,
 * by a role that reaches nothing else, and only while it is, octet for octet, what was approved.
 */
export async function publicRelease(db: Database, number: number | null): Promise<ReleaseReply> {
  return db.transaction(publicActor, async (tx) => {
    const found = await sql.findRelease(tx, number);
    if (found === null) throw await notThere(tx, number);
    await refuseUnlessWhole(tx, found);
    return replyOf(found);
  });
}

/** The last that stands, read the same way; null where there is none. */
export async function standingRelease(db: Database): Promise<ReleaseReply | null> {
  return db.transaction(publicActor, async (tx) => {
    const found = await sql.findRelease(tx, null);
    if (found === null) return null;
    await refuseUnlessWhole(tx, found);
    return replyOf(found);
  });
}

/** The last first. */
export async function publicReleases(db: Database): Promise<ReleaseLine[]> {
  return linesOf(await db.transaction(publicActor, sql.loadReleaseHeads));
}

/** The last first. */
export function linesOf(stored: readonly sql.ReleaseHead[]): ReleaseLine[] {
  return stored.map(lineOf).reverse();
}

async function refuseUnlessWhole(tx: Transaction, release: sql.StoredRelease): Promise<void> {
  const { number, previous, hash } = release;
  const before = number === 1 ? noRelease : await sql.hashOfRelease(tx, number - 1);
  if (before === previous && releaseHash(previous, release) === hash) return;
  throw new Problem(
    503,
    "Not shown",
    `Release ${number} has been changed since approval, so it is not shown. Tell the auditor. See "boxster release check".`,
  );
}

async function notThere(tx: Transaction, number: number | null): Promise<Problem> {
  const all = await sql.loadReleaseHeads(tx);
  if (number !== null) {
    return new Problem(404, "No such release", `There is no release ${number}.${lastWords(all)}`);
  }
  return new Problem(
    404,
    "No release",
    all.length === 0
      ? "No releases yet. An analyst drafts a release and a second person approves it."
      : `No current release: all were withdrawn.${lastWords(all)}`,
  );
}

function lastWords(all: readonly sql.ReleaseHead[]): string {
  const last = all.at(-1);
  return last === undefined ? " There is none yet." : ` The last is release ${last.number}.`;
}

function replyOf(release: sql.StoredRelease): ReleaseReply {
  const { number, approvedOn, hash, previous } = release;
  const content = sql.contentOf(release);
  const withdrawn = withdrawnOf(release);
  return {
    release: {
      id: `release-${number}`,
      number,
      ...(withdrawn === null ? content : emptied(content)),
    },
    approvedOn,
    hash,
    previousHash: previous === noRelease ? null : previous,
    withdrawn,
  };
}

/** Which months and areas it was about, and nothing of what it said. */
function emptied(content: ReleaseContent): ReleaseContent {
  return {
    ...content,
    values: [],
    done: [],
    answers: [],
    commitments: [],
    outlines: [],
    movedNotes: [],
  };
}

function lineOf(head: sql.ReleaseHead): ReleaseLine {
  const { number, approvedOn, from, to, hash } = head;
  return { number, approvedOn, from, to, hash, withdrawn: withdrawnOf(head) };
}

function withdrawnOf({
  withdrawnOn,
  notice,
}: Pick<sql.StoredRelease, "withdrawnOn" | "notice">): ReleaseLine["withdrawn"] {
  return withdrawnOn === null || notice === null ? null : { on: withdrawnOn, notice };
}
