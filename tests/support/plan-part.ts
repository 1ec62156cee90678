import type { PreparedPlan } from "#core/patrols/plan/plan.ts";
import { createCrewPlan } from "#core/patrols/solve/crew-plan.ts";
import { mostOf, packingValue } from "#core/patrols/solve/packing.ts";
import { createRandom } from "#core/random.ts";
import { subsets } from "#tests/support/plan-options.ts";

/** So few options of a prepared plan that trying every set of them is quick. */
export function fewOf(prepared: PreparedPlan, count: number, seed: number): PreparedPlan {
  const shuffled = createRandom(seed).shuffle([...prepared.options.keys()]);
  return partOf(prepared, shuffled.slice(0, count));
}

/** Of all sets of options that rows and crews allow, the value of the best. */
export function bestAllowed({ packing, crewPlan }: PreparedPlan): number {
  let best = 0;
  for (const chosen of subsets(packing.values.length)) {
    const isKept = packing.rows.every(
      (row) => row.members.filter((member) => chosen.includes(member)).length <= mostOf(row),
    );
    if (isKept && packingValue(packing, chosen) > best && crewPlan.clash(chosen) === null) {
      best = packingValue(packing, chosen);
    }
  }
  return best;
}

/** The same plan with some of its options only. */
function partOf(prepared: PreparedPlan, kept: readonly number[]): PreparedPlan {
  const options = [...kept].sort((a, b) => a - b);
  const place = new Map(options.map((option, at) => [option, at] as const));
  const rows = prepared.packing.rows.map(({ members, ...row }) => ({
    ...row,
    members: members.flatMap((member) => place.get(member) ?? []),
  }));
  const own = options.flatMap((option) => prepared.options[option] ?? []);
  const values = own.map(({ candidate }) => candidate.value);
  return {
    ...prepared,
    options: own,
    crewPlan: createCrewPlan(own, values, prepared.travel),
    minutes: Float64Array.from(options, (option) => prepared.minutes[option] ?? 0),
    greedy: [],
    packing: {
      values: Float64Array.from(options, (option) => prepared.packing.values[option] ?? 0),
      rows: rows.filter(({ members }) => members.length > 0),
    },
  };
}
