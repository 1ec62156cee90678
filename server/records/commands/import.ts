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
import { command, flag } from "#server/cli/command.ts";
import { createProgressLines, orNothing } from "#server/cli/files.ts";
import { fileSource } from "#server/files/import-source.ts";
import type { ImportRequest } from "#server/records/import/import-setting.ts";
import { runImport } from "#server/records/import/run-import.ts";
import { profileNamed } from "#server/records/import/saved-profiles.ts";

/** Words of a list as the page sends them, too; a faulty one is named. */
const readBy =
  <Value>(parse: (words: readonly string[]) => Value) =>
  (words: readonly string[], { addIssue }: z.RefinementCtx): Value => {
    try {
      return parse(words);
    } catch (error) {
      if (!(error instanceof FileFault)) throw error;
      addIssue(error.reason);
      return z.NEVER;
    }
  };
const words = z.array(z.string()).default([]);

const given = z.object({
  ...importChoices,
  file: z.string(),
  profile: z.string().default("auto"),
  map: words.transform(readBy(parseColumnChoices)),
  word: words.transform(readBy(parseWordChoices)),
  sheet: z.string().nullable().default(null),
  "save-profile": importProfileName.nullable().default(null),
  "all-or-none": flag,
  "dry-run": flag,
});

export const importCommand = command({
  name: "import",
  takes:
    "FILE [--profile auto|NAME] [--map role=column]... [--kind KIND] [--source resident|partner|police] [--dates day-first|month-first] [--midnight as-written|unknown] [--word ROLE:WORD=ENTRY]... [--sheet NAME] [--save-profile NAME] [--all-or-none] [--dry-run]",
  summary:
    "Import events from a CSV, TSV, XLSX, Parquet, GeoJSON, GeoPackage, Shapefile (zip), FlatGeobuf or KML file",
  options: {
    profile:
      "police-uk-street, police-uk-stop-search, dft-collisions, plain or the name of a saved one; found from the header unless given",
    map: "Map a column to a role, as role=column; street, postcode and borough need a gazetteer",
    kind: "sighting, complaint, arrest or stop_search, for rows that do not say",
    source: "resident, partner or police, for rows that do not say",
    dates: "day-first or month-first, where no date of the file settles it",
    midnight: "as-written, or unknown: treat 00:00 as time unknown",
    word: "Meaning of a word in a column, such as category:noise=asb",
    "save-profile": "Save these settings under a name after a successful import",
    "all-or-none": "Import nothing unless every row is valid",
    sheet: "Which sheet of a workbook or layer of a file; the first that fits unless given",
    "dry-run": "Show what would be imported, without importing",
  },
  audit: { verb: "collection", act: "import a file", purpose: "records" },
  reads: given,
  run: async (act, said) => {
    const choices = await choicesOf(act, said);
    const say = createProgressLines(act.say, "rows");
    const result = await orNothing(act, async () =>
      runImport(act, {
        source: await fileSource(said.file),
        ...choices,
        sheet: said.sheet,
        dryRun: said["dry-run"],
        allOrNone: said["all-or-none"],
        signal: act.signal,
        onProgress: ({ rows, ...done }) => say({ count: rows, ...done }),
      }),
    );
    return {
      json: result,
      text: describeResult(result),
      exit: result.accepted + result.duplicates === 0 || result.refused !== null ? 1 : 0,
    };
  },
});

async function choicesOf(
  { db, actor }: Act,
  asked: z.infer<typeof given>,
): Promise<Pick<ImportRequest, "choices" | "savedProfile" | "saveAs">> {
  const { profile, kind, source, dates, midnight, map, word, "save-profile": saveAs } = asked;
  const said = {
    map,
    words: word,
    midnight,
    kind: kind ?? null,
    source: source ?? null,
    dates: dates ?? null,
  };
  const ready = (["auto", ...profileNames] as const).find((name) => name === profile);
  if (ready) return { choices: { profile: ready, ...said }, savedProfile: null, saveAs };
  const saved = await db.transaction(actor, (tx) => profileNamed(tx, profile), { beside: true });
  return { choices: choicesOfSaved(saved.reading, said), savedProfile: saved.name, saveAs };
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
  if (result.batch !== null) lines.push(`To undo: boxster undo ${result.batch}`);
  return lines;
}

const shownWords = 40;

function describeWords({ unknownWords }: ImportResult): string[] {
  if (unknownWords.length === 0) return [];
  const lines = unknownWords.slice(0, shownWords).map(({ role, column, word, rows }) => {
    const what = word === "" ? "(not shown: could describe a person)" : `"${word}"`;
    return `  ${role}, column ${column}: ${what}, ${formatQuantity(rows, "row")}`;
  });
  const more = unknownWords.length - shownWords;
  if (more > 0) lines.push(`  ... and ${more} more (--json lists them)`);
  return [
    "Unknown words; give their meaning with --word ROLE:WORD=ENTRY, or their rows stay refused:",
    ...lines,
  ];
}
