import { type DemandReports, isTimed } from "#core/patrols/demand/demand-reports.ts";
import { type Decay, decayTable, type Neighbourhood } from "#core/patrols/forecast/cell-shares.ts";
import { hoursPerWeek } from "#core/stats/aoristic.ts";
import type { Fold } from "#core/stats/folds.ts";
import { sumOf } from "#core/stats/sum-of.ts";

export const hoursOfWeek = hoursPerWeek;

/** Prior strength in reports of the wider week, for a neighbourhood and for a cell. */
export interface ShapeStrength {
  readonly near: number;
  readonly own: number;
}

/** Adds the hours of one report, `weight` in total. */
export function addHours(
  hours: Float64Array,
  { from, hour, share }: DemandReports,
  row: number,
  weight: number,
): void {
  const end = from[row + 1] as number;
  for (let at = from[row] as number; at < end; at += 1) {
    const bin = hour[at] as number;
    hours[bin] = (hours[bin] as number) + weight * (share[at] as number);
  }
}

/** Pooled week: shares that sum to 1, each hour smoothed with its neighbours (1:2:1). */
export function pooledShape(hours: Float64Array): Float64Array {
  const total = sumOf(hours);
  const shape = new Float64Array(hoursOfWeek).fill(1 / hoursOfWeek);
  if (total === 0) return shape;
  for (let hour = 0; hour < hoursOfWeek; hour += 1) {
    const before = hours[(hour + hoursOfWeek - 1) % hoursOfWeek] ?? 0;
    const after = hours[(hour + 1) % hoursOfWeek] ?? 0;
    shape[hour] = (before + 2 * (hours[hour] ?? 0) + after) / (4 * total);
  }
  return shape;
}

/** Shrinks own hours to a wider shape worth `strength` reports: few reports borrow most. */
export function blendedShape(
  own: Float64Array,
  wider: Float64Array,
  strength: number,
): Float64Array {
  const scale = 1 / (sumOf(own) + strength);
  return wider.map((share, hour) => ((own[hour] ?? 0) + strength * share) * scale);
}

/** From a neighbourhood with a week of its own to one that keeps the command's. */
const trials: readonly ShapeStrength[] = [5, 20, 80, 320].flatMap((near) =>
  [3, 10, 30, 100].map((own) => ({ near, own })),
);

const firstStrength: ShapeStrength = { near: 20, own: 10 };
/** With fewer timed reports, nothing shows how alike the weeks of places are. */
const fewestReports = 50;

/**
 * How far a cell's week shrinks to its neighbourhood's, and that to the command's: the strengths of
 * highest likelihood for the hours of the folds' reports, each forecast from its fold's start. All
 * folds must be over.
 */
export function chooseStrength(
  reports: DemandReports,
  near: Neighbourhood,
  folds: readonly Fold[],
  decay: Decay,
): ShapeStrength {
  const rowsOf = rowsByCell(reports, near.cells.length);
  const scores = new Float64Array(trials.length);
  let judged = 0;
  for (const { start, end } of folds) {
    const wide = wideShape(reports, start, decay);
    if (!wide) continue;
    const { weightOf } = decayTable(decay);
    const own = new Float64Array(hoursOfWeek);
    const around = new Float64Array(hoursOfWeek);
    const add = (hours: Float64Array, cell: number) => {
      for (const row of rowsOf[cell] ?? []) {
        if ((reports.known[row] as number) > start) continue;
        const weight = weightOf(start - (reports.middle[row] as number));
        addHours(hours, reports, row, weight * (reports.weight[row] as number));
      }
    };
    for (let row = 0; row < reports.cell.length; row += 1) {
      const at = reports.middle[row] as number;
      if (at < start || at >= end || !isTimed(reports, row)) continue;
      const cell = reports.cell[row] as number;
      add(own.fill(0), cell);
      around.set(own);
      const last = near.offsets[cell + 1] as number;
      for (let target = near.offsets[cell] as number; target < last; target += 1) {
        add(around, near.targets[target] as number);
      }
      addScores(scores, reports, row, { own, around, wide });
      judged += 1;
    }
  }
  if (judged < fewestReports) return firstStrength;
  return trials[scores.indexOf(Math.max(...scores))] ?? firstStrength;
}

/** The chance of the report's hours under each trial. */
function addScores(
  scores: Float64Array,
  { from, hour, share, weight }: DemandReports,
  row: number,
  { own, around, wide }: Readonly<Record<"own" | "around" | "wide", Float64Array>>,
): void {
  const ownTotal = sumOf(own);
  const aroundTotal = sumOf(around);
  const end = from[row + 1] as number;
  trials.forEach((trial, index) => {
    let chance = 0;
    for (let at = from[row] as number; at < end; at += 1) {
      const bin = hour[at] as number;
      const nearby =
        ((around[bin] as number) + trial.near * (wide[bin] as number)) / (aroundTotal + trial.near);
      chance +=
        (share[at] as number) *
        (((own[bin] as number) + trial.own * nearby) / (ownTotal + trial.own));
    }
    // An hour that never had a report is unlikely, not impossible.
    const told = Math.log(Math.max(chance, 1e-6));
    scores[index] = (scores[index] as number) + (weight[row] as number) * told;
  });
}

/** The command's week from what is known at `origin`; null where no hour is. */
export function wideShape(
  reports: DemandReports,
  origin: number,
  decay: Decay,
): Float64Array | null {
  const { weightOf } = decayTable(decay);
  const hours = new Float64Array(hoursOfWeek);
  for (let row = 0; row < reports.cell.length; row += 1) {
    if ((reports.known[row] as number) > origin || !isTimed(reports, row)) continue;
    const weight = weightOf(origin - (reports.middle[row] as number));
    addHours(hours, reports, row, weight * (reports.weight[row] as number));
  }
  return sumOf(hours) > 0 ? pooledShape(hours) : null;
}

function rowsByCell(reports: DemandReports, cells: number): number[][] {
  const rows: number[][] = Array.from({ length: cells }, () => []);
  for (let row = 0; row < reports.cell.length; row += 1) {
    if (isTimed(reports, row)) rows[reports.cell[row] as number]?.push(row);
  }
  return rows;
}
