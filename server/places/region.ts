import type { Region } from "#core/places/place.ts";
import { commandRegion } from "#core/places/region.ts";
import type { Area } from "#core/places/wire/places.ts";
import { Problem } from "#server/problem.ts";

/** Where events may lie; refused while the command has no boundary. */
export function importRegion(areas: readonly Area[]): Region {
  const region = commandRegion(areas);
  if (region) return region;
  throw new Problem(
    409,
    "No boundary yet",
    "The command's boroughs are not in the database, so no event can be placed. Start the server once, or load the demonstration.",
  );
}
