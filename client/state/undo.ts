import { createStore, type Store } from "#client/state/store.ts";
import { address } from "#client/state/url.ts";

/** A step that can be taken back, named as a person would name it: "change dates". */
export interface UndoStep {
  readonly name: string;
  /** What it takes back, where that can also be taken back elsewhere. */
  readonly of?: string;
  readonly undo: () => void | Promise<void>;
  /** Does it again once it was taken back; absent where that cannot be. */
  readonly redo?: () => void | Promise<void>;
}

export interface UndoHistory {
  /** Of all screens, newest last. */
  readonly steps: Store<readonly UndoStep[]>;
  /** What was taken back and can be done again; the next one last. */
  readonly undone: Store<readonly UndoStep[]>;
  /** The last of these on the screen that is open. */
  readonly lastHere: (steps: readonly UndoStep[]) => UndoStep | undefined;
  /** A new step: what was taken back on its screen before it is over. */
  readonly remember: (step: UndoStep) => void;
  /** Something was saved here that is no step: taking back what is older would read as taking that back. */
  readonly end: () => void;
  /** Takes back the newest step of this screen and returns its name; null when there is none. */
  readonly undoLast: () => Promise<string | null>;
  /** Does again what was taken back last on this screen and returns its name; null when there is nothing. */
  readonly redoLast: () => Promise<string | null>;
  /** Of what was taken back elsewhere no step is left. */
  readonly forget: (of: string) => void;
  readonly clear: () => void;
}

const mostSteps = 50;

export function createUndoHistory(screenNow: () => string = () => ""): UndoHistory {
  const steps = createStore<readonly UndoStep[]>([]);
  const undone = createStore<readonly UndoStep[]>([]);
  const none = (): readonly UndoStep[] => [];
  /** A step belongs to the screen on which it was taken: on no other is it taken back. */
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
      // What cannot be done again stands in the way of what came after it.
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

/** The history of this page. */
export const undoHistory = createUndoHistory(() => address.get().screen.split("/")[0] ?? "");
