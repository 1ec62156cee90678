import { type DemandReports, isTimed } from "#core/patrols/demand/demand-reports.ts";
import {
  addHours,
  hoursOfWeek,
  pooledShape,
  type ShapeStrength,
} from "#core/patrols/demand/week-shape.ts";
import type { Neighbourhood } from "#core/patrols/forecast/cell-shares.ts";
import { type Decay, decayTable } from "#core/patrols/forecast/decay.ts";
import type { Fold } from "#core/stats/folds.ts";
import { sumOf } from "#core/stats/sum-of.ts";

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
