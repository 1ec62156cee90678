import type { Region } from "#core/places/place.ts";
import type { Actor } from "#core/role.ts";
import type { ActServices } from "#server/acts/services.ts";
import { systemActor } from "#server/db/database.ts";
import { ArchiveFault } from "#server/places/basemap/archive-fault.ts";
import { holdingFolder } from "#server/places/basemap/basemap-folder.ts";
import { downloadArea } from "#server/places/basemap/download-area.ts";
import { type KeptArchive, keepDraft } from "#server/places/basemap/keep-draft.ts";
import { brokenOffFrom, dropPartial } from "#server/places/basemap/partial.ts";
import { archiveAddress, planetBuilds } from "#server/places/basemap/planet-builds.ts";
import { MissingArchive, shownAddress } from "#server/places/basemap/range-source.ts";
import type { TileArchive } from "#server/places/basemap/tile-archive.ts";
import { writeArea } from "#server/places/basemap/write-area.ts";
import { loadAreas } from "#server/places/queries/areas.ts";
import { importRegion } from "#server/places/ward-lookup.ts";

export interface GetWish {
  /** Null for the newest build of the planet. */
  readonly address: string | null;
  readonly maxZoom: number;
  /** As in `Download`. */
  readonly waits?: readonly number[];
}

type GetServices = ActServices & {
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
};

/** Keeps the area's tiles of an archive behind an address; all of them, or the archive from before. */
export async function getArchive(
  services: GetServices,
  actor: Actor,
  wish: GetWish,
): Promise<KeptArchive> {
  const { config, db, signal } = services;
  const area = importRegion(config, await db.transaction(systemActor, loadAreas));
  return holdingFolder(config, async (folder) => {
    const { archive, url } = await download(services, wish, { area, folder });
    try {
      const source = shownAddress(url);
      const draft = await writeArea(archive, { area, folder, source, signal }).catch(
        async (error: unknown) => {
          // What came is no good: going on with it would end here again.
          if (error instanceof ArchiveFault) await dropPartial(folder);
          throw error;
        },
      );
      const kept = await keepDraft(services, actor, draft);
      await dropPartial(folder);
      return kept;
    } finally {
      await archive.close();
    }
  });
}

/** Of several addresses the first that is there. */
async function download(
  { signal, say }: GetServices,
  { address, maxZoom, waits }: GetWish,
  place: { readonly area: Region; readonly folder: string },
): Promise<{ readonly archive: TileArchive; readonly url: URL }> {
  const urls =
    address === null
      ? planetBuilds(Date.now(), await brokenOffFrom(place.folder))
      : [archiveAddress(address)];
  let missing: MissingArchive | null = null;
  for (const url of urls) {
    try {
      const wish = { ...place, url, maxZoom, signal, say, ...(waits ? { waits } : {}) };
      return { archive: await downloadArea(wish), url };
    } catch (error) {
      if (!(error instanceof MissingArchive)) throw error;
      missing = error;
    }
  }
  throw missing ?? new RangeError("No address to ask");
}
