import { session } from "#client/accounts/session.ts";
import { errorFromFailure } from "#client/api/api-error.ts";
import { ask, askThen } from "#client/api/ask.ts";
import { keptCall } from "#client/live/kept.ts";
import { events } from "#client/records/events.ts";
import { quality } from "#client/records/quality.ts";
import { undoHistory } from "#client/state/undo.ts";
import { showToast } from "#client/ui/toast-store.ts";
import { importCalls, type UndoResult } from "#core/records/wire/import.ts";
import { profileCalls } from "#core/records/wire/import-profile.ts";
import { recordCalls } from "#core/records/wire/records.ts";

/** Every import, newest first, with those that were undone. */
export const batches = keptCall(importCalls.list);

/** Removes a batch with all that it brought, and its step from what can be undone. */
export async function undoBatch(id: number): Promise<UndoResult> {
  const result = await ask(importCalls.undo, { id });
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
export const retention = keptCall(recordCalls.retention);

/** Saved ways of reading a file, by name. */
export const importProfiles = keptCall(profileCalls.list);
export const askProfiles = askThen(() => importProfiles.reload());

/** Does what cannot be undone by a step, and says what came of it. */
export async function tell(work: () => Promise<string>): Promise<void> {
  try {
    const done = await work();
    undoHistory.end();
    showToast(done);
  } catch (cause) {
    const { title, detail } = errorFromFailure(cause);
    showToast(`${title}. ${detail}`);
  }
}
