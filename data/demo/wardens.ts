import type { Duty } from "#core/patrols/wire/staffing.ts";
import { ownBoroughs } from "#core/places/command.ts";
import type { DemoPlaces } from "#data/demo/ground.ts";
import type { DemoWardens } from "#data/demo/model.ts";

/** Evenings of two weekends, from the as-at day on. */
const evenings = ["2021-11-26", "2021-11-27", "2021-12-03", "2021-12-04"];

/** Wardens of the first borough: two units. */
export function createWardens({ areas }: Pick<DemoPlaces, "areas">): DemoWardens {
  const [borough] = ownBoroughs(areas);
  return {
    name: `${borough?.name ?? "Council"} wardens`,
    areas: borough ? [borough.code] : [],
    kmh: 4,
    duties: evenings.flatMap((date) =>
      [1, 2].map((unit): Duty => ({ date, unit, hours: "18:00-23:00", mode: "foot" })),
    ),
  };
}
