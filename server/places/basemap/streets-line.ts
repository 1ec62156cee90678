import { schemaWords } from "#core/places/basemap/schema.ts";
import { sizeWords } from "#core/places/basemap/size-words.ts";
import type { Config } from "#server/config.ts";
import { ArchiveFault } from "#server/places/basemap/archive-fault.ts";
import { withArchive } from "#server/places/basemap/kept.ts";

const how = '"boxster basemap get" brings them';

/** Whether the maps have streets, and how they get them. */
export async function streetsLine(config: Pick<Config, "dataFolder" | "basemap">): Promise<string> {
  if (config.basemap === "none") {
    return "Streets: none wanted (BOXSTER_BASEMAP), the built-in map is shown";
  }
  try {
    const kept = await withArchive(config, async (held) => held.kept);
    if (kept === null) return `Streets: none, the built-in map is shown; ${how}`;
    const { schema, maxZoom, bytes } = kept.result;
    return `Streets: ${schemaWords[schema].label}, to zoom ${maxZoom}, ${sizeWords(bytes)}`;
  } catch (error) {
    if (!(error instanceof ArchiveFault)) throw error;
    return `Streets: the archive cannot be read, the built-in map is shown; ${how} again. ${error.message}`;
  }
}
