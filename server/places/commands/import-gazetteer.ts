import { gazetteerFormatLabels } from "#core/places/gazetteer/names.ts";
import type { GazetteerResult } from "#core/places/wire/gazetteer.ts";
import { FileFault } from "#core/table/file-fault.ts";
import { formatCount } from "#core/text/numbers.ts";
import {
  type Command,
  type CommandContext,
  CommandError,
  operatorActor,
  UsageError,
} from "#server/cli/command.ts";
import { systemActor } from "#server/db/database.ts";
import { fileSource } from "#server/files/import-source.ts";
import { readGazetteerFile, removeGazetteer, storeGazetteer } from "#server/places/gazetteer.ts";
import { loadAreas } from "#server/places/queries/areas.ts";
import { importRegion } from "#server/places/ward-lookup.ts";
import { sentence } from "#server/problem.ts";

export const importGazetteerCommand: Command = {
  name: "import-gazetteer",
  usage: "import-gazetteer FILE",
  summary: "Import street and postcode names: OS Open Names, or a data.police.uk street file",
  options: {},
  positionals: [1, 1],
  audit: { verb: "collection", act: "import a gazetteer", purpose: "records" },
  files: [0],
  run: async (context, { positionals }) => {
    try {
      const result = await importFile(context, positionals[0] ?? "");
      return { json: result, text: describe(result) };
    } catch (error) {
      if (error instanceof FileFault) {
        throw new CommandError(`${sentence(error)} Nothing was imported.`, { cause: error });
      }
      if (context.signal.aborted) {
        throw new CommandError("The import was cancelled. Nothing was imported.", { cause: error });
      }
      throw error;
    }
  },
};

export const removeGazetteerCommand: Command = {
  name: "remove-gazetteer",
  usage: "remove-gazetteer NUMBER",
  summary: "Remove a gazetteer; events located with it stay where they are",
  options: {},
  positionals: [1, 1],
  audit: { verb: "erasure", act: "remove a gazetteer", purpose: "records" },
  run: async (context, { positionals }) => {
    const word = positionals[0] ?? "";
    if (!/^\d{1,9}$/.test(word)) {
      throw new UsageError(
        `Give the number of the gazetteer, as import-gazetteer printed it, not "${word}".`,
      );
    }
    const result = await removeGazetteer(context, operatorActor(context.operator), Number(word));
    return {
      json: result,
      text: [`Gazetteer ${result.gazetteer} removed: ${formatCount(result.removed)} names.`],
    };
  },
};

async function importFile(context: CommandContext, path: string): Promise<GazetteerResult> {
  const actor = operatorActor(context.operator);
  const source = await fileSource(path);
  const region = importRegion(context.config, await context.db.transaction(systemActor, loadAreas));
  let saidAt = Date.now();
  const { format, names, counts } = await readGazetteerFile(
    source,
    region,
    context.signal,
    ({ rows, bytes, totalBytes }) => {
      if (Date.now() - saidAt < 2_000) return;
      saidAt = Date.now();
      const share = totalBytes ? ` (${Math.floor((100 * bytes) / totalBytes)}%)` : "";
      context.say(`${formatCount(rows)} rows${share}`);
    },
  );
  const { rows, outside } = counts;
  return storeGazetteer(context, actor, {
    fileName: source.fileName,
    format,
    rows,
    outside,
    names,
  });
}

function describe(result: GazetteerResult): string[] {
  const { gazetteer, fileName, format, rows, streets, postcodes, outside, notKept } = result;
  return [
    `${fileName}, read as ${gazetteerFormatLabels[format]}: ${formatCount(rows)} rows, ${formatCount(streets)} streets and ${formatCount(postcodes)} postcodes kept, ${formatCount(outside)} outside the area, ${formatCount(notKept)} repeated or of other things (gazetteer ${gazetteer})`,
    "You can now import rows with a street or postcode: boxster import FILE --map street=COLUMN --map borough=COLUMN --map postcode=COLUMN",
    `To remove it: boxster remove-gazetteer ${gazetteer}`,
  ];
}
