import { type FormEvent, useMemo, useState } from "react";
import { type ApiError, errorFromFailure } from "#client/api/api-error.ts";
import { forgetOnSignOut } from "#client/api/private-data.ts";
import { createStore } from "#client/state/store.ts";
import { undoHistory } from "#client/state/undo.ts";
import { useStore } from "#client/state/use-store.ts";
import { fieldOf } from "#client/ui/field-of.ts";
import { showToast } from "#client/ui/toast-store.ts";

export interface Read {
  readonly id: number;
  readonly revision: number;
}
export interface Kept extends Read {
  readonly name: string;
}

export interface EditorOf<Draft extends object, Stored extends Read> {
  readonly draftOf: (stored: Stored | null) => Draft;
  readonly keep: (read: Read | null, draft: Draft) => Promise<Kept>;
  readonly leave: (kept: Kept) => void;
  /** A saved change can be undone, as a new revision. */
  readonly canUndo?: true;
}

export type Faults = Readonly<Record<string, string>>;

export interface Typed<Draft> {
  /** Revision and content as read. */
  readonly revision: number;
  readonly read: Draft;
  readonly draft: Draft;
}

/**
 * Drafts of records with revisions, by number or "new", while the page is open: they survive
 * leaving the screen, others' changes and refused saves. Cleared on sign-out.
 */
export function createEditor<Draft extends object, Stored extends Read>(
  of: EditorOf<Draft, Stored>,
) {
  const typed = createStore<Readonly<Record<string, Typed<Draft>>>>({});
  forgetOnSignOut(() => typed.set(() => ({})));
  const forget = (which: number | string) => typed.set(({ [which]: _, ...rest }) => rest);
  return {
    of,
    typed,
    forget,
    /** Turns the draft of a deleted record into a new one. */
    makeNew: (which: string) => {
      const { draft } = typed.get()[which] ?? {};
      if (draft === undefined) return;
      forget(which);
      typed.set((rest) => ({ ...rest, new: { revision: 0, read: of.draftOf(null), draft } }));
    },
  };
}

type EditorStore<Draft extends object, Stored extends Read> = ReturnType<
  typeof createEditor<Draft, Stored>
>;
export type Editor<Draft extends object> = ReturnType<typeof useEditor<Draft, Read>>;

/** Null for a new record. */
export function useEditor<Draft extends object, Stored extends Read>(
  { of, typed, forget }: EditorStore<Draft, Stored>,
  stored: Stored | null,
  faultsOf: (draft: Draft) => Faults,
) {
  const key = String(stored?.id ?? "new");
  const known = useStore(typed, (all) => all[key]);
  const fresh = useMemo(() => {
    const draft = of.draftOf(stored);
    return { revision: stored?.revision ?? 0, read: draft, draft };
  }, [stored, of.draftOf]);
  const now = known ?? fresh;
  const all = useMemo(() => faultsOf(now.draft), [now.draft, faultsOf]);
  const [isAsked, setAsked] = useState(false);
  const [isPending, setPending] = useState(false);
  const [fault, setFault] = useState<ApiError | null>(null);
  const put = (next: Typed<Draft>) => typed.set((before) => ({ ...before, [key]: next }));
  const change = (part: Partial<Draft>) => {
    setFault(null);
    put({ ...now, draft: { ...now.draft, ...part } });
  };
  /** Shown once saving was asked for, from then on as it is typed. */
  const faults = isAsked ? all : none;
  const isChanged = stored !== null && stored.revision !== now.revision;
  const send = async (next: Typed<Draft>) => {
    setAsked(true);
    if (Object.keys(all).length > 0 || isPending) return;
    setPending(true);
    setFault(null);
    try {
      const kept = await of.keep(stored && { id: stored.id, revision: next.revision }, next.draft);
      forget(key);
      showToast(`${kept.name} saved, revision ${kept.revision}`);
      if (stored && of.canUndo) rememberChange(of, kept, stored, next.draft);
      else undoHistory.end();
      of.leave(kept);
    } catch (cause) {
      setFault(errorFromFailure(cause));
    }
    setPending(false);
  };
  return {
    draft: now.draft,
    read: now.read,
    isTouched: known !== undefined,
    isPending,
    isChanged: isChanged && known !== undefined,
    fault,
    faults,
    change,
    field: fieldOf(now.draft, change, faults as { [Name in keyof Draft]?: string }),
    save: (event: FormEvent) => {
      event.preventDefault();
      void send(now);
    },
    keepMine: () => {
      const mine = { ...now, revision: stored?.revision ?? now.revision };
      put(mine);
      void send(mine);
    },
    discard: () => {
      setFault(null);
      setAsked(false);
      forget(key);
    },
  };
}

const none: Faults = {};

/** First fault per field: an invalid date is not also out of order. */
export function firstFaults(
  faults: readonly { readonly field: string; readonly reason: string }[],
): Faults {
  return Object.fromEntries(faults.toReversed().map(({ field, reason }) => [field, reason]));
}

/** Not undone once somebody else has changed it since. */
function rememberChange<Draft extends object, Stored extends Read>(
  of: EditorOf<Draft, Stored>,
  kept: Kept,
  stored: Stored,
  after: Draft,
): void {
  let { revision } = kept;
  const put = async (draft: Draft) => {
    revision = (await of.keep({ id: kept.id, revision }, draft)).revision;
  };
  const before = of.draftOf(stored);
  undoHistory.remember({
    name: `change ${kept.name}`,
    undo: () => put(before),
    redo: () => put(after),
  });
}
