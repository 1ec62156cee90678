import { session } from "#client/accounts/session.ts";
import { fetchJson } from "#client/api/fetch.ts";
import { keptReply } from "#client/live/kept.ts";
import { events } from "#client/records/events.ts";
import { quality } from "#client/records/quality.ts";
import { undoHistory } from "#client/state/undo.ts";
import type { SavedReading } from "#core/records/saved-profile.ts";
import { importsReply, type UndoResult, undoResult } from "#core/records/wire/import.ts";
import { importProfileReply, importProfilesReply } from "#core/records/wire/import-profile.ts";
import { retentionReply } from "#core/records/wire/retention.ts";

/** Every import, newest first, with those that were undone. */
export const batches = keptReply("/api/imports", importsReply);

/** Removes a batch with all that it brought, and its step from what can be undone. */
export async function undoBatch(id: number): Promise<UndoResult> {
  const result = await fetchJson(`/api/imports/${id}`, undoResult, { method: "DELETE" });
  undoHistory.forget(importStep(id));
  recordsChanged();
  return result;
}

/** The step of history that brought a batch in. */
export const importStep = (batch: number): string => `import ${batch}`;

const alsoReload = new Set<() => void>();

/** For lists that are on the screen and read what came in. */
export function whenRecordsChange(reload: () => void): () => void {
  alsoReload.add(reload);
  return () => alsoReload.delete(reload);
}

/** Whatever was loaded of records is out of date. */
export function recordsChanged(): void {
  batches.reload();
  for (const reload of alsoReload) reload();
  // It says whether all that the demonstration shows is made up.
  session.reload();
  if (quality.store.get().status !== "idle") quality.reload();
  if (events.store.get().status !== "idle") events.reload();
}

/** For how long events are kept, and what will go. */
export const retention = keptReply("/api/retention", retentionReply);

/** Saved ways of reading a file, by name. */
export const importProfiles = keptReply("/api/import-profiles", importProfilesReply);

export async function saveProfile(body: {
  readonly name: string;
  readonly reading: SavedReading;
  readonly replace: boolean;
}): Promise<string> {
  const { name } = await fetchJson("/api/import-profiles", importProfileReply, {
    method: "POST",
    body,
  });
  importProfiles.reload();
  return name;
}

export async function renameProfile(id: number, name: string): Promise<void> {
  await fetchJson(`/api/import-profiles/${id}`, importProfileReply, {
    method: "PATCH",
    body: { name },
  });
  importProfiles.reload();
}

export async function removeProfile(id: number): Promise<void> {
  await fetchJson(`/api/import-profiles/${id}`, importProfileReply, { method: "DELETE" });
  importProfiles.reload();
}
