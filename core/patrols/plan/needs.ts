import type { H3Cell } from "#core/geo/cell.ts";
import { gaitsOf, type ShiftModes, variedWindows } from "#core/patrols/candidates/candidate.ts";
import type { Demand } from "#core/patrols/demand/demand.ts";
import { createCrews } from "#core/patrols/duty/crew.ts";
import type { PatrolSettings } from "#core/patrols/ground/settings.ts";
import { isOfSquad } from "#core/patrols/ground/squad.ts";
import { type StreetNeeds, type WalkNeed, walkKey } from "#core/patrols/ground/street-times.ts";
import type { PlanFrame } from "#core/patrols/plan/plan.ts";
import {
  type PlanGround,
  shiftModes,
  unitsIn,
  watchedEdges,
  zonesFor,
} from "#core/patrols/plan/plan-ground.ts";
import { zonesPerEdge } from "#core/patrols/plan/watch.ts";
import { createSurroundings } from "#core/patrols/walk/surroundings.ts";

/** At least what `planForDemand` will ask streets for. */
export function streetNeeds(
  demand: Demand,
  input: PlanFrame,
  ground: PlanGround,
  settings: PatrolSettings,
): StreetNeeds {
  const { request, agreed, staffing } = input;
  const { shifts } = ground;
  const crews = createCrews({ shifts, units: request.units, staffing, agreed }, settings);
  const modesOf = shifts.map((shift) => shiftModes(crews, shift));
  // Watch windows use existing units and add none.
  const units = Math.max(0, ...shifts.map((shift) => unitsIn(crews, shift)));
  const zones = [
    ...watchedEdges(input.watch, demand).flatMap((edge) => edge.zones.slice(0, zonesPerEdge)),
    ...zonesFor(ground, units, settings),
  ];
  const walks = new Map<string, WalkNeed>();
  for (const own of zones) {
    for (const need of walksOf(own, modesOf, { input, settings, ground })) {
      walks.set(walkKey(need), need);
    }
  }
  const ends = crews.flatMap(({ busy }) =>
    busy.flatMap(({ stops, zone: at }) => endsOf(stops, at)),
  );
  const cells = [...new Set([...zones.flatMap((own) => own.cells), ...ends])];
  const modes = [...new Set(crews.map(({ mode }) => mode))];
  return { places: modes.map((mode) => ({ mode, cells })), walks: [...walks.values()] };
}

function walksOf(
  { zone, cells }: { readonly zone: H3Cell; readonly cells: readonly H3Cell[] },
  shifts: readonly ShiftModes[],
  given: {
    readonly input: PlanFrame;
    readonly settings: PatrolSettings;
    readonly ground: PlanGround;
  },
): WalkNeed[] {
  const { settings, ground } = given;
  const { earliest, latest, request } = given.input;
  const { closedDuring } = createSurroundings(zone, ground.closed);
  const needs: WalkNeed[] = [];
  const seen = new Map<string, Set<readonly H3Cell[]>>();
  for (const one of shifts) {
    const { shift } = one;
    const gaits = gaitsOf(one);
    if (gaits.length === 0) continue;
    const given = { earliest, latest, seed: request.seed, settings };
    for (const { start, end } of variedWindows(zone, shift, given)) {
      const closed = closedDuring(start, end);
      for (const { mode, squad } of gaits) {
        const key = `${mode} ${squad?.number ?? ""}`;
        const lists = seen.get(key) ?? new Set();
        if (lists.has(closed)) continue;
        needs.push({ cells: cells.filter((cell) => isOfSquad(squad, cell)), mode, closed });
        seen.set(key, lists.add(closed));
      }
    }
  }
  return needs;
}

function endsOf(stops: readonly { readonly cell: H3Cell }[], zone: H3Cell): H3Cell[] {
  return [stops[0]?.cell ?? zone, stops.at(-1)?.cell ?? zone];
}
