import { z } from "zod";
import { profileNames } from "#core/records/profile.ts";
import { choicesOfSaved } from "#core/records/saved-profile.ts";
import { type ImportResult, importChoices } from "#core/records/wire/import.ts";
import { importProfileName } from "#core/records/wire/import-profile.ts";
import { parseWordChoices } from "#core/records/word-choices.ts";
import { parseColumnChoices } from "#core/table/columns.ts";
import { FileFault } from "#core/table/file-fault.ts";
import { rowUnitWords } from "#core/table/row-unit.ts";
import { formatCount, formatQuantity } from "#core/text/numbers.ts";
import type { Act } from "#server/acts/services.ts";
import {
  type Command,
  type CommandContext,
  CommandError,
  operatorAct,
  type ParsedArguments,
  UsageError,
} from "#server/cli/command.ts";
import { createProgressLines } from "#server/cli/progress.ts";
import { fileSource } from "#server/files/import-source.ts";
import { sentence } from "#server/problem.ts";
import type { ImportRequest } from "#server/records/import/import-setting.ts";
import { runImport } from "#server/records/import/run-import.ts";
import { profileNamed } from "#server/records/import/saved-profiles.ts";

export const importCommand: Command = {
  name: "import",
  usage:
    "import FILE [--profile auto|NAME] [--map role=column]... [--kind KIND] [--source resident|partner|police] [--dates day-first|month-first] [--midnight as-written|unknown] [--word ROLE:WORD=ENTRY]... [--sheet NAME] [--save-profile NAME] [--all-or-none] [--dry-run]",
  summary: "Import events from a CSV, TSV, XLSX or GeoJSON file",
  options: {
    profile: {
      type: "string",
      summary:
        "police-uk-street, police-uk-stop-search, dft-collisions, plain or the name of a saved one; found from the header unless given",
    },
    map: {
      type: "string",
      multiple: true,
      summary:
        "Map a column to a role, as role=column; street, postcode and borough need a gazetteer",
    },
    kind: {
      type: "string",
      summary: "sighting, complaint, arrest or stop_search, for rows that do not say",
    },
    source: { type: "string", summary: "resident, partner or police, for rows that do not say" },
    dates: {
      type: "string",
      summary: "day-first or month-first, where no date of the file settles it",
    },
    midnight: { type: "string", summary: "as-written, or unknown: treat 00:00 as time unknown" },
    word: {
      type: "string",
      multiple: true,
      summary: "Meaning of a word in a column, such as category:noise=asb",
    },
    "save-profile": {
      type: "string",
      summary: "Save these settings under a name after a successful import",
    },
    "all-or-none": { type: "boolean", summary: "Import nothing unless every row is valid" },
    sheet: {
      type: "string",
      summary: "Which sheet of a workbook; the first that has a table unless given",
    },
    "dry-run": { type: "boolean", summary: "Show what would be imported, without importing" },
  },
  positionals: [1, 1],
  audit: { verb: "collection", act: "import a file", purpose: "records" },
  files: [0],
  run: async (context, args) => {
    const reading = await readChoices(operatorAct(context), args);
    const result = await importFile(context, args, reading);
    return {
      json: result,
      text: describeResult(result),
      exit: result.accepted + result.duplicates === 0 || result.refused !== null ? 1 : 0,
    };
  },
};

const givenChoices = z.strictObject({
  ...importChoices,
  profile: z.string().default("auto"),
  map: z.array(z.string()).default([]),
  word: z.array(z.string()).default([]),
  "save-profile": importProfileName.optional(),
});

async function readChoices(
  { db, actor }: Act,
  args: ParsedArguments,
): Promise<Pick<ImportRequest, "choices" | "savedProfile" | "saveAs">> {
  const { "dry-run": _, "all-or-none": __, sheet: ___, ...rest } = args.values;
  const given = givenChoices.safeParse(rest);
  if (!given.success) {
    const issue = given.error.issues[0];
    const name = String(issue?.path[0] ?? "");
    const option = `--${name} "${String(rest[name])}"`;
    if (issue?.code === "invalid_value") {
      throw new UsageError(`${option} is not known; it is one of ${issue.values.join(", ")}.`);
    }
    throw new UsageError(`${option}: ${issue?.message ?? "not understood."}`);
  }
  const { profile, kind, source, dates, midnight, map, word } = given.data;
  const said = {
    map: parsed("--map", () => parseColumnChoices(map)),
    words: parsed("--word", () => parseWordChoices(word)),
    kind: kind ?? null,
    source: source ?? null,
    dates: dates ?? null,
    midnight,
  };
  const saveAs = given.data["save-profile"] ?? null;
  const ready = (["auto", ...profileNames] as const).find((name) => name === profile);
  if (ready) return { choices: { profile: ready, ...said }, savedProfile: null, saveAs };
  const saved = await db.transaction(actor, (tx) => profileNamed(tx, profile), { beside: true });
  return { choices: choicesOfSaved(saved.reading, said), savedProfile: saved.name, saveAs };
}

function parsed<Value>(option: string, parse: () => Value): Value {
  try {
    return parse();
  } catch (error) {
    if (!(error instanceof FileFault)) throw error;
    throw new UsageError(`${option}: ${error.reason}.`, { cause: error });
  }
}

async function importFile(
  context: CommandContext,
  args: ParsedArguments,
  reading: Awaited<ReturnType<typeof readChoices>>,
): Promise<ImportResult> {
  const say = createProgressLines(context.say, "rows");
  try {
    return await runImport(operatorAct(context), {
      source: await fileSource(args.positionals[0] ?? ""),
      ...reading,
      sheet: typeof args.values["sheet"] === "string" ? args.values["sheet"] : null,
      dryRun: args.values["dry-run"] === true,
      allOrNone: args.values["all-or-none"] === true,
      signal: context.signal,
      onProgress: ({ rows, ...done }) => say({ count: rows, ...done }),
      onAge: context.say,
    });
  } catch (error) {
    if (error instanceof FileFault) {
      throw new CommandError(`${sentence(error)} Nothing was imported.`, { cause: error });
    }
    if (context.signal.aborted) {
      throw new CommandError("The import was cancelled. Nothing was imported.", { cause: error });
    }
    throw error;
  }
}

const shownErrors = 20;

function describeResult(result: ImportResult): string[] {
  const { rows, accepted, rejected, duplicates, errors } = result;
  const word = rowUnitWords[result.unit ?? "line"];
  const fate = result.batch === null ? "nothing was saved" : `batch ${result.batch}`;
  const lines = [
    `${result.fileName}, read as ${result.profile}: ${formatQuantity(rows, "row")}, ${formatCount(accepted)} accepted, ${formatCount(rejected)} rejected, ${formatQuantity(duplicates, "duplicate")} (${fate}${result.dryRun ? ", dry run" : ""}, ${result.seconds} s)`,
  ];
  for (const { column, reason } of result.blocked ?? []) {
    lines.push(`Excluded, because it looks personal: ${column} (${reason})`);
  }
  if (result.refused !== null) lines.push(`Nothing was stored: ${result.refused}`);
  lines.push(...result.notes, ...describeWords(result));
  for (const error of errors.slice(0, shownErrors)) {
    lines.push(`${word} ${error.row}, ${error.column || "row"} "${error.value}": ${error.reason}`);
  }
  if (rejected > shownErrors)
    lines.push(`... and ${formatCount(rejected - shownErrors)} more rejected rows`);
  lines.push(...describeDuplicates(result, word.toLowerCase()));
  if (result.batch !== null) lines.push(`To undo: boxster undo ${result.batch}`);
  return lines;
}

const shownWords = 40;

/** What nobody has said anything of yet, with how to say it. */
function describeWords({ unknownWords }: ImportResult): string[] {
  if (unknownWords.length === 0) return [];
  const lines = unknownWords.slice(0, shownWords).map(({ role, column, word, rows }) => {
    const what = word === "" ? "(not shown: could speak of a person)" : `"${word}"`;
    return `  ${role}, column ${column}: ${what}, ${formatQuantity(rows, "row")}`;
  });
  const more = unknownWords.length - shownWords;
  if (more > 0) lines.push(`  ... and ${more} more (--json lists them)`);
  return [
    "Unknown words; give their meaning with --word ROLE:WORD=ENTRY, or their rows stay refused:",
    ...lines,
  ];
}

const shownDuplicates = 40;

/** Lines of the file by the batch that had them; `--json` lists more, with why. */
function describeDuplicates({ duplicates, duplicateRows }: ImportResult, word: string): string[] {
  const byBatch = new Map<string, number[]>();
  for (const { row, batch, fileName } of duplicateRows.slice(0, shownDuplicates)) {
    const name = batch === null ? "earlier rows of this file" : `batch ${batch} "${fileName}"`;
    byBatch.set(name, [...(byBatch.get(name) ?? []), row]);
  }
  const lines = [...byBatch].map(
    ([name, rows]) =>
      `Duplicates of ${name}: ${rows.length === 1 ? word : `${word}s`} ${rows.join(", ")}`,
  );
  if (duplicates > shownDuplicates) {
    lines.push(
      `... and ${formatCount(duplicates - shownDuplicates)} more duplicates (--json lists them)`,
    );
  }
  return lines;
}
