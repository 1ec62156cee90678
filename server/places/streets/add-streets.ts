import { buildGraph } from "#core/places/streets/build-graph.ts";
import { checkGraph, type StreetCheck } from "#core/places/streets/check-graph.ts";
import { readStreetFile } from "#core/places/streets/street-file.ts";
import type { Actor } from "#core/role.ts";
import { formatCount } from "#core/text/numbers.ts";
import type { ActServices } from "#server/acts/services.ts";
import { systemActor } from "#server/db/database.ts";
import type { ImportSource } from "#server/files/import-source.ts";
import { readWhole } from "#server/files/import-source.ts";
import { holdingFolder } from "#server/places/basemap/basemap-folder.ts";
import { withWayBack } from "#server/places/basemap/way-back.ts";
import { loadAreas } from "#server/places/queries/areas.ts";
import { keepStreets, streetsFile } from "#server/places/streets/keep-streets.ts";
import { importRegion } from "#server/places/ward-lookup.ts";

export interface AddedStreets extends StreetCheck {
  readonly outside: number;
  readonly notes: readonly string[];
}

/** Streets of a file take the place of those that were kept; all of it or nothing. */
export async function addStreets(
  { db, config, addDetail }: Pick<ActServices, "db" | "config" | "addDetail">,
  actor: Actor,
  request: {
    readonly source: ImportSource;
    readonly attribution: string | null;
    readonly signal: AbortSignal;
  },
): Promise<AddedStreets> {
  const region = importRegion(config, await db.transaction(systemActor, loadAreas));
  const { text, sha256, fileName } = await readWhole(request.source, request.signal);
  const { lines, outside, notes } = readStreetFile(text, region);
  const graph = buildGraph(lines);
  const check = checkGraph(graph);
  request.signal.throwIfAborted();
  const { attribution } = request;
  await holdingFolder(config, () =>
    withWayBack(streetsFile(config.dataFolder), () =>
      db.transaction(actor, async () => {
        addDetail({ segments: check.segments });
        await keepStreets(config.dataFolder, graph, {
          kind: "file",
          name: fileName,
          sha256,
          attribution,
        });
      }),
    ),
  );
  return { ...check, outside, notes: [...notes, ...islandNote(check)] };
}

/** Below this share of all kilometres, lines do not meet as streets do. */
const hangsTogether = 0.5;

function islandNote({ parts, largestShare }: StreetCheck): string[] {
  if (largestShare >= hangsTogether) return [];
  const share = (100 * largestShare).toFixed(1);
  return [
    `The streets lie in ${formatCount(parts)} parts that do not meet, and the largest has ${share}% of the length: most ways will not be found. Lines meet where they share a vertex; export them from a source that keeps junctions.`,
  ];
}
