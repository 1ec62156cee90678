import { basename } from "node:path";
import type { Actor } from "#core/role.ts";
import { cleanFileName } from "#core/text/file-name.ts";
import type { ActServices } from "#server/acts/services.ts";
import { systemActor } from "#server/db/database.ts";
import { holdingFolder } from "#server/places/basemap/basemap-folder.ts";
import { type KeptArchive, keepDraft } from "#server/places/basemap/keep-draft.ts";
import { openArchive } from "#server/places/basemap/open-archive.ts";
import { writeArea } from "#server/places/basemap/write-area.ts";
import { loadAreas } from "#server/places/queries/areas.ts";
import { importRegion } from "#server/places/ward-lookup.ts";

/** Keeps the area's tiles of a file; all of them, or the archive from before. */
export async function addArchive(
  services: ActServices & { readonly signal: AbortSignal },
  actor: Actor,
  file: string,
): Promise<KeptArchive> {
  const { config, db, signal } = services;
  const area = importRegion(config, await db.transaction(systemActor, loadAreas));
  return holdingFolder(config, async (folder) => {
    const archive = await openArchive(file, { folder, signal });
    try {
      const source = cleanFileName(basename(file));
      const draft = await writeArea(archive, { area, folder, source, signal });
      return await keepDraft(services, actor, draft);
    } finally {
      await archive.close();
    }
  });
}
