import { checkGraph, type StreetCheck } from "#core/places/streets/parts.ts";
import { schemas } from "#core/places/streets/source/schema.ts";
import type { StreetsResult } from "#core/places/wire/streets.ts";
import { FileFault } from "#core/table/file-fault.ts";
import { formatCount, formatQuantity } from "#core/text/numbers.ts";
import type { Config } from "#server/config.ts";
import { ArchiveFault } from "#server/places/streets/archive/tile-archive.ts";
import { readStreets } from "#server/places/streets/graph-file.ts";
import { withArchive } from "#server/places/streets/kept-tiles.ts";
import { streetsFile } from "#server/places/streets/streets.ts";

/** What the data folder has of streets. */
export type FoundStreets =
  | { readonly kind: "none" }
  | { readonly kind: "damaged"; readonly reason: string }
  | {
      readonly kind: "kept";
      readonly result: StreetsResult & Pick<StreetCheck, "byClass">;
      /** Null of a graph without tiles. */
      readonly version: string | null;
      readonly source: string;
      /** SHA-256 of the graph's file. */
      readonly hash: string;
    };

export async function findStreets({
  dataFolder,
}: Pick<Config, "dataFolder">): Promise<FoundStreets> {
  try {
    const kept = await withArchive({ dataFolder }, async (held) => held.kept);
    const streets = await readStreets(streetsFile(dataFolder));
    if (streets === null) {
      return kept === null
        ? { kind: "none" }
        : { kind: "damaged", reason: "The graph of the streets is missing: bring them in again." };
    }
    const isMap = kept !== null && kept.schema !== null;
    const { minZoom = null, maxZoom = null } = isMap ? kept.shown : {};
    return {
      kind: "kept",
      result: {
        ...checkGraph(streets.graph),
        ...{ tiles: isMap ? kept.tiles : null, bytes: isMap ? kept.bytes : null },
        ...{ minZoom, maxZoom, schema: kept?.schema ?? null },
        bounds: kept?.shown.bounds ?? [0, 0, 0, 0],
        attribution: streets.source.attribution,
      },
      version: kept?.shown.version ?? null,
      source: streets.source.name,
      hash: streets.hash,
    };
  } catch (error) {
    if (error instanceof ArchiveFault) return { kind: "damaged", reason: error.message };
    if (!(error instanceof FileFault)) throw error;
    return { kind: "damaged", reason: `The streets cannot be read: ${error.message}.` };
  }
}

export const noStreets =
  'There are no streets: "boxster streets get" brings them where there is a network, "boxster streets add FILE" from a file.';

const how = '"boxster streets get" or "boxster streets add FILE" brings them';

/** One line on the streets of a server, and how it gets them. */
export async function streetsLine(config: Pick<Config, "dataFolder" | "basemap">): Promise<string> {
  const found = await findStreets(config);
  if (found.kind === "none") return `Streets: none, the built-in map is shown; ${how}`;
  if (found.kind === "damaged") {
    return `Streets: they cannot be read, the built-in map is shown; ${how} again. ${found.reason}`;
  }
  const { segments, named, schema } = found.result;
  const kind = schema === null ? "lines" : schemas[schema].label;
  const hidden = config.basemap === "none" ? "; no map shows them (BOXSTER_BASEMAP is none)" : "";
  return `Streets: ${found.source}, ${kind}, ${formatQuantity(segments, "segment")}, ${formatCount(named)} with a name${hidden}`;
}
