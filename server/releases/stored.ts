import type { EarlierRelease } from "#core/releases/earlier.ts";
import type { ReleaseContent } from "#core/releases/wire/releases.ts";
import type { StoredRelease } from "#server/releases/queries/releases.ts";

/** A stored release as later ones and the words beside them look back at it. */
export function earlierOf({
  number,
  areaSet,
  content,
  withdrawnOn,
}: StoredRelease): EarlierRelease {
  const isWithdrawn = withdrawnOn !== null;
  return { number, areaSet, content: JSON.parse(content) as ReleaseContent, isWithdrawn };
}
