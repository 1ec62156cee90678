import { ApiError } from "#client/api/api-error.ts";
import { fetchJson } from "#client/api/fetch.ts";
import { type BannersReply, bannersReply } from "#core/wire/displacement.ts";
import { type ReleaseReply, releaseReply } from "#core/wire/release.ts";

/** The last release that was approved, with all that residents may see; null as long as there is none. */
export async function loadRelease(signal: AbortSignal): Promise<ReleaseReply | null> {
  try {
    return await fetchJson("/api/public/releases/latest", releaseReply, { signal });
  } catch (cause) {
    if (cause instanceof ApiError && cause.status === 404) return null;
    throw cause;
  }
}

/** What presenter mode must not hide: a fall in the core with a rise at an edge. No figures. */
export async function loadBanners(signal: AbortSignal): Promise<BannersReply["banners"]> {
  return (await fetchJson("/api/displacement/banners", bannersReply, { signal })).banners;
}
