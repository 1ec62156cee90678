import type { NamedPlace } from "#core/places/pack/names-file.ts";
import { readNamesFile } from "#core/places/pack/names-file.ts";
import type { Region } from "#core/places/place.ts";
import { formatQuantity } from "#core/text/numbers.ts";
import { fileSource, readWhole } from "#server/files/import-source.ts";
import { readGazetteerFile } from "#server/places/gazetteer.ts";
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
    if (file === null) return readGazetteer(path, region, signal);
    const { places, placeless, firstPlaceless, outside, unfit } = file;
    return {
      places,
      notes: [
        ...counted(
          placeless,
          `have no longitude and latitude that can be read, from line ${firstPlaceless ?? 0} on`,
        ),
        ...counted(outside, `lie outside ${region.name}`),
        ...counted(
          unfit,
          "are empty, too long, of a person, or of another kind than station, neighbourhood and street",
        ),
      ],
    };
  });
}

async function readGazetteer(
  path: string,
  region: Region,
  signal: AbortSignal,
): Promise<ReadNames> {
  const { names, counts } = await readGazetteerFile(
    await fileSource(path),
    region,
    signal,
    () => undefined,
  );
  const streets = names.filter(({ kind }) => kind === "street");
  return {
    places: streets.map(({ name, at }) => ({ kind: "street", name, at })),
    notes: counted(counts.unreadable, "have no place that can be read"),
  };
}

function counted(count: number, what: string): string[] {
  return count === 0 ? [] : [`${formatQuantity(count, "name")} left out that ${what}.`];
}
