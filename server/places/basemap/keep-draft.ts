import type { BasemapResult } from "#core/places/wire/basemap.ts";
import type { Actor } from "#core/role.ts";
import type { ActServices } from "#server/acts/notes.ts";
import { archivePath } from "#server/places/basemap/basemap-folder.ts";
import { withWayBack } from "#server/places/basemap/way-back.ts";
import type { Draft } from "#server/places/basemap/write-area.ts";

export interface KeptArchive {
  readonly result: BasemapResult;
  readonly roads: { readonly lines: number; readonly named: number };
}

/** The archive takes its place in the transaction that writes the act's line: both, or neither. */
export async function keepDraft(
  { db, config, addDetail }: ActServices,
  actor: Actor,
  draft: Draft,
): Promise<KeptArchive> {
  const { result, lines, version } = draft;
  try {
    const path = archivePath(config);
    await withWayBack(path, () =>
      db.transaction(actor, async () => {
        const { tiles, bytes, maxZoom, schema } = result;
        addDetail({ tiles, bytes, maxZoom, schema, version });
        await draft.keep(path);
      }),
    );
    // The graph of `lines` (core/places/streets) is to be made before, kept beside in the same transaction, and counted in
    // `result.streets`, which is null until then.
    const named = lines.filter(({ name }) => name !== null).length;
    return { result, roads: { lines: lines.length, named } };
  } finally {
    await draft.drop();
  }
}
