import type { BasemapResult } from "#core/places/wire/basemap.ts";
import type { Actor } from "#core/role.ts";
import type { ActServices } from "#server/acts/notes.ts";
import { archivePath } from "#server/places/basemap/basemap-folder.ts";
import type { Draft } from "#server/places/basemap/write-area.ts";

export interface KeptArchive {
  readonly result: BasemapResult;
  readonly roads: Draft["roads"];
}

/** The archive takes its place in the transaction that writes the act's line: both, or neither. */
export async function keepDraft(
  { db, config, addDetail }: ActServices,
  actor: Actor,
  draft: Draft,
): Promise<KeptArchive> {
  const { result, roads, version } = draft;
  try {
    await db.transaction(actor, async () => {
      const { tiles, bytes, maxZoom, schema } = result;
      addDetail({ tiles, bytes, maxZoom, schema, version });
      await draft.keep(archivePath(config));
    });
    return { result, roads };
  } finally {
    await draft.drop();
  }
}
