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

export const inbox = keptCall(importCalls.inbox);

/** Also drops its undo step. */
export async function undoBatch(id: number): Promise<UndoResult> {
  const result = await ask(importCalls.undo, { id });
  undoHistory.forget(importStep(id));
  recordsChanged();
  return result;
}

export const importStep = (batch: number): string => `import ${batch}`;

/** Everything loaded from records is outdated. */
export function recordsChanged(): void {
  batches.reload();
  // It says whether all demo data is made up.
  session.reload();
  if (quality.store.get().status !== "idle") quality.reload();
  if (events.store.get().status !== "idle") events.reload();
}

export const retention = keptCall(recordCalls.retention);

export const importProfiles = keptCall(profileCalls.list);
export const askProfiles = askThen(() => importProfiles.reload());

/** Not undoable; the result, or the error, is a toast. */
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
