import { fillPlaces } from "#server/places/load.ts";
import type { OpenServices } from "#server/services.ts";

/** Brings a database to the state that serving needs: places, and the demonstration where asked. */
export async function prepareDatabase(
  services: OpenServices,
  say: (line: string) => void,
): Promise<void> {
  if (await fillPlaces(services.db)) say("Boundaries and place names are in.");
}
