import { cellCentre, type Position } from "#core/geo/cell.ts";
import { createPlane } from "#core/geo/plane.ts";
import {
  countSince,
  describeModel,
  type ForecastUnits,
  type Neighbourhood,
} from "#core/patrols/forecast/cell-shares.ts";
import { createForecaster, type Forecast } from "#core/patrols/forecast/forecast.ts";
import { candidateModels, mixingFolds } from "#core/patrols/forecast/model-mix.ts";
import type { Reports } from "#core/patrols/forecast/reports.ts";
import type { MethodName } from "#core/patrols/wire/method-names.ts";
import { createKernel } from "#core/stats/density.ts";
import type { Fold, Horizon } from "#core/stats/folds.ts";
import { createPointGrid } from "#core/stats/point-grid.ts";
import { dayMs, type Zone } from "#core/time/zone.ts";

export interface Scored {
  /** Any scale: only the order of the cells is judged. */
  readonly score: Float64Array;
  /** What was chosen, in words; null where there is nothing to choose. */
  readonly chosen: string | null;
  /** Where the method says how many are expected, and how sure that is. */
  readonly forecast: Forecast | null;
  /** The score is a density, and does not grow with the size of its unit. */
  readonly isDensity: boolean;
}

/** Scores the cells for one fold from what is known at its start, and from nothing later. */
export type Method = (fold: Fold) => Scored;

/** Segments of street that are forecast in place of cells. */
export interface StreetUnits extends ForecastUnits {
  readonly metres: Float64Array;
  /** The place half way along each. */
  readonly middles: readonly Position[];
}

export interface MethodSetting {
  readonly reports: Reports;
  readonly study: Neighbourhood | StreetUnits;
  readonly zone: Zone;
  readonly horizon: Horizon;
}

const noChoice = { chosen: null, forecast: null, isDensity: false };

interface Described {
  /** What it goes by, in words. */
  readonly about: string;
  readonly create: (setting: MethodSetting) => Method;
}

const countMethod = (months: number): Described => ({
  about: `count of the last ${months} months`,
  create:
    ({ reports, study }) =>
    (fold) => ({
      score: countSince(reports, study.cells.length, fold.start, months),
      ...noChoice,
    }),
});

export const forecastMethods: Readonly<Record<MethodName, Described>> = {
  forecast: {
    about: `an average of ${candidateModels.length} methods, by age of reports and neighbouring cells. Each is weighted by what its best places held in the ${mixingFolds} periods before`,
    create: averageMethod,
  },
  "count-3": countMethod(3),
  "count-12": countMethod(12),
  "count-36": countMethod(36),
  density: { about: "quartic density of the last 12 months, 300 m", create: densityMethod },
  prospective: {
    about: "prospective method: 1 / ((1 + distance in 50 m) (1 + weeks)), to 400 m and 8 weeks",
    create: prospectiveMethod,
  },
};

function averageMethod({ reports, study, zone, horizon }: MethodSetting): Method {
  const forecaster = createForecaster(reports, { near: study, zone, horizon });
  return (fold) => {
    const forecast = forecaster(fold, fold.start);
    const chosen = describeModel(forecast.mix.model);
    return { score: forecast.shares, chosen, forecast, isDensity: false };
  };
}

const densityMetres = 300;

function densityMethod({ reports, study }: MethodSetting): Method {
  const kernel = createKernel("quartic", densityMetres);
  const near = nearCells(study, kernel.reach);
  const weights = near.metres.map((metres) => kernel.at(metres * metres));
  return (fold) => ({
    score: spread(countSince(reports, study.cells.length, fold.start, 12), near, weights),
    ...noChoice,
    isDensity: true,
  });
}

/** Bowers, Johnson & Pease 2004: both halves fall with the steps away, and end. */
const prospective = { stepMetres: 50, reachMetres: 400, weeks: 8 };
const weekMs = 7 * dayMs;

function prospectiveMethod({ reports, study }: MethodSetting): Method {
  const near = nearCells(study, prospective.reachMetres);
  const weights = near.metres.map((metres) => 1 / (1 + metres / prospective.stepMetres));
  return (fold) => {
    const recent = new Float64Array(study.cells.length);
    for (let row = 0; row < reports.cell.length; row += 1) {
      if ((reports.known[row] as number) > fold.start) continue;
      const weeks = Math.floor((fold.start - (reports.middle[row] as number)) / weekMs);
      if (weeks >= prospective.weeks) continue;
      const cell = reports.cell[row] as number;
      recent[cell] = (recent[cell] as number) + 1 / (1 + weeks);
    }
    return { score: spread(recent, near, weights), ...noChoice, isDensity: true };
  };
}

/** For each cell (or segment) those around it, itself included, with the distance of their middles in a straight line. */
interface NearCells {
  /** Those of cell `i` are `targets[offsets[i] .. offsets[i + 1])`. */
  readonly offsets: Uint32Array;
  readonly targets: Uint32Array;
  readonly metres: Float64Array;
}

function nearCells(study: MethodSetting["study"], reach: number): NearCells {
  const centres = "middles" in study ? study.middles : study.cells.map(cellCentre);
  const plane = createPlane(centres[0] ?? [0, 0]);
  const points = centres.map((centre) => plane.toPlane(centre));
  const x = points.map(([east]) => east);
  const y = points.map(([, north]) => north);
  const grid = createPointGrid(x, y, reach);
  const offsets = new Uint32Array(points.length + 1);
  const targets: number[] = [];
  const metres: number[] = [];
  points.forEach(([east, north], cell) => {
    grid.near(east, north, (other, squared) => {
      targets.push(other);
      metres.push(Math.sqrt(squared));
    });
    offsets[cell + 1] = targets.length;
  });
  return { offsets, targets: Uint32Array.from(targets), metres: Float64Array.from(metres) };
}

/** Spreads a value of each cell over the cells around it by a weight of the distance. */
function spread(values: Float64Array, near: NearCells, weights: Float64Array): Float64Array {
  const { offsets, targets } = near;
  return Float64Array.from(values, (_, cell) => {
    let sum = 0;
    const end = offsets[cell + 1] as number;
    for (let at = offsets[cell] as number; at < end; at += 1) {
      sum += (values[targets[at] as number] as number) * (weights[at] as number);
    }
    return sum;
  });
}
