import { openDbf } from "#core/table/features/dbf.ts";
import {
  chooseLayer,
  type FeatureLayer,
  isFull,
  type LayerFeature,
  type LayerRequest,
} from "#core/table/features/feature-layer.ts";
import { createOctets, takeOctets } from "#core/table/features/octets.ts";
import { openSystem } from "#core/table/features/point-system.ts";
import { nextShape, readShpHead } from "#core/table/features/shp.ts";
import { FileFault } from "#core/table/file-fault.ts";
import type { NewDecoder } from "#core/table/text-reader.ts";
import { type SizedSource, unzip, type ZipEntry } from "#core/table/xlsx/zip.ts";

const mostLayers = 100;
const longestText = 100_000;

/** Entries of one Shapefile: the same path with other endings. */
interface Parts {
  readonly name: string;
  readonly type: string;
  readonly part: (ending: string) => ZipEntry | null;
  readonly shp: ZipEntry;
}

/**
 * A Shapefile in a zip (Esri, "Shapefile Technical Description", 1998): shapes and rows lie in two files and are read side by
 * side, in pieces. Without a .prj nobody knows what its numbers are, so that it is refused.
 */
export async function openShapefile(
  source: SizedSource,
  entries: readonly ZipEntry[],
  newDecoder: NewDecoder,
  request: LayerRequest,
): Promise<FeatureLayer> {
  const octetsOf = (entry: ZipEntry) => createOctets(bytesOf(source, entry));
  const found = entries.filter(({ name }) => /\.shp$/i.test(name) && isOwn(name));
  const layers = await Promise.all(
    found.slice(0, mostLayers).map(async (shp): Promise<Parts> => {
      const base = shp.name.slice(0, -3).toLowerCase();
      const octets = octetsOf(shp);
      const { type } = readShpHead(await takeOctets(octets, 100));
      await octets.close();
      return {
        type,
        shp,
        name: shp.name.slice(shp.name.lastIndexOf("/") + 1, -4),
        part: (ending) => entries.find((one) => one.name.toLowerCase() === base + ending) ?? null,
      };
    }),
  );
  const { chosen, fit } = chooseLayer(layers, request);
  const textOf = async (entry: ZipEntry) => {
    if (entry.size > longestText) throw new RangeError("Too long for a name of a system");
    return newDecoder("utf-8").decode(await takeOctets(octetsOf(entry), entry.size));
  };
  const needed = (ending: string, why: string): ZipEntry => {
    const entry = chosen.part(ending);
    if (entry) return entry;
    throw new FileFault(
      `the Shapefile "${chosen.name}" has no .${ending} file, which ${why}; put it into the same zip`,
    );
  };
  const dbf = needed("dbf", "holds its columns");
  const system = await openSystem({
    wkt: await textOf(needed("prj", "says what its coordinates are")),
  });
  const codePage = chosen.part("cpg");
  const openRows = async () =>
    openDbf(octetsOf(dbf), newDecoder, codePage && (await textOf(codePage)));
  const { names, close } = await openRows();
  await close();
  return {
    format: "shapefile",
    names,
    system,
    layers: fit.map(({ name }) => name),
    layer: chosen.name,
    size: dbf.size + chosen.shp.size,
    pieces: async function* () {
      const shapes = octetsOf(chosen.shp);
      readShpHead(await takeOctets(shapes, 100));
      const rows = await openRows();
      let features: LayerFeature[] = [];
      let from = 0;
      for (let number = 1; ; number += 1) {
        const values = await rows.next();
        if (values === null) break;
        const shape = await nextShape(shapes, number);
        if (values === "deleted") continue;
        features.push({ values, shape });
        const bytes = rows.done() + shapes.done();
        if (!isFull(features, bytes - from)) continue;
        yield { features, bytes };
        [features, from] = [[], bytes];
      }
      // To the end, so that its checksum is looked at, too.
      if (await shapes.has(1)) throw new RangeError("More shapes than rows");
      yield { features, bytes: rows.done() + shapes.done() };
    },
  };
}

/** Not what a Mac writes beside each file. */
const isOwn = (name: string) => !/(?:^|\/)(?:__MACOSX\/|\._)/.test(name);

async function* bytesOf(source: SizedSource, entry: ZipEntry): AsyncIterable<Uint8Array> {
  for await (const { bytes } of unzip(source, entry)) yield bytes;
}
