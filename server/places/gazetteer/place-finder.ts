import { createPlaceFinder, type PlaceFinder } from "#core/places/gazetteer/find-place.ts";
import type { Transaction } from "#server/db/database.ts";
import { loadMatchedNames } from "#server/places/queries/gazetteer.ts";

/** For a command, which reads the file in its own process. */
export async function loadPlaceFinder(tx: Transaction): Promise<PlaceFinder> {
  const names = await loadMatchedNames(tx);
  return createPlaceFinder(
    names.map(({ kind, name, cell, reach, borough, locality, district }) => ({
      kind,
      name,
      cell,
      reach,
      within: [borough, locality, district].filter((text) => text !== null),
    })),
  );
}
