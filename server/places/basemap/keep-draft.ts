import { checkGraph } from "#core/places/streets/check-graph.ts";
import { graphOfTiles } from "#core/places/streets/tile-graph.ts";
import type { BasemapResult } from "#core/places/wire/basemap.ts";
import type { Actor } from "#core/role.ts";
import type { ActServices } from "#server/acts/services.ts";
import { archivePath } from "#server/places/basemap/basemap-folder.ts";
import { withWayBack } from "#server/places/basemap/way-back.ts";
import type { Draft } from "#server/places/basemap/write-area.ts";
import { keepStreets, streetsFile } from "#server/places/streets/keep-streets.ts";

export interface KeptArchive {
  readonly result: BasemapResult;
  readonly roads: { readonly lines: number; readonly named: number };
}

/** The archive and the street graph of its roads take their places in the transaction that writes the act's line: all, or none. */
export async function keepDraft(
  { db, config, addDetail }: ActServices,
  actor: Actor,
  draft: Draft,
): Promise<KeptArchive> {
  const { result, lines, version, hash, source } = draft;
  try {
    const graph = graphOfTiles(lines, result.maxZoom);
    const { segments, km } = checkGraph(graph);
    const path = archivePath(config);
    const keep = async () => {
      const { tiles, bytes, maxZoom, schema, attribution } = result;
      addDetail({ tiles, bytes, maxZoom, schema, version, segments });
      await draft.keep(path);
      await keepStreets(config.dataFolder, graph, {
        kind: "archive",
        name: source,
        sha256: hash,
        attribution,
      });
    };
    await withWayBack(path, () =>
      withWayBack(streetsFile(config.dataFolder), () => db.transaction(actor, keep)),
    );
    const named = lines.filter(({ name }) => name !== null).length;
    return {
      result: { ...result, streets: { segments, km } },
      roads: { lines: lines.length, named },
    };
  } finally {
    await draft.drop();
  }
}
