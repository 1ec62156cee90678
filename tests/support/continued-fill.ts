import type { Fill } from "#tests/support/filled-template.ts";

const parts = new Map<Fill, { readonly from: Fill; readonly more: Fill }>();

/** Another filling and what comes on top of it: a kept database puts the first back instead of filling again. */
export function onTopOf(from: Fill, more: Fill): Fill {
  const both: Fill = async (db) => {
    await from(db);
    await more(db);
  };
  parts.set(both, { from, more });
  return both;
}

/** Null for one that is not on top of another. */
export function partsOf(fill: Fill) {
  return parts.get(fill) ?? null;
}
