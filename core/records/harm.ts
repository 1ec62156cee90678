import { eventCategories } from "#core/records/event.ts";
import { eventKinds } from "#core/records/kinds.ts";

/** Reported kinds, and every category; a category takes precedence. */
export const harmNames = ["complaint", "sighting", ...eventCategories] as const;
export type HarmName = (typeof harmNames)[number];

/** Weight of one report of a kind or category, in units of its table. */
export interface HarmWeight {
  readonly name: HarmName;
  /** Above 0. */
  readonly weight: number;
}

/** Largest weight: enough for any scale, small enough to stay exact. */
export const mostHarm = 1_000_000;
/** Smallest weight: six decimals, as typed. */
export const leastHarm = 0.000_001;

/**
 * Weight of one event, by `classOfHarm` of its kind and category, in units of the table; 0 where
 * neither has a weight. A category takes precedence over a kind.
 */
export function harmByClass(weights: readonly HarmWeight[]): Float64Array {
  const chosen = chosenWeights(weights);
  return Float64Array.from(chosen, (at) => weights[at]?.weight ?? 0);
}

/** Index in `weights` by class; -1 for none. */
export function chosenWeights(weights: readonly HarmWeight[]): Int8Array {
  const chosen = new Int8Array(eventKinds.length * eventCategories.length).fill(-1);
  eventKinds.forEach((kind, kindAt) => {
    eventCategories.forEach((category, categoryAt) => {
      const byCategory = weights.findIndex(({ name }) => name === category);
      chosen[classOfHarm(kindAt, categoryAt)] =
        byCategory < 0 ? weights.findIndex(({ name }) => name === kind) : byCategory;
    });
  });
  return chosen;
}

/** From positions in `eventKinds` and `eventCategories`. */
export function classOfHarm(kind: number, category: number): number {
  return kind * eventCategories.length + category;
}

export interface HarmTableRef {
  /** From 1 on. */
  readonly version: number;
  readonly name: string;
  /** The publication, its year and where to find it. */
  readonly source: string;
}

/** "Cambridge Crime Harm Index 2020, version 3" */
export function tableName({ name, version }: Pick<HarmTableRef, "name" | "version">): string {
  return `${name}, version ${version}`;
}

/** "Harm weights: Cambridge Crime Harm Index 2020, version 3. Source: ..." */
export function harmSourceLine(table: HarmTableRef): string {
  return `Harm weights: ${tableName(table)}. Source: ${table.source.replace(/\.$/u, "")}.`;
}
