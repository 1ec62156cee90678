import { type CellChange, changeByCell, type PeriodLengths } from "#core/hotspots/change.ts";
import { type CellEffort, effortByCell } from "#core/hotspots/effort.ts";
import { emergingByCell } from "#core/hotspots/emerging.ts";
import {
  createSmoother,
  type Smoother,
  type Surface,
  type SurfaceGround,
} from "#core/hotspots/surface.ts";
import type { StudySet } from "#core/places/study-set.ts";
import type { Emerging } from "#core/stats/emerging.ts";
import { neighbourSums } from "#core/stats/neighbours.ts";

/** What a measure needs beside the counts that every picture is tested by. */
export type MeasureAsk =
  | { readonly measure: "change"; readonly before: Int32Array; readonly lengths: PeriodLengths }
  | { readonly measure: "emerging"; readonly steps: readonly Int32Array[] }
  | { readonly measure: "effort"; readonly minutes: Float64Array }
  | {
      readonly measure: "surface";
      /** Of the finest cells of the area, whatever size is shown; the worker keeps what it makes of it by the key. */
      readonly ground: SurfaceGround;
      readonly groundKey: string;
      readonly weights: Float64Array;
    };

export type MeasureAnswer =
  | { readonly measure: "change"; readonly changes: readonly CellChange[] }
  | {
      readonly measure: "emerging";
      readonly categories: readonly Emerging[];
      /** Events of each cell and its neighbours over all steps. */
      readonly around: Float64Array;
    }
  | { readonly measure: "effort"; readonly efforts: readonly (CellEffort | null)[] }
  | { readonly measure: "surface"; readonly surface: Surface };

/** Answers for one study set after another; keeps the smoothers that it has made. */
export function createMeasurer() {
  const smoothers = new Map<string, Smoother>();
  const smootherOf = (key: string, ground: SurfaceGround): Smoother => {
    const known = smoothers.get(key) ?? createSmoother(ground);
    smoothers.set(key, known);
    return known;
  };
  return (ask: MeasureAsk, study: StudySet, counts: Int32Array): MeasureAnswer => {
    switch (ask.measure) {
      case "change": {
        const changes = changeByCell(study, { before: ask.before, after: counts }, ask.lengths);
        return { measure: "change", changes };
      }
      case "emerging":
        return {
          measure: "emerging",
          categories: emergingByCell(study, ask.steps),
          around: aroundOf(ask.steps, study),
        };
      case "effort":
        return { measure: "effort", efforts: effortByCell(study, counts, ask.minutes) };
      case "surface": {
        const surface = smootherOf(ask.groundKey, ask.ground)(ask.weights);
        return { measure: "surface", surface };
      }
    }
  };
}

function aroundOf(steps: readonly Int32Array[], study: StudySet): Float64Array {
  const own = Float64Array.from(study.cells, (_, cell) =>
    steps.reduce((sum, counts) => sum + (counts[cell] as number), 0),
  );
  return neighbourSums(own, study).map((sum, cell) => sum + (own[cell] as number));
}
