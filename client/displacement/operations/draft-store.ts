import { forgetOnSignOut } from "#client/api/private-data.ts";
import {
  draftOf,
  newDraft,
  type OperationDraft,
} from "#client/displacement/operations/operation-draft.ts";
import { createStore } from "#client/state/store.ts";
import type { OperationReply } from "#core/displacement/wire/operations.ts";

/**
 * What is being typed, by operation, for as long as the page is open: another screen, somebody else's
 * change and a refused save lose nothing of it. Gone with the session.
 */
export const drafts = createStore<Readonly<Record<string, OperationDraft>>>({});

forgetOnSignOut(() => drafts.set(() => ({})));

export type DraftKey = "new" | `${number}`;

/** What is typed so far, or what the operation is. */
export function draftFor(
  known: Readonly<Record<string, OperationDraft>>,
  key: DraftKey,
  operation: OperationReply | null,
): OperationDraft {
  return known[key] ?? (operation ? draftOf(operation) : newDraft());
}

export function keepDraft(key: DraftKey, draft: OperationDraft): void {
  drafts.set((known) => ({ ...known, [key]: draft }));
}

export function dropDraft(key: DraftKey): void {
  drafts.set((known) => {
    const { [key]: _, ...rest } = known;
    return rest;
  });
}
