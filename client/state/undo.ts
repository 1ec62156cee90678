import { createStore, type Store } from "#client/state/store.ts";
import { address } from "#client/state/url.ts";

/** Named for the user: "change dates". */
export interface UndoStep {
  readonly name: string;
  /** Id of what it undoes, where that can also be undone elsewhere. */
  readonly of?: string;
  readonly undo: () => void | Promise<void>;
  /** Absent where it cannot be redone. */
  readonly redo?: () => void | Promise<void>;
}

export interface UndoHistory {
  /** Newest last. */
  readonly steps: Store<readonly UndoStep[]>;
  /** Next one last. */
  readonly undone: Store<readonly UndoStep[]>;
  readonly lastHere: (steps: readonly UndoStep[]) => UndoStep | undefined;
  /** Clears the screen's redo steps. */
  readonly remember: (step: UndoStep) => void;
  /** Saved here without a step: older ones go, because undoing them would mislead. */
  readonly end: () => void;
  /** Takes back the newest step of this screen and returns its name; null when there is none. */
  readonly undoLast: () => Promise<string | null>;
  /** Redoes on this screen; resolves to the step's name, null when there is none. */
  readonly redoLast: () => Promise<string | null>;
  /** Drops steps already undone elsewhere. */
  readonly forget: (of: string) => void;
  readonly clear: () => void;
}

const mostSteps = 50;

export function createUndoHistory(screenNow: () => string = () => ""): UndoHistory {
  const steps = createStore<readonly UndoStep[]>([]);
  const undone = createStore<readonly UndoStep[]>([]);
  const none = (): readonly UndoStep[] => [];
  /** Steps are undone only on their own screen. */
  const screens = new WeakMap<UndoStep, string>();
  const isOf = (screen: string) => (step: UndoStep) => screens.get(step) === screen;
  const lastHere = (all: readonly UndoStep[]) => all.findLast(isOf(screenNow()));
  const elsewhere = (screen: string) => (all: readonly UndoStep[]) =>
    all.some(isOf(screen)) ? all.filter((step) => !isOf(screen)(step)) : all;
  const without = (gone: UndoStep) => (all: readonly UndoStep[]) =>
    all.filter((step) => step !== gone);
  return {
    steps,
    undone,
    lastHere,
    remember: (step) => {
      screens.set(step, screenNow());
      steps.set((all) => [...all, step].slice(-mostSteps));
      undone.set(elsewhere(screenNow()));
    },
    end: () => {
      steps.set(elsewhere(screenNow()));
      undone.set(elsewhere(screenNow()));
    },
    undoLast: async () => {
      const last = lastHere(steps.get());
      if (!last) return null;
      steps.set(without(last));
      await last.undo();
      // A step without redo clears this screen's later redos.
      undone.set((all) => (last.redo ? [...all, last] : elsewhere(screens.get(last) ?? "")(all)));
      return last.name;
    },
    redoLast: async () => {
      const next = lastHere(undone.get());
      if (!next?.redo) return null;
      undone.set(without(next));
      await next.redo();
      steps.set((all) => [...all, next].slice(-mostSteps));
      return next.name;
    },
    forget: (of) => {
      const others = (all: readonly UndoStep[]) => all.filter((step) => step.of !== of);
      for (const all of [steps, undone]) all.set(others);
    },
    clear: () => {
      steps.set(none);
      undone.set(none);
    },
  };
}

export const undoHistory = createUndoHistory(() => address.get().screen.split("/")[0] ?? "");
