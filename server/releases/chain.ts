import { noRelease, releaseHash } from "#server/releases/hash.ts";
import type { StoredRelease } from "#server/releases/queries/releases.ts";

/**
 * What is wrong with the chain, in words; nothing where each release is as it was approved and follows the one
 * before. All of them, the first one first.
 */
export function chainFaults(releases: readonly StoredRelease[]): string[] {
  let previous = noRelease;
  return releases.flatMap((release, at) => {
    const faults: string[] = [];
    if (release.number !== at + 1) {
      faults.push(`Release ${at + 1} is missing: release ${release.number} stands in its place.`);
    }
    if (release.previous !== previous) {
      faults.push(`Release ${release.number} does not follow the release before it.`);
    }
    if (releaseHash(release.previous, release) !== release.hash) {
      faults.push(`Release ${release.number} is not as it was approved.`);
    }
    previous = release.hash;
    return faults;
  });
}
