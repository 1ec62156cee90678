import {
  type CellShares,
  cellShares,
  type Neighbourhood,
} from "#core/patrols/forecast/cell-shares.ts";
import {
  type ChosenWay,
  choosingFolds,
  createWayChooser,
} from "#core/patrols/forecast/choose-way.ts";
import { createLevelChooser, type Level } from "#core/patrols/forecast/level.ts";
import type { Reports } from "#core/patrols/forecast/reports.ts";
import { type Fold, foldsBefore, type Horizon } from "#core/stats/folds.ts";
import type { Zone } from "#core/time/zone.ts";

/** Expected reports by cell, as rates and as shares of the whole, with what is not known about them. */
export interface Forecast extends CellShares, Level {
  readonly chosen: ChosenWay;
}

/** Forecasts from what is known at `origin`, chosen by the periods before `next`, which are over. */
export type Forecaster = (next: Pick<Fold, "from">, origin: number) => Forecast;

/** What Plan uses and what the backtest judges: one method. */
export function createForecaster(
  reports: Reports,
  context: { readonly near: Neighbourhood; readonly zone: Zone; readonly horizon: Horizon },
): Forecaster {
  const { near, zone, horizon } = context;
  const chooser = createWayChooser(reports, near);
  const levels = createLevelChooser(reports);
  return (next, origin) => {
    const folds = foldsBefore(zone, next, horizon, choosingFolds);
    const chosen = chooser.choose(folds);
    return {
      chosen,
      ...cellShares(reports, near, { origin, way: chosen.way }),
      ...levels.choose(folds, origin),
    };
  };
}
