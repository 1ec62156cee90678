import {
  type Calibration,
  calibrationOf,
  meanCalibration,
} from "#core/patrols/forecast/calibration.ts";
import {
  createMethod,
  type MethodName,
  type MethodSetting,
} from "#core/patrols/forecast/methods.ts";
import { observedIn } from "#core/patrols/forecast/observed.ts";
import {
  accuracyByShare,
  areaShares,
  type ShareAccuracy,
} from "#core/patrols/forecast/share-accuracy.ts";
import { foldsBetween } from "#core/stats/folds.ts";

export interface BacktestRequest {
  /** Inclusive local dates. */
  readonly from: string;
  readonly to: string;
  readonly methods: readonly MethodName[];
  readonly onFold?: (done: number, of: number) => void;
}

export interface MethodResult {
  readonly method: MethodName;
  /** Periods that were forecast and in which something came. */
  readonly folds: number;
  /** Means over these folds, one row a share of the area; none without a fold. */
  readonly shares: readonly (ShareAccuracy & { readonly share: number })[];
  /** What was chosen, and how often. */
  readonly chosen: Readonly<Record<string, number>>;
  /** Where the method says how many are expected: how that held. */
  readonly calibration: Calibration | null;
}

/**
 * Rolling origin: each period between the dates is forecast from what was known at its start, and
 * judged by what came in it. No method sees a later report, and what it chooses it chooses by periods
 * that are over.
 */
export function backtest(setting: MethodSetting, request: BacktestRequest): MethodResult[] {
  const { reports, study, zone, horizon } = setting;
  const cells = study.cells.length;
  const folds = foldsBetween(zone, request.from, request.to, horizon);
  const methods = request.methods.map((name) => ({
    name,
    score: createMethod(name, setting),
    rows: [] as (readonly ShareAccuracy[])[],
    chosen: new Map<string, number>(),
    calibrations: [] as Calibration[],
  }));
  folds.forEach((fold, index) => {
    const observed = observedIn(reports, cells, fold);
    for (const method of methods) {
      const { score, chosen, forecast } = method.score(fold);
      const row = accuracyByShare(score, observed);
      if (row === null) continue;
      method.rows.push(row);
      if (forecast) method.calibrations.push(calibrationOf(forecast, observed, row, fold));
      if (chosen !== null) method.chosen.set(chosen, (method.chosen.get(chosen) ?? 0) + 1);
    }
    request.onFold?.(index + 1, folds.length);
  });
  return methods.map(({ name, rows, chosen, calibrations }) => ({
    method: name,
    folds: rows.length,
    shares: rows.length === 0 ? [] : areaShares.map((share, at) => meanAt(rows, share, at)),
    chosen: Object.fromEntries(chosen),
    calibration: meanCalibration(calibrations),
  }));
}

function meanAt(rows: readonly (readonly ShareAccuracy[])[], share: number, at: number) {
  const mean = (field: keyof ShareAccuracy) =>
    rows.reduce((sum, row) => sum + (row[at] as ShareAccuracy)[field], 0) / rows.length;
  return {
    share,
    cells: mean("cells"),
    hitRate: mean("hitRate"),
    pai: mean("pai"),
    paiLow: mean("paiLow"),
    paiHigh: mean("paiHigh"),
    pei: mean("pei"),
  };
}
