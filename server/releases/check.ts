import { createAreaTree } from "#core/disclosure/area-tree.ts";
import { findJointLeaks } from "#core/disclosure/joint.ts";
import { tenFiveRule } from "#core/disclosure/rule.ts";
import { publishedMonths } from "#core/releases/earlier.ts";
import {
  type ReleaseCheckReply,
  type ReleaseContent,
  releaseContent,
} from "#core/releases/wire/releases.ts";
import { monthName } from "#core/time/months.ts";
import type { ActServices } from "#server/acts/services.ts";
import { publicActor } from "#server/db/database.ts";
import { noRelease, releaseHash } from "#server/releases/hash.ts";
import { contentOf, loadReleases, type StoredRelease } from "#server/releases/store.ts";

/** Chain and shape of every release, and what all together disclose. */
export async function checkReleases({
  db,
  addDetail,
}: Pick<ActServices, "db" | "addDetail">): Promise<ReleaseCheckReply> {
  return db.transaction(publicActor, async (tx) => {
    const stored = await loadReleases(tx);
    const faults = [...chainFaults(stored), ...contentFaults(stored)];
    addDetail({ releases: stored.length, faults: faults.length });
    return {
      ok: faults.length === 0,
      releases: stored.length,
      faults,
      head: stored.at(-1)?.hash ?? null,
    };
  });
}

function contentFaults(stored: readonly StoredRelease[]): string[] {
  const faults: string[] = [];
  const read = stored.flatMap((release) => {
    const { number, areaSet } = release;
    const parsed = readContent(release);
    if (parsed === null) faults.push(`Release ${number} cannot be read.`);
    return parsed === null ? [] : [{ number, areaSet, content: parsed }];
  });
  for (const release of read) {
    const ids = release.content.areas.map(({ id }) => id);
    const published = publishedMonths(read, release.areaSet, ids);
    const tree = createAreaTree(release.content.areas);
    for (const month of release.content.months) {
      const all = published.get(month) ?? [];
      const now = all.find((one) => one.release === release.number);
      if (now === undefined) continue;
      const before = all.filter((one) => one.release < release.number);
      const [leak] = findJointLeaks(tree, now, before, tenFiveRule);
      if (leak === undefined) continue;
      const how = leak.by === "sum" ? "through its own totals" : `beside release ${leak.release}`;
      faults.push(`Release ${release.number} reveals something about ${monthName(month)} ${how}.`);
    }
  }
  return faults;
}

function readContent(release: StoredRelease): ReleaseContent | null {
  try {
    const parsed = releaseContent.safeParse(contentOf(release));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/**
 * Faults of the chain, in words; empty where each release is as approved and follows the one
 * before. Expects all releases, the first one first.
 */
export function chainFaults(releases: readonly StoredRelease[]): string[] {
  let previous = noRelease;
  return releases.flatMap((release, at) => {
    const faults: string[] = [];
    if (release.number !== at + 1) {
      faults.push(`Release ${at + 1} is missing; release ${release.number} is in its place.`);
    }
    if (release.previous !== previous) {
      faults.push(`Release ${release.number} does not follow the release before it.`);
    }
    if (releaseHash(release.previous, release) !== release.hash) {
      faults.push(`Release ${release.number} has been changed since approval.`);
    }
    previous = release.hash;
    return faults;
  });
}
