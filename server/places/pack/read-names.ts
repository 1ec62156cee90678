import { readGazetteer } from "#core/places/gazetteer/read-gazetteer.ts";
import { type NamedPlace, readNamesFile } from "#core/places/pack/names-file.ts";
import type { Region } from "#core/places/place.ts";
import { linesOf } from "#core/text/lines.ts";
import { formatQuantity } from "#core/text/numbers.ts";
import { fileSource, newDecoder, readWhole } from "#server/files/import-source.ts";
import { inFile } from "#server/places/pack/pack-fault.ts";

export interface ReadNames {
  readonly places: readonly NamedPlace[];
  readonly notes: readonly string[];
}

/** Names of a CSV with places, else of a gazetteer as `import-gazetteer` reads it. Throws a `FileFault` with the file's name. */
export function readNames(path: string, region: Region, signal: AbortSignal): Promise<ReadNames> {
  return inFile(path, async () => {
    const source = await fileSource(path);
    const file = readNamesFile((await readWhole(source, signal)).text, region);
    if (file === null) {
      const { open } = source;
      const read = await readGazetteer({ open, newDecoder }, region, () => signal.throwIfAborted());
      return {
        places: read.names.flatMap(({ kind, name, at }) =>
          kind === "street" ? [{ kind, name, at }] : [],
        ),
        notes: linesOf(leftOut(read.counts.unreadable, "have no place that can be read")),
      };
    }
    const { places, placeless, firstPlaceless, outside, unfit } = file;
    const from = `from line ${String(firstPlaceless)} on`;
    return {
      places,
      notes: linesOf(
        leftOut(placeless, `have no longitude and latitude that can be read, ${from}`),
        leftOut(outside, `lie outside ${region.name}`),
        leftOut(
          unfit,
          "are empty, too long, of a person, or of another kind than station, neighbourhood and street",
        ),
      ),
    };
  });
}

function leftOut(count: number, what: string): string | false {
  return count > 0 && `${formatQuantity(count, "name")} left out that ${what}.`;
}
