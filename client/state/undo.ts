import { createStore, type Store } from "#client/state/store.ts";

/** A step that can be taken back, named as a person would name it: "change dates". */
export interface UndoStep {
  readonly name: string;
  readonly undo: () => void | Promise<void>;
}

export interface UndoHistory {
  /** Newest last. */
  readonly steps: Store<readonly UndoStep[]>;
  readonly remember: (step: UndoStep) => void;
  /** Takes back the newest step and returns its name; null when there is none. */
  readonly undoLast: () => Promise<string | null>;
  readonly clear: () => void;
}

const mostSteps = 50;

export function createUndoHistory(): UndoHistory {
  const steps = createStore<readonly UndoStep[]>([]);
  return {
    steps,
    remember: (step) => steps.set((all) => [...all, step].slice(-mostSteps)),
    undoLast: async () => {
      const last = steps.get().at(-1);
      if (!last) return null;
      steps.set((all) => all.slice(0, -1));
      await last.undo();
      return last.name;
    },
    clear: () => steps.set(() => []),
  };
}

/** The history of this page. */
export const undoHistory = createUndoHistory();
