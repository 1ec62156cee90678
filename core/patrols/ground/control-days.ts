import type { H3Cell } from "#core/geo/cell.ts";
import { createRandom } from "#core/random.ts";
import { balancedDays } from "#core/stats/dose-response.ts";
import { addDays } from "#core/time/zone.ts";

/** The busiest places that a week's draw takes: as many as two units can get round in a week. */
export const controlPlaces = 24;

export interface ControlDay {
  /** Resolution 9. */
  readonly zone: H3Cell;
  readonly day: string;
}

/**
 * Each place's weekdays without a patrol: equally many per place and, nearly, equally many places
 * per day, so that neither places nor weekdays make the difference (a balanced design; which place
 * has which day is chance).
 */
export function drawControlDays(given: {
  readonly zones: readonly H3Cell[];
  /** A Monday. */
  readonly week: string;
  readonly daysPerPlace: number;
  readonly seed: number;
}): ControlDay[] {
  const { zones, week, daysPerPlace, seed } = given;
  const random = createRandom(seed);
  const places = random.shuffle([...zones].sort());
  const days = random.shuffle(Array.from({ length: 7 }, (_, day) => addDays(week, day)));
  return places.flatMap((zone, index) =>
    balancedDays(index, daysPerPlace).map((day) => ({ zone, day: days[day] ?? week })),
  );
}
