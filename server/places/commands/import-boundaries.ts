import { describeBoundaries } from "#core/places/boundaries.ts";
import { boundaryKinds } from "#core/places/wire/boundaries.ts";
import { FileFault } from "#core/table/file-fault.ts";
import { type Command, CommandError, operatorActor, UsageError } from "#server/cli/command.ts";
import { fileSource } from "#server/files/import-source.ts";
import { importBoundaries } from "#server/places/import-boundaries.ts";
import { sentence } from "#server/problem.ts";

export const importBoundariesCommand: Command = {
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
  positionals: [1, 1],
  audit: { verb: "collection", act: "import boundaries", purpose: "records" },
  files: [0],
  run: async (context, { positionals, values }) => {
    const kind = boundaryKinds.find((one) => one === values["kind"]);
    if (!kind) throw new UsageError("--kind must be ward, lsoa, beat or borough.");
    const { code, name } = values;
    try {
      const result = await importBoundaries(context, {
        actor: operatorActor(context.operator),
        source: await fileSource(positionals[0] ?? ""),
        choices: {
          kind,
          ...(typeof code === "string" ? { code } : {}),
          ...(typeof name === "string" ? { name } : {}),
        },
        dryRun: values["dry-run"] === true,
        signal: context.signal,
      });
      return { json: result, text: describeBoundaries(result) };
    } catch (error) {
      if (!(error instanceof FileFault)) throw error;
      throw new CommandError(`${sentence(error)} Nothing was imported.`, { cause: error });
    }
  },
};
