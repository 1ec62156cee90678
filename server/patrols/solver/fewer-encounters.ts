import type { Demand } from "#core/patrols/demand/demand.ts";
import type { PatrolSettings } from "#core/patrols/ground/settings.ts";
import type { StreetTimes } from "#core/patrols/ground/street-times.ts";
import {
  atPrice,
  createSightings,
  encounterPrices,
  placeOf,
  planFor,
  unpriced,
  type WeighedPlan,
  weighed,
} from "#core/patrols/plan/encounters.ts";
import type { AssignedPlan } from "#core/patrols/plan/finish.ts";
import { type PlanFrame, type PreparedPlan, planForDemand } from "#core/patrols/plan/plan.ts";
import type { PlanGround } from "#core/patrols/plan/plan-ground.ts";
import { encounterWeights, type PlanEncounters } from "#core/patrols/wire/encounters.ts";
import { minuteMs, type Zone } from "#core/time/zone.ts";

/** Expected sightings are cost alone: they make no candidate and raise none. */
export interface WeightAsked {
  readonly weight: PlanEncounters["weight"];
  readonly sightings: Demand;
}

interface Given {
  readonly asked: WeightAsked;
  readonly frame: PlanFrame;
  readonly ground: PlanGround;
  readonly zone: Zone;
  readonly settings: PatrolSettings;
  readonly streets: StreetTimes | null;
  readonly solve: (prepared: PreparedPlan) => {
    readonly assigned: AssignedPlan;
    readonly stopped: string;
  };
}

/** The plan again at each price; the places of the slider are chosen among what comes of it. */
export function withFewerEncounters(
  plan: AssignedPlan,
  prepared: PreparedPlan,
  given: Given,
): {
  readonly assigned: AssignedPlan;
  readonly encounters: PlanEncounters;
  readonly isHurried: boolean;
} {
  const { asked, frame, ground, zone, settings, streets } = given;
  const sightingsIn = createSightings(asked.sightings, ground, zone, settings);
  const base = weighed(plan, sightingsIn);
  const dwellMs = settings.dwellMinutes * minuteMs;
  const tried: WeighedPlan[] = [];
  let isHurried = false;
  for (const price of encounterPrices) {
    const priced = atPrice(base, prepared, { ground, sightingsIn, dwellMs, price });
    const again = planForDemand(prepared.demand, frame, zone, settings, { ...priced, streets });
    const { assigned, stopped } = given.solve(again);
    if (stopped === "time") isHurried = true;
    tried.push(weighed(unpriced(assigned, ground.credit), sightingsIn));
  }
  const places = encounterWeights.map((weight) =>
    placeOf(weight, base, planFor(weight, base, tried)),
  );
  const { weight } = asked;
  const { assigned } = planFor(weight, base, tried);
  return { assigned, encounters: { weight, places, isUnderOne: base.encounters < 1 }, isHurried };
}
