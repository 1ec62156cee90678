import type { DemandReports } from "#core/patrols/demand/demand-reports.ts";
import { addHours, hoursOfWeek } from "#core/patrols/demand/week-shape.ts";
import type { Neighbourhood } from "#core/patrols/forecast/cell-shares.ts";
import { type Decay, decayTable } from "#core/patrols/forecast/decay.ts";

/** Decayed reports by hour of the week, of a cell alone and with its neighbours. */
export interface CellWeeks {
  readonly own: (cell: number) => Float64Array;
  readonly near: (cell: number) => Float64Array;
}

const none = new Float64Array(hoursOfWeek);

export function cellWeeks(
  reports: DemandReports,
  { offsets, targets }: Neighbourhood,
  { origin, decay }: { readonly origin: number; readonly decay: Decay },
): CellWeeks {
  const { weightOf } = decayTable(decay);
  const own = new Map<number, Float64Array>();
  const near = new Map<number, Float64Array>();
  const weekOf = (weeks: Map<number, Float64Array>, cell: number) => {
    const known = weeks.get(cell);
    if (known) return known;
    const made = new Float64Array(hoursOfWeek);
    weeks.set(cell, made);
    return made;
  };
  for (let row = 0; row < reports.cell.length; row += 1) {
    if ((reports.known[row] as number) > origin) continue;
    const age = origin - (reports.middle[row] as number);
    const weight = weightOf(age) * (reports.weight[row] as number);
    const cell = reports.cell[row] as number;
    addHours(weekOf(own, cell), reports, row, weight);
    addHours(weekOf(near, cell), reports, row, weight);
    const last = offsets[cell + 1] as number;
    for (let at = offsets[cell] as number; at < last; at += 1) {
      addHours(weekOf(near, targets[at] as number), reports, row, weight);
    }
  }
  return { own: (cell) => own.get(cell) ?? none, near: (cell) => near.get(cell) ?? none };
}
