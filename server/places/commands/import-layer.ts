import { factorKinds, type LayerResult, longestLicence } from "#core/places/wire/layers.ts";
import { FileFault } from "#core/table/file-fault.ts";
import { type Command, CommandError, operatorActor, UsageError } from "#server/cli/command.ts";
import { fileSource } from "#server/files/import-source.ts";
import { importLayer } from "#server/places/import-layer.ts";
import { sentence } from "#server/problem.ts";

export const importLayerCommand: Command = {
  name: "import-layer",
  usage:
    "import-layer FILE --kind lighting|alley|stop|late_venue [--label PROPERTY|none] [--licence LINE] [--dry-run]",
  summary: "Import street lights, alleys, stops or late venues from a GeoJSON file",
  options: {
    kind: { type: "string", summary: "lighting, alley, stop or late_venue" },
    label: {
      type: "string",
      summary: "Property that names a place, or none (default: detected)",
    },
    licence: { type: "string", summary: "Attribution the source asks for, shown on the map" },
    "dry-run": { type: "boolean", summary: "Show what would be imported, without importing" },
  },
  positionals: [1, 1],
  audit: { verb: "collection", act: "import a layer", purpose: "records" },
  files: [0],
  run: async (context, { positionals, values }) => {
    const kind = factorKinds.find((one) => one === values["kind"]);
    if (!kind) throw new UsageError("--kind must be lighting, alley, stop or late_venue.");
    const { label, licence = "" } = values;
    if (typeof licence !== "string" || licence.length > longestLicence) {
      throw new UsageError(`--licence is one line of at most ${longestLicence} characters.`);
    }
    try {
      const result = await importLayer(context, {
        actor: operatorActor(context.operator),
        source: await fileSource(positionals[0] ?? ""),
        kind,
        ...(typeof label === "string" ? { label } : {}),
        licence: licence.trim(),
        dryRun: values["dry-run"] === true,
        signal: context.signal,
      });
      return { json: result, text: describe(result) };
    } catch (error) {
      if (!(error instanceof FileFault)) throw error;
      throw new CommandError(`${sentence(error)} Nothing was imported.`, { cause: error });
    }
  },
};

function describe(result: LayerResult): string[] {
  const { features, kept, outside, dryRun, labelProperty, labelled, repaired, layer } = result;
  return [
    `${features} places read, ${kept} ${dryRun ? "would be saved" : `kept as layer ${layer}`}, ${outside} further than 500 m from the command.`,
    labelProperty === null
      ? "No names are saved."
      : `${labelled} with a name, from "${labelProperty}".`,
    ...(repaired > 0 ? [`${repaired} whose lines crossed were put right.`] : []),
    ...result.notes,
  ];
}
