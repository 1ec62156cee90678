import { createStore, type Store } from "#client/state/store.ts";

/** A step that can be taken back, named as a person would name it: "change dates". */
export interface UndoStep {
  readonly name: string;
  readonly undo: () => void | Promise<void>;
  /** Does it again once it was taken back; absent where that cannot be. */
  readonly redo?: () => void | Promise<void>;
}

export interface UndoHistory {
  /** Newest last. */
  readonly steps: Store<readonly UndoStep[]>;
  /** What was taken back and can be done again; the next one last. */
  readonly undone: Store<readonly UndoStep[]>;
  /** A new step: what was taken back before it is over. */
  readonly remember: (step: UndoStep) => void;
  /** Takes back the newest step and returns its name; null when there is none. */
  readonly undoLast: () => Promise<string | null>;
  /** Does again what was taken back last and returns its name; null when there is nothing. */
  readonly redoLast: () => Promise<string | null>;
  readonly clear: () => void;
}

const mostSteps = 50;

export function createUndoHistory(): UndoHistory {
  const steps = createStore<readonly UndoStep[]>([]);
  const undone = createStore<readonly UndoStep[]>([]);
  const none = (): readonly UndoStep[] => [];
  return {
    steps,
    undone,
    remember: (step) => {
      steps.set((all) => [...all, step].slice(-mostSteps));
      undone.set((all) => (all.length === 0 ? all : none()));
    },
    undoLast: async () => {
      const last = steps.get().at(-1);
      if (!last) return null;
      steps.set((all) => all.slice(0, -1));
      await last.undo();
      // What cannot be done again stands in the way of what came after it.
      undone.set((all) => (last.redo ? [...all, last] : none()));
      return last.name;
    },
    redoLast: async () => {
      const next = undone.get().at(-1);
      if (!next?.redo) return null;
      undone.set((all) => all.slice(0, -1));
      await next.redo();
      steps.set((all) => [...all, next].slice(-mostSteps));
      return next.name;
    },
    clear: () => {
      steps.set(none);
      undone.set(none);
    },
  };
}

/** The history of this page. */
export const undoHistory = createUndoHistory();
