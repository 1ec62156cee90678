import type { H3Cell } from "#core/geo/cell.ts";
import { type ShiftModes, variedWindows } from "#core/patrols/candidate.ts";
import { type ClosedTime, createClosedTime } from "#core/patrols/closed-time.ts";
import { createCrews } from "#core/patrols/crew.ts";
import type { Demand } from "#core/patrols/demand/demand.ts";
import { modesOf, type PlanFrame, planZones } from "#core/patrols/plan.ts";
import type { PatrolSettings } from "#core/patrols/settings.ts";
import { shiftOccurrences } from "#core/patrols/shift.ts";
import { type StreetNeeds, type WalkNeed, walkKey } from "#core/patrols/streets/street-times.ts";
import { createSurroundings } from "#core/patrols/streets/surroundings.ts";
import type { PatrolMode } from "#core/patrols/wire/plan.ts";
import type { Zone } from "#core/time/zone.ts";

/** What `planForDemand` will ask streets for, or a little more. */
export function streetNeeds(
  demand: Demand,
  input: PlanFrame,
  zone: Zone,
  settings: PatrolSettings,
): StreetNeeds {
  const { request, agreed, staffing } = input;
  const shifts = shiftOccurrences(zone, request, request.shifts);
  const crews = createCrews({ shifts, units: request.units, staffing, agreed }, settings);
  const shiftModes = shifts.map((shift) => ({ shift, modes: modesOf(crews, shift) }));
  const zones = planZones(demand, input, { zone, shifts, crews, settings });
  const closed = createClosedTime(input.closed);
  const walks = new Map<string, WalkNeed>();
  for (const own of zones) {
    for (const need of walksOf(own, shiftModes, { input, settings, closed })) {
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

function* walksOf(
  { zone, cells }: { readonly zone: H3Cell; readonly cells: readonly H3Cell[] },
  shifts: readonly ShiftModes[],
  given: {
    readonly input: PlanFrame;
    readonly settings: PatrolSettings;
    readonly closed: ClosedTime;
  },
): Generator<{ cells: readonly H3Cell[]; mode: PatrolMode; closed: readonly H3Cell[] }> {
  const { input, settings, closed } = given;
  const { closedDuring } = createSurroundings(zone, closed);
  const { earliest, latest, request } = input;
  for (const { shift, modes } of shifts) {
    if (modes.length === 0) continue;
    for (const { start, end } of variedWindows(zone, shift, {
      earliest,
      latest,
      seed: request.seed,
      settings,
    })) {
      const shut = closedDuring(start, end);
      for (const mode of modes) yield { cells, mode, closed: shut };
    }
  }
}

function endsOf(stops: readonly { readonly cell: H3Cell }[], zone: H3Cell): H3Cell[] {
  return [stops[0]?.cell ?? zone, stops.at(-1)?.cell ?? zone];
}
