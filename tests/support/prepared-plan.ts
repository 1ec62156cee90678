import type { Demand } from "#core/patrols/demand/demand.ts";
import { type PatrolSettings, patrolDefaults } from "#core/patrols/ground/settings.ts";
import {
  demandFor,
  type PlanInput,
  type PreparedPlan,
  planForDemand,
} from "#core/patrols/plan/plan.ts";
import type { Zone } from "#core/time/zone.ts";

type Forecast = Pick<PlanInput, "asAt" | "study"> & {
  readonly zone: Zone;
  readonly demand: Demand;
};

const forecasts = new WeakMap<PlanInput["columns"], Forecast>();

/** Everything up to the solver: demand, candidates, the model, and the greedy plan. */
export function preparePlan(
  input: PlanInput,
  zone: Zone,
  settings: PatrolSettings = patrolDefaults,
): PreparedPlan {
  return planForDemand(forecastOf(input, zone), input, zone, settings);
}

/** Plans of one command's reports stand on one forecast: it takes longer than many a plan. */
function forecastOf(input: PlanInput, zone: Zone): Demand {
  const { columns, asAt, study } = input;
  const known = forecasts.get(columns);
  if (known?.asAt === asAt && known.study === study && known.zone === zone) return known.demand;
  const demand = demandFor(input, zone);
  forecasts.set(columns, { asAt, study, zone, demand });
  return demand;
}
