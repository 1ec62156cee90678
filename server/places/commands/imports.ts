import { describeBoundaries } from "#core/places/boundaries.ts";
import { gazetteerFormatLabels } from "#core/places/gazetteer/names.ts";
import { readGazetteer } from "#core/places/gazetteer/read-gazetteer.ts";
import { describeLayer } from "#core/places/layers/place-factors.ts";
import type { GazetteerResult } from "#core/places/wire/gazetteer.ts";
import { boundaryKinds } from "#core/places/wire/imports.ts";
import { factorKinds, longestLicence } from "#core/places/wire/layers.ts";
import { FileFault } from "#core/table/file-fault.ts";
import { formatCount } from "#core/text/numbers.ts";
import {
  type Command,
  type CommandContext,
  CommandError,
  type CommandResult,
  operatorAct,
  type ParsedArguments,
  UsageError,
} from "#server/cli/command.ts";
import { createProgressLines } from "#server/cli/progress.ts";
import { systemActor } from "#server/db/database.ts";
import { type FileImport, fileSource, newDecoder } from "#server/files/import-source.ts";
import { loadAreas } from "#server/places/areas.ts";
import { storeGazetteer } from "#server/places/gazetteer.ts";
import { importBoundaries } from "#server/places/import-boundaries.ts";
import { importLayer } from "#server/places/import-layer.ts";
import { importRegion } from "#server/places/ward-lookup.ts";
import { sentence } from "#server/problem.ts";

const oneFile = { positionals: [1, 1], files: [0] } as const;

export const importBoundariesCommand: Command = {
  ...oneFile,
  name: "import-boundaries",
  usage:
    "import-boundaries FILE --kind ward|lsoa|beat|borough [--code PROPERTY] [--name PROPERTY] [--dry-run]",
  summary: "Import wards, LSOAs, beats or boroughs from a GeoJSON file",
  options: {
    kind: { type: "string", summary: "ward, lsoa, beat or borough" },
    code: { type: "string", summary: "Property that holds the code (default: detected)" },
    name: { type: "string", summary: "Property that holds the name (default: detected)" },
    "dry-run": { type: "boolean", summary: "Show what would happen, without importing" },
  },
  audit: { verb: "collection", act: "import boundaries", purpose: "records" },
  run: async (context, args) => {
    const kind = boundaryKinds.find((one) => one === args.values["kind"]);
    if (!kind) throw new UsageError("--kind must be ward, lsoa, beat or borough.");
    const [code, name] = [wordOf(args, "code"), wordOf(args, "name")];
    return importing(context, args, describeBoundaries, (act, given) =>
      importBoundaries(act, { ...given, choices: { kind, code, name } }),
    );
  },
};

export const importLayerCommand: Command = {
  ...oneFile,
  name: "import-layer",
  usage:
    "import-layer FILE --kind lighting|alley|stop|late_venue [--label PROPERTY|none] [--licence LINE] [--dry-run]",
  summary: "Import street lights, alleys, stops or late venues from a GeoJSON file",
  options: {
    kind: { type: "string", summary: "lighting, alley, stop or late_venue" },
    label: { type: "string", summary: "Property that names a place, or none (default: detected)" },
    licence: { type: "string", summary: "Attribution the source asks for, shown on the map" },
    "dry-run": { type: "boolean", summary: "Show what would be imported, without importing" },
  },
  audit: { verb: "collection", act: "import a layer", purpose: "records" },
  run: async (context, args) => {
    const kind = factorKinds.find((one) => one === args.values["kind"]);
    if (!kind) throw new UsageError("--kind must be lighting, alley, stop or late_venue.");
    const [label, licence = ""] = [wordOf(args, "label"), wordOf(args, "licence")];
    if (licence.length > longestLicence) {
      throw new UsageError(`--licence is one line of at most ${longestLicence} characters.`);
    }
    return importing(context, args, describeLayer, (act, given) =>
      importLayer(act, { ...given, kind, label, licence: licence.trim() }),
    );
  },
};

export const importGazetteerCommand: Command = {
  ...oneFile,
  name: "import-gazetteer",
  usage: "import-gazetteer FILE",
  summary: "Import street and postcode names: OS Open Names, or a data.police.uk street file",
  options: {},
  audit: { verb: "collection", act: "import a gazetteer", purpose: "records" },
  run: async (context, args) =>
    importing(context, args, describeGazetteer, async (act, { source }) => {
      const region = importRegion(act.config, await act.db.transaction(systemActor, loadAreas));
      const say = createProgressLines(act.say, "rows");
      const { open, totalBytes, fileName } = source;
      const read = await readGazetteer({ open, newDecoder }, region, (bytes, count) => {
        act.signal.throwIfAborted();
        say({ count, bytes, totalBytes });
      });
      const { format, names, counts } = read;
      return storeGazetteer(act, { ...counts, fileName, format, names });
    }),
};

async function importing<Result>(
  context: CommandContext,
  { positionals, values }: ParsedArguments,
  describe: (result: Result) => readonly string[],
  work: (
    act: ReturnType<typeof operatorAct>,
    given: Pick<FileImport, "source" | "dryRun">,
  ) => Promise<Result>,
): Promise<CommandResult> {
  try {
    const source = await fileSource(positionals[0] ?? "");
    const dryRun = values["dry-run"] === true;
    const result = await work(operatorAct(context), { source, dryRun });
    return { json: result, text: describe(result) };
  } catch (cause) {
    if (cause instanceof FileFault) {
      throw new CommandError(`${sentence(cause)} Nothing was imported.`, { cause });
    }
    if (!context.signal.aborted) throw cause;
    throw new CommandError("The import was cancelled. Nothing was imported.", { cause });
  }
}

function wordOf({ values }: ParsedArguments, name: string): string | undefined {
  const value = values[name];
  return typeof value === "string" ? value : undefined;
}

function describeGazetteer(result: GazetteerResult): string[] {
  const { gazetteer, fileName, format, rows, streets, postcodes, outside, notKept } = result;
  return [
    `${fileName}, read as ${gazetteerFormatLabels[format]}: ${formatCount(rows)} rows, ${formatCount(streets)} streets and ${formatCount(postcodes)} postcodes kept, ${formatCount(outside)} outside the area, ${formatCount(notKept)} repeated or of other things (gazetteer ${gazetteer})`,
    "You can now import rows with a street or postcode: boxster import FILE --map street=COLUMN --map borough=COLUMN --map postcode=COLUMN",
    `To remove it: Records, Boundaries and places; or boxster do "DELETE /api/gazetteers/${gazetteer}"`,
  ];
}
