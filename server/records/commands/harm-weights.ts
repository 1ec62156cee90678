import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { harmNames, tableName } from "#core/records/harm.ts";
import { harmHeadings, readHarmTable } from "#core/records/harm-table.ts";
import type { HarmTable } from "#core/records/wire/harm-weights.ts";
import { harmTableBody } from "#core/records/wire/save-harm-weights.ts";
import { FileFault } from "#core/table/file-fault.ts";
import type { Act } from "#server/acts/services.ts";
import {
  type Command,
  CommandError,
  type CommandResult,
  faultyOption,
  operatorAct,
  type ParsedArguments,
  UsageError,
} from "#server/cli/command.ts";
import { sentence } from "#server/problem.ts";
import { noSuchVersion, readHarmTables, saveHarmTable } from "#server/records/harm-weights.ts";

const usage =
  "harm-weights list | show [--version N] | import FILE.csv --source WORDS [--name NAME]";

/** The team's table of harm weights: nothing is built in, and no weight is kept without its source. */
export const harmWeightsCommand: Command = {
  name: "harm-weights",
  usage,
  summary: "List, show or import harm weights with their source",
  options: {
    source: {
      type: "string",
      summary: "with import: the publication, its year and where to find it",
    },
    name: { type: "string", summary: "with import: name of the table (default: the file’s)" },
    version: { type: "string", summary: "with show: a version (default: the one in use)" },
  },
  positionals: [1, 2],
  files: [1],
  audit: { verb: "alteration", act: "save harm weights", purpose: "assessment" },
  moreHelp: () => [
    `The CSV needs the columns ${harmHeadings.join(",")}. It is imported whole or not at all.`,
    `Names: ${harmNames.join(", ")}. A category overrides its kind; leave out what has no weight.`,
    "Each import is a new version, and is in use from then on. Older versions stay.",
  ],
  run: async (context, args) => {
    const act = operatorAct(context);
    const [word = "", file] = args.positionals;
    if (word === "import" && file !== undefined) return importTable(act, file, args.values);
    if (file !== undefined || !["list", "show"].includes(word)) throw new UsageError(usage);
    act.restate({ verb: "consultation", act: "read harm weights" });
    return word === "list" ? list(act) : show(act, args.values["version"]);
  },
};

async function importTable(
  act: Act,
  file: string,
  values: ParsedArguments["values"],
): Promise<CommandResult> {
  const { weights, faults } = readTable(await readText(file));
  if (faults.length > 0) throw new CommandError(faultText(faults));
  if (weights.length === 0) {
    throw new CommandError("There are no weights below the headings. Nothing was saved.");
  }
  const name = values["name"] ?? basename(file).replace(/\.csv$/iu, "");
  const parsed = harmTableBody.safeParse({ name, source: values["source"], weights });
  if (!parsed.success) {
    throw new UsageError(faultyOption({ ...values, name }, parsed.error.issues));
  }
  const version = await saveHarmTable(act, parsed.data);
  const text = [`${tableName({ ...parsed.data, version })} saved, and in use.`];
  return { json: { version, ...parsed.data }, text };
}

async function list(act: Act): Promise<CommandResult> {
  const versions = await read(act);
  const lines = versions.map(
    (table, at) =>
      `${table.version}  ${table.name}${at === 0 ? " (in use)" : ""}, ${table.savedAt.slice(0, 10)}, ${table.savedBy}`,
  );
  return { json: { versions }, text: versions.length === 0 ? [none] : lines };
}

async function show(act: Act, asked: unknown): Promise<CommandResult> {
  const number = asked === undefined ? null : Number(asked);
  if (number !== null && !(Number.isInteger(number) && number >= 1)) {
    throw new UsageError(`--version ${String(asked)}: not a version. See harm-weights list.`);
  }
  const versions = await read(act);
  const table = number === null ? versions[0] : versions.find(({ version }) => version === number);
  if (table) return { json: table, text: linesOf(table) };
  if (number !== null) throw noSuchVersion(number);
  return { json: null, text: [none] };
}

const none = "No harm weights saved. Import some with harm-weights import FILE.csv --source WORDS.";

function linesOf(table: HarmTable): string[] {
  return [
    tableName(table),
    `Source: ${table.source}`,
    `Saved ${table.savedAt.slice(0, 10)} by ${table.savedBy}`,
    ...table.weights.map(({ name, weight }) => `${name}  ${weight}`),
  ];
}

function read({ db, actor, addDetail }: Act): Promise<HarmTable[]> {
  return db.transaction(actor, async (tx) => {
    const versions = await readHarmTables(tx);
    addDetail({ versions: versions.length });
    return versions;
  });
}

function readTable(text: string) {
  try {
    const result = readHarmTable(text);
    if (!result.ok) throw new CommandError(`${result.reason} Nothing was saved.`);
    return result.value;
  } catch (error) {
    if (!(error instanceof FileFault)) throw error;
    throw new CommandError(`${sentence(error)} Nothing was saved.`, { cause: error });
  }
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new CommandError(`${path} cannot be read (${code ?? "no reason given"}).`, { cause });
  }
}

const listedFaults = 20;

function faultText(faults: readonly { readonly row: number; readonly reason: string }[]): string {
  const listed = faults.slice(0, listedFaults).map(({ row, reason }) => `line ${row}: ${reason}`);
  const more = faults.length - listed.length;
  return `Nothing was saved. ${listed.join(" ")}${more > 0 ? ` ${more} more.` : ""}`;
}
