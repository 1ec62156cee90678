import { rm, stat } from "node:fs/promises";
import type { Actor } from "#core/role.ts";
import type { ActServices } from "#server/acts/notes.ts";
import { archivePath, holdingFolder } from "#server/places/basemap/basemap-folder.ts";
import { dropPartial } from "#server/places/basemap/partial.ts";
import { withWayBack } from "#server/places/basemap/way-back.ts";

/** Takes the archive away, and what is left of a download; whether there was an archive. */
export async function removeArchive(
  { db, config, addDetail }: ActServices,
  actor: Actor,
): Promise<boolean> {
  return holdingFolder(config, async (folder) => {
    const path = archivePath(config);
    const there = await stat(path).catch(() => null);
    await withWayBack(path, () =>
      db.transaction(actor, async () => {
        addDetail({ removed: there !== null });
        await rm(path, { force: true });
      }),
    );
    await dropPartial(folder);
    return there !== null;
  });
}
