import { rm, stat } from "node:fs/promises";
import type { Actor } from "#core/role.ts";
import type { ActServices } from "#server/acts/services.ts";
import { archivePath, holdingFolder } from "#server/places/basemap/basemap-folder.ts";
import { dropPartial } from "#server/places/basemap/partial.ts";
import { withWayBack } from "#server/places/basemap/way-back.ts";
import { isOfArchive, removeStreets, streetsFile } from "#server/places/streets/keep-streets.ts";

/** Takes the archive away with the street graph of its roads, and what is left of a download; whether there was an archive. */
export async function removeArchive(
  { db, config, addDetail }: ActServices,
  actor: Actor,
): Promise<boolean> {
  return holdingFolder(config, async (folder) => {
    const path = archivePath(config);
    const there = await stat(path).catch(() => null);
    const streets = streetsFile(config.dataFolder);
    const withStreets = await isOfArchive(config.dataFolder);
    await withWayBack(path, () =>
      withWayBack(streets, () =>
        db.transaction(actor, async () => {
          addDetail({ removed: there !== null });
          await rm(path, { force: true });
          if (withStreets) await removeStreets(config.dataFolder);
        }),
      ),
    );
    await dropPartial(folder);
    return there !== null;
  });
}
