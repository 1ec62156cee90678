import { z } from "zod";
import { describeBoundaries } from "#core/places/boundaries.ts";
import { gazetteerFormatLabels } from "#core/places/gazetteer/names.ts";
import { readGazetteer } from "#core/places/gazetteer/read-gazetteer.ts";
import { describeLayer } from "#core/places/layers/place-factors.ts";
import type { GazetteerResult } from "#core/places/wire/gazetteer.ts";
import { boundaryKinds } from "#core/places/wire/imports.ts";
import { factorKinds, longestLicence } from "#core/places/wire/layers.ts";
import { formatCount } from "#core/text/numbers.ts";
import { type CommandAct, type CommandResult, command, flag } from "#server/cli/command.ts";
import { createProgressLines, orNothing } from "#server/cli/files.ts";
import { systemActor } from "#server/db/database.ts";
import { fileSource, type ImportSource, newDecoder } from "#server/files/import-source.ts";
import { loadAreas } from "#server/places/areas.ts";
import { storeGazetteer } from "#server/places/gazetteer.ts";
import { importBoundaries } from "#server/places/import-boundaries.ts";
import { importLayer } from "#server/places/import-layer.ts";
import { importRegion } from "#server/places/ward-lookup.ts";

export const importBoundariesCommand = command({
  name: "import-boundaries",
  takes:
    "FILE --kind ward|lsoa|beat|borough [--layer NAME] [--code PROPERTY] [--name PROPERTY] [--dry-run]",
  summary:
    "Import wards, LSOAs, beats or boroughs from a GeoJSON, GeoPackage, Shapefile (zip), FlatGeobuf, GeoParquet or KML file",
  options: {
    kind: "ward, lsoa, beat or borough",
    layer: "Layer of a GeoPackage or a Shapefile with several",
    code: "Property that holds the code (default: detected)",
    name: "Property that holds the name (default: detected)",
    "dry-run": "Show what would happen, without importing",
  },
  audit: { verb: "collection", act: "import boundaries", purpose: "records" },
  reads: z.object({
    file: z.string(),
    kind: z.enum(boundaryKinds),
    layer: z.string().optional(),
    code: z.string().optional(),
    name: z.string().optional(),
    "dry-run": flag,
  }),
  run: (act, { file, "dry-run": dryRun, ...choices }) =>
    importing(act, file, describeBoundaries, (source) =>
      importBoundaries(act, { source, dryRun, choices }),
    ),
});

export const importLayerCommand = command({
  name: "import-layer",
  takes:
    "FILE --kind lighting|alley|stop|late_venue [--label PROPERTY|none] [--licence LINE] [--dry-run]",
  summary:
    "Import street lights, alleys, stops or late venues from a GeoJSON, GeoPackage, Shapefile (zip), FlatGeobuf, GeoParquet or KML file",
  options: {
    kind: "lighting, alley, stop or late_venue",
    label: "Property that names a place, or none (default: detected)",
    licence: "Attribution the source asks for, shown on the map",
    "dry-run": "Show what would be imported, without importing",
  },
  audit: { verb: "collection", act: "import a layer", purpose: "records" },
  reads: z.object({
    file: z.string(),
    kind: z.enum(factorKinds),
    label: z.string().optional(),
    licence: z
      .string()
      .trim()
      .max(longestLicence, `one line of at most ${longestLicence} characters`)
      .default(""),
    "dry-run": flag,
  }),
  run: (act, { file, "dry-run": dryRun, ...given }) =>
    importing(act, file, describeLayer, (source) => importLayer(act, { source, dryRun, ...given })),
});

export const importGazetteerCommand = command({
  name: "import-gazetteer",
  takes: "FILE",
  summary: "Import street and postcode names: OS Open Names, or a data.police.uk street file",
  audit: { verb: "collection", act: "import a gazetteer", purpose: "records" },
  reads: z.object({ file: z.string() }),
  run: (act, { file }) =>
    importing(act, file, describeGazetteer, async ({ open, totalBytes, fileName }) => {
      const region = importRegion(act.config, await act.db.transaction(systemActor, loadAreas));
      const say = createProgressLines(act.say, "rows");
      const read = await readGazetteer({ open, newDecoder }, region, (bytes, count) => {
        act.signal.throwIfAborted();
        say({ count, bytes, totalBytes });
      });
      const { format, names, counts } = read;
      return storeGazetteer(act, { ...counts, fileName, format, names });
    }),
});

async function importing<Result>(
  act: CommandAct,
  file: string,
  describe: (result: Result) => readonly string[],
  work: (source: ImportSource) => Promise<Result>,
): Promise<CommandResult> {
  const result = await orNothing(act, async () => work(await fileSource(file)));
  return { json: result, text: describe(result) };
}

function describeGazetteer(result: GazetteerResult): string[] {
  const { gazetteer, fileName, format, rows, streets, postcodes, outside, notKept } = result;
  return [
    `${fileName}, read as ${gazetteerFormatLabels[format]}: ${formatCount(rows)} rows, ${formatCount(streets)} streets and ${formatCount(postcodes)} postcodes kept, ${formatCount(outside)} outside the area, ${formatCount(notKept)} repeated or of other things (gazetteer ${gazetteer})`,
    "You can now import rows with a street or postcode: boxster import FILE --map street=COLUMN --map borough=COLUMN --map postcode=COLUMN",
    `To remove it: Records, Boundaries and places; or boxster do "DELETE /api/gazetteers/${gazetteer}"`,
  ];
}
