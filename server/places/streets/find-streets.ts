import { checkGraph } from "#core/places/streets/parts.ts";
import { schemas } from "#core/places/streets/source/schema.ts";
import type { StreetsResult } from "#core/places/wire/streets.ts";
import { FileFault } from "#core/table/file-fault.ts";
import { formatCount, formatQuantity } from "#core/text/numbers.ts";
import type { Config } from "#server/config.ts";
import { versionOf } from "#server/places/streets/kept-tiles.ts";
import { readStreets } from "#server/places/streets/streets.ts";

/** What the data folder has of streets. */
export type FoundStreets =
  | { readonly kind: "none" }
  | { readonly kind: "damaged"; readonly reason: string }
  | {
      readonly kind: "kept";
      readonly result: StreetsResult;
      readonly version: string;
      readonly source: string;
      readonly hash: string;
    };

export async function findStreets({
  dataFolder,
}: Pick<Config, "dataFolder">): Promise<FoundStreets> {
  try {
    const kept = await readStreets(dataFolder);
    if (kept === null) return { kind: "none" };
    const { minZoom, maxZoom, schema, source, bounds, attribution } = kept.words;
    const tiles =
      schema === null
        ? { tiles: null, bytes: null, minZoom: null, maxZoom: null }
        : { tiles: kept.places.size, bytes: kept.bytes, minZoom, maxZoom };
    return {
      kind: "kept",
      result: { ...checkGraph(kept.graph()), ...tiles, schema, bounds, attribution },
      version: versionOf(kept.tilesHash),
      source,
      hash: kept.hash,
    };
  } catch (error) {
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
