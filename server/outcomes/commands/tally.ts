import { readFile } from "node:fs/promises";
import type { AuditVerb } from "#core/audit.ts";
import { readTallyTable, tallyHeadings } from "#core/outcomes/tally-table.ts";
import * as wire from "#core/outcomes/wire/tallies.ts";
import { FileFault } from "#core/table/file-fault.ts";
import { formatDateRange } from "#core/time/words.ts";
import { runAudited } from "#server/accounts/audit/audited.ts";
import {
  type Command,
  type CommandContext,
  CommandError,
  type CommandResult,
  faultyOption,
  operatorAct,
  type ParsedArguments,
  UsageError,
} from "#server/cli/command.ts";
import { correctTally, enterTallies, readTallies } from "#server/outcomes/tallies.ts";
import { type FieldError, Problem, sentence } from "#server/problem.ts";

/** Typed totals: for the exact period typed, never split or summed. */
export const tallyCommand: Command = {
  name: "tally",
  usage:
    "tally list | add MEASURE --from DATE --to DATE --value N [--breakdown NAME --part NAME] [--taken-from WORDS] | import --file FILE | correct ID --value N|none --reason NAME",
  summary: "List, add, import or correct manual totals",
  options: {
    from: { type: "string", summary: "with add: first day, YYYY-MM-DD" },
    to: { type: "string", summary: "with add: last day" },
    value: { type: "string", summary: "the total; with correct: none to withdraw it" },
    breakdown: {
      type: "string",
      summary: "with add: by what it is broken down, such as residence",
    },
    part: { type: "string", summary: "with add: which part, such as within_command" },
    "taken-from": {
      type: "string",
      summary: "with add: the source record or return, without personal details",
    },
    file: { type: "string", summary: "with import: a CSV file" },
    reason: {
      type: "string",
      summary: `with correct: ${Object.keys(wire.tallyReasons).join(", ")}`,
    },
  },
  positionals: [1, 2],
  fileOptions: ["file"],
  audit: { none: "each subcommand writes its own audit line" },
  moreHelp: () => [
    `The CSV needs the columns ${tallyHeadings.join(",")}. It is imported whole or not at all.`,
    "Exact figures are for police only. Public figures: boxster release.",
  ],
  run: (context, args) => {
    const [name = ""] = args.positionals;
    const word = Object.hasOwn(words, name) ? words[name] : undefined;
    if (!word) throw new UsageError(`"${name}" is none of ${Object.keys(words).join(", ")}.`);
    const takesOne = name === "add" || name === "correct";
    if ((args.positionals.length === 2) !== takesOne) {
      throw new UsageError(takesOne ? tallyCommand.usage : `${name} takes no more arguments.`);
    }
    const { verb, act, run } = word;
    const audit = { verb, act, purpose: "assessment" } as const;
    return runAudited({ ...tallyCommand, audit, run }, context, args);
  },
};

interface TallyWord extends Pick<Command, "run"> {
  readonly verb: AuditVerb;
  readonly act: string;
}

/** What can be done, each with its own line in the audit chain. */
const words: Readonly<Record<string, TallyWord>> = {
  add: { verb: "collection", act: "type tallies", run: add },
  import: { verb: "collection", act: "type tallies", run: bringIn },
  list: { verb: "consultation", act: "read tallies", run: list },
  correct: { verb: "alteration", act: "correct a tally", run: correct },
};

async function add(context: CommandContext, args: ParsedArguments): Promise<CommandResult> {
  const { values, positionals } = args;
  const parsed = wire.writtenTally.safeParse({
    measure: positionals[1],
    breakdown: values["breakdown"] ?? null,
    part: values["part"] ?? null,
    from: values["from"],
    to: values["to"],
    value: values["value"],
    takenFrom: values["taken-from"] ?? null,
  });
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    if (issue?.path[0] === "measure")
      throw new UsageError(`"${positionals[1]}": ${issue.message}.`);
    throw new UsageError(faultyOption(values, parsed.error.issues));
  }
  return enter(context, [parsed.data]);
}

async function bringIn(context: CommandContext, args: ParsedArguments): Promise<CommandResult> {
  const { file } = args.values;
  if (typeof file !== "string") throw new UsageError("--file is missing.");
  const read = readTable(await readText(file));
  const { totals, rows, faults } = read;
  if (faults.length > 0) throw new CommandError(faultText(faults));
  if (totals.length === 0) throw new CommandError("There are no totals below the headings.");
  return enter(context, totals, rows);
}

/** `rows`: where each total stands in its file. */
async function enter(
  context: CommandContext,
  totals: readonly wire.WrittenTally[],
  rows?: readonly number[],
): Promise<CommandResult> {
  try {
    const { kept } = await enterTallies(operatorAct(context), totals);
    return { json: { kept }, text: [`${kept} kept.`] };
  } catch (error) {
    if (!(error instanceof Problem) || rows === undefined || error.errors.length === 0) throw error;
    const faults = error.errors.map((one) => ({ ...one, row: rows[(one.row ?? 1) - 1] ?? 0 }));
    throw new CommandError(faultText(faults), { cause: error });
  }
}

async function list(context: CommandContext): Promise<CommandResult> {
  const reply = await readTallies(operatorAct(context));
  const none = ["No manual totals yet."];
  return { json: reply, text: reply.tallies.length === 0 ? none : reply.tallies.map(lineOf) };
}

function lineOf({ id, label, from, to, value, changes }: wire.StoredTallyReply): string {
  const last = changes.at(-1);
  const total = value === null ? "withdrawn" : String(value);
  return `${id}  ${formatDateRange(from, to)}  ${label}: ${total} (${last?.by ?? ""}${changes.length > 1 ? ", corrected" : ""})`;
}

async function correct(context: CommandContext, args: ParsedArguments): Promise<CommandResult> {
  const { values, positionals } = args;
  const id = Number(positionals[1]);
  if (!Number.isInteger(id) || id < 1) {
    throw new UsageError(`"${positionals[1]}" is not the number of a total. See tally list.`);
  }
  const value = values["value"] === "none" ? null : values["value"];
  const correction = wire.correctTallyBody.omit({ revision: true });
  const parsed = correction.safeParse({ value, reason: values["reason"] });
  if (!parsed.success) throw new UsageError(faultyOption(values, parsed.error.issues));
  const { tallies } = await correctTally(operatorAct(context), id, parsed.data);
  const corrected = tallies.find((tally) => tally.id === id) ?? null;
  return { json: corrected, text: corrected === null ? [] : [lineOf(corrected)] };
}

function readTable(text: string) {
  try {
    const read = readTallyTable(text);
    if (!read.ok) throw new CommandError(`${read.reason} Nothing was saved.`);
    return read.value;
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

function faultText(faults: readonly FieldError[]): string {
  const listed = faults
    .slice(0, listedFaults)
    .map(({ row, field, reason }) => `row ${row}${field ? `, ${field}` : ""}: ${reason}`);
  const more = faults.length - listed.length;
  return `Nothing was saved: ${listed.join("; ")}${more > 0 ? `; and ${more} more` : ""}`;
}
