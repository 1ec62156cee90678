import { hoursPerWeek } from "#core/stats/aoristic.ts";

export interface HotspotSummary {
  /** Events whose midpoint lies inside, per study cell: whole, additive, what every test reads. */
  readonly counts: Int32Array;
  /** Aoristic share inside, per study cell: fractional, what map and ranking read. */
  readonly weights: Float64Array;
  /** Aoristic weight by hour of the London week, under the dates but not under the hour filter. */
  readonly clock: Float64Array;
  /** Events counted inside the study set. */
  total: number;
  /** Of these, discovered by police; 0 unless the filter asks for that source. */
  discovered: number;
  /** Aoristic weight inside the study set: the sum of `weights`. */
  weight: number;
  /** Events inside the dates that last a day or longer: no hour filter counts them. */
  hourUnknown: number;
  /** Events that pass the filter but lie outside the study set. */
  outside: number;
}

export function createSummary(cells: number): HotspotSummary {
  return {
    counts: new Int32Array(cells),
    weights: new Float64Array(cells),
    clock: new Float64Array(hoursPerWeek),
    total: 0,
    discovered: 0,
    weight: 0,
    hourUnknown: 0,
    outside: 0,
  };
}
