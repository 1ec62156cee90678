import { fetchJson } from "#client/api/fetch.ts";
import { forgetOnSignOut } from "#client/api/private-data.ts";
import { createResource } from "#client/api/resource.ts";
import { refreshOnLook } from "#client/live/refresh.ts";
import {
  type DraftBody,
  type DraftContentReply,
  type DraftReply,
  draftContentReply,
  type PreviewReply,
  previewReply,
  type ReleaseCheckReply,
  type ReleasesReply,
  releaseCheckReply,
  releasesReply,
} from "#core/releases/wire/releases.ts";

/** Releases and what waits; each change answers what stands there after it. */
export const releases = createResource<ReleasesReply>((signal) =>
  fetchJson("/api/releases", releasesReply, { signal }),
);
refreshOnLook("releases", releases);
refreshOnLook("drafts", releases);
forgetOnSignOut(releases.reset);

/** `YYYY-MM` each, where somebody chose them. */
export type ReleaseMonths = Pick<DraftBody, "from" | "to">;

export function loadPreview({ from, to }: ReleaseMonths): Promise<PreviewReply> {
  const asked = new URLSearchParams();
  if (from !== undefined) asked.set("from", from);
  if (to !== undefined) asked.set("to", to);
  return fetchJson(`/api/releases/preview?${asked}`, previewReply, {});
}

export function loadDraft(id: number, signal: AbortSignal): Promise<DraftContentReply> {
  return fetchJson(`/api/releases/drafts/${id}`, draftContentReply, { signal });
}

export function checkReleases(): Promise<ReleaseCheckReply> {
  return fetchJson("/api/releases/check", releaseCheckReply, {});
}

export function draftRelease(body: DraftBody): Promise<void> {
  return change("/api/releases/drafts", "POST", body);
}

export function approveDraft(id: number, contentHash: string): Promise<void> {
  return change(`/api/releases/drafts/${id}/approve`, "POST", { contentHash });
}

export function objectTo(id: number, reason: string): Promise<void> {
  return change(`/api/releases/drafts/${id}/object`, "POST", { reason });
}

export function takeBack(id: number): Promise<void> {
  return change(`/api/releases/drafts/${id}/take-back`, "POST");
}

export function discardDraft(id: number): Promise<void> {
  return change(`/api/releases/drafts/${id}`, "DELETE");
}

export function withdrawRelease(number: number, notice: string): Promise<void> {
  return change(`/api/releases/${number}/withdraw`, "POST", { notice });
}

async function change(path: string, method: "POST" | "DELETE", body?: unknown): Promise<void> {
  releases.accept(await fetchJson(path, releasesReply, { method, body }));
}

/**
 * The hash by which a draft is approved: that of the content that stands on the page to be read; null while none
 * does, as before it was opened, while it loads and where it could not be read.
 */
export function approvalHash(
  { mayApprove }: Pick<DraftReply, "mayApprove">,
  readHash: string | null,
): string | null {
  return mayApprove ? readHash : null;
}
