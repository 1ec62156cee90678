import { fetchJson } from "#client/api/fetch.ts";
import { keptReply } from "#client/live/kept.ts";
import * as wire from "#core/releases/wire/releases.ts";

/** Releases and what waits; each change answers what stands there after it. */
export const releases = keptReply("/api/releases", wire.releasesReply, "releases", "drafts");

/** `YYYY-MM` each, where somebody chose them. */
export type ReleaseMonths = Pick<wire.DraftBody, "from" | "to">;

export function loadPreview({ from, to }: ReleaseMonths): Promise<wire.PreviewReply> {
  const asked = new URLSearchParams();
  if (from !== undefined) asked.set("from", from);
  if (to !== undefined) asked.set("to", to);
  return fetchJson(`/api/releases/preview?${asked}`, wire.previewReply, {});
}

export function loadDraft(id: number, signal: AbortSignal): Promise<wire.DraftContentReply> {
  return fetchJson(`/api/releases/drafts/${id}`, wire.draftContentReply, { signal });
}

export function checkReleases(): Promise<wire.ReleaseCheckReply> {
  return fetchJson("/api/releases/check", wire.releaseCheckReply, {});
}

export function draftRelease(body: wire.DraftBody): Promise<void> {
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
  releases.accept(await fetchJson(path, wire.releasesReply, { method, body }));
}

/** Whether it can be approved now: what is to be approved stands on the page to be read, whole and the same. */
export function mayApprove(
  { mayApprove: isAllowed, contentHash }: Pick<wire.DraftReply, "mayApprove" | "contentHash">,
  read: { readonly draft: Pick<wire.DraftReply, "contentHash"> } | null,
): boolean {
  return isAllowed && read?.draft.contentHash === contentHash;
}
