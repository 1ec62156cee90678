import type { HotspotsView } from "#client/hotspots/state/view.ts";
import type { UndoHistory, UndoStep } from "#client/state/undo.ts";

export interface ViewStepsInput {
  readonly get: () => HotspotsView;
  /** Without recording a step. */
  readonly set: (part: Partial<HotspotsView>) => void;
  readonly history: UndoHistory;
  readonly now?: () => number;
}

export interface StepOptions {
  /** Merged into the previous step, as within one drag. */
  readonly continues?: boolean;
  /** Replaces the name made from the fields. */
  readonly name?: string;
}

export interface ViewSteps {
  readonly take: (part: Partial<HotspotsView>, options?: StepOptions) => void;
}

/**
 * View changes as undo steps. A step holds only the fields it changed, so undoing it moves neither
 * the map nor the chosen place.
 */
export function createViewSteps({ get, set, history, now = Date.now }: ViewStepsInput): ViewSteps {
  let open: OpenStep | null = null;

  const begin = (name: string, at: number): OpenStep => {
    let after: Partial<HotspotsView> = {};
    const fields = new Set<ViewField>();
    const step: UndoStep = {
      name,
      undo: () => {
        open = null;
        after = pick(get(), fields);
        set(begun.before);
      },
      redo: () => {
        open = null;
        set(after);
      },
    };
    const begun: OpenStep = { name, step, fields, before: {}, at };
    history.remember(step);
    return begun;
  };
  const isJoined = (name: string, at: number, continues: boolean) =>
    open?.name === name &&
    history.steps.get().at(-1) === open.step &&
    (continues || at - open.at <= sameStepMs);

  return {
    take: (part, { continues = false, name } = {}) => {
      const before = get();
      set(part);
      const changed = changedFields(before, get());
      const words = stepName(changed);
      if (words === null) return;
      const called = name ?? words;
      const at = now();
      if (open === null || !isJoined(called, at, continues)) open = begin(called, at);
      const added = changed.filter((field) => !open?.fields.has(field));
      open.before = { ...open.before, ...pick(before, added) };
      for (const field of added) open.fields.add(field);
      open.at = at;
    },
  };
}

interface OpenStep {
  readonly name: string;
  readonly step: UndoStep;
  readonly fields: Set<ViewField>;
  before: Partial<HotspotsView>;
  at: number;
}

function pick(view: HotspotsView, fields: Iterable<ViewField>): Partial<HotspotsView> {
  return Object.fromEntries([...fields].map((field) => [field, view[field]]));
}

export function changedFields(before: HotspotsView, after: HotspotsView): readonly ViewField[] {
  return fieldsInOrder.filter((field) => !isSame(before[field], after[field]));
}

/** "change dates"; null where only the camera or a selection changed. */
export function stepName(fields: readonly ViewField[]): string | null {
  for (const field of fields) {
    const words = stepWords[field];
    if (words !== null) return words;
  }
  return null;
}

function isSame(a: unknown, b: unknown): boolean {
  return Object.is(a, b) || JSON.stringify(a) === JSON.stringify(b);
}

type ViewField = keyof HotspotsView;

/**
 * The step name for each field; null for fields that only affect looking and are not undone. Typed
 * to cover every field. If one choice changes several fields, the first listed here names it.
 */
const stepWords: Readonly<Record<ViewField, string | null>> = {
  area: "change area",
  from: "change dates",
  to: "change dates",
  reported: "choose sources",
  discovered: "choose sources",
  types: "choose types",
  time: "change days and hours",
  by: "change cells or streets",
  resolution: "change cell size",
  measure: "change measure",
  baseline: "change the comparison period",
  isSideBySide: "change the comparison",
  isSurface: "change how reports are drawn",
  showsKeepClear: null,
  factors: null,
  cell: null,
  camera: null,
};

const fieldsInOrder = Object.keys(stepWords) as readonly ViewField[];

/** Repeats of one choice within this time are one step. */
const sameStepMs = 1500;
