import { fetchJson } from "#client/api/fetch.ts";
import { type BannersReply, bannersReply } from "#core/displacement/wire/displacement.ts";
import { type ReleaseReply, releaseReply } from "#core/releases/wire/release.ts";
import { type ReleaseLine, releaseListReply } from "#core/releases/wire/releases.ts";

/** What was ever released, the last first, and one of it with all that residents may see. */
export interface Released {
  readonly releases: readonly ReleaseLine[];
  /** Null where none stands: nothing was released yet, or each was withdrawn. */
  readonly reply: ReleaseReply | null;
}

/** The release of that number, else the last one that stands. */
export async function loadRelease(
  number: string | undefined,
  signal: AbortSignal,
): Promise<Released> {
  const { releases } = await fetchJson("/api/public/releases", releaseListReply, { signal });
  const hasStanding = releases.some(({ withdrawn }) => withdrawn === null);
  if (number === undefined && !hasStanding) return { releases, reply: null };
  const path = `/api/public/releases/${encodeURIComponent(number ?? "latest")}`;
  return { releases, reply: await fetchJson(path, releaseReply, { signal }) };
}

/** What was ever released, asked again and again while a panel is open; without the session, which must not live on for it. */
export async function loadReleaseLines(): Promise<readonly ReleaseLine[]> {
  const options = { isAnonymous: true };
  return (await fetchJson("/api/public/releases", releaseListReply, options)).releases;
}

/** What presenter mode must not hide: a fall in the core with a rise at an edge. No figures. */
export async function loadBanners(signal: AbortSignal): Promise<BannersReply["banners"]> {
  return (await fetchJson("/api/displacement/banners", bannersReply, { signal })).banners;
}
