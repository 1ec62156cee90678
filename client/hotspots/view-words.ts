import type { HotspotsView } from "#client/hotspots/view.ts";

export type ViewField = keyof HotspotsView;

/**
 * What a step is called that changes this field; null where that is looking and no step to undo. Every
 * field of the view is here, or this does not compile. Where one choice changes several fields, the
 * first of them here names it.
 */
const stepWords: Readonly<Record<ViewField, string | null>> = {
  area: "change area",
  from: "change dates",
  to: "change dates",
  reported: "choose kinds",
  discovered: "choose kinds",
  types: "choose types",
  time: "change days and hours",
  resolution: "change cell size",
  measure: "change measure",
  baseline: "change what is compared with",
  isSideBySide: "change the comparison",
  isSurface: "change how reports are drawn",
  showsKeepClear: null,
  factors: null,
  cell: null,
  camera: null,
};

const fieldsInOrder = Object.keys(stepWords) as readonly ViewField[];

/** The fields that differ, in the order of their words. */
export function changedFields(before: HotspotsView, after: HotspotsView): readonly ViewField[] {
  return fieldsInOrder.filter((field) => !isSame(before[field], after[field]));
}

/** "change dates"; null where nothing but looking changed. */
export function stepName(fields: readonly ViewField[]): string | null {
  for (const field of fields) {
    const words = stepWords[field];
    if (words !== null) return words;
  }
  return null;
}

/** Fields hold plain values: text, numbers, and lists and records of them. */
function isSame(a: unknown, b: unknown): boolean {
  return Object.is(a, b) || JSON.stringify(a) === JSON.stringify(b);
}
