import { areaWords } from "#core/displacement/operation-area.ts";
import type {
  OperationBody,
  OperationKept,
  OperationReply,
} from "#core/displacement/wire/operations.ts";
import { formatDate } from "#core/time/words.ts";
import {
  type Command,
  type CommandContext,
  CommandError,
  type CommandResult,
  operatorAct,
  type ParsedArguments,
  UsageError,
} from "#server/cli/command.ts";
import { sql } from "#server/db/sql.ts";
import {
  countOption,
  dateOption,
  readOperationOptions,
} from "#server/displacement/commands/operation-options.ts";
import {
  addOperation,
  bodyOf,
  changeWholeOperation,
  endOperation,
  listOperations,
} from "#server/displacement/operations/operations.ts";
import {
  findOperation,
  noSuchOperation,
  type StoredOperation,
} from "#server/displacement/operations/store.ts";

const usage =
  "operation list | add NAME --start DATE --area NAME|--street NAME|--file FILE | change NAME ... | end NAME --on DATE";

/** Operations as the page makes them: listed, added, changed and ended by name. */
export const operationCommand: Command = {
  name: "operation",
  usage,
  summary: "List, add, change or end operations",
  options: {
    name: { type: "string", summary: "with change: new name" },
    start: { type: "string", summary: "first day, YYYY-MM-DD" },
    end: { type: "string", summary: "last day, or none if ongoing" },
    on: { type: "string", summary: "with end: the last day" },
    area: { type: "string", summary: "treated: a borough, ward or other named area" },
    street: { type: "string", summary: "treated: the corridor along a street" },
    file: { type: "string", summary: "treated: a GeoJSON file of areas, or of lines with --width" },
    width: { type: "string", summary: "metres on either side of a street or line (default 130)" },
    "control-area": {
      type: "string",
      summary: "compare with a named area; none: the rest of the area",
    },
    "control-street": { type: "string", summary: "compare with the corridor along a street" },
    "control-file": { type: "string", summary: "compare with the areas of a GeoJSON file" },
    phase: {
      type: "string",
      multiple: true,
      summary: "NAME,FROM or NAME,FROM,TO; once per phase, none to remove all",
    },
    revision: { type: "string", summary: "only change it if it is still at this revision" },
  },
  positionals: [1, 2],
  fileOptions: ["file", "control-file"],
  audit: { verb: "consultation", act: "list operations", purpose: "assessment" },
  run: async (context, args) => {
    const [word = "", name] = args.positionals;
    if (word === "list" && name === undefined) return list(context);
    const act = word === "list" ? undefined : acts[word as keyof typeof acts];
    if (!act || name === undefined)
      throw new UsageError(`"${args.positionals.join(" ")}": ${usage}.`);
    return act(context, name, args);
  },
};

const acts = { add, change, end };

async function list(context: CommandContext): Promise<CommandResult> {
  const reply = await listOperations(operatorAct(context));
  const lines = reply.operations.map(lineOf);
  return { json: reply, text: lines.length === 0 ? ["No operations yet."] : lines };
}

function lineOf(operation: OperationReply): string {
  const { name, startsOn, endsOn, treatedArea, cells, control, phases, revision } = operation;
  const until = endsOn === null ? "on" : `to ${formatDate(endsOn)}`;
  const more = [
    ...(control ? [`control of ${control.length} cells`] : []),
    ...(phases.length > 0 ? [`${phases.length} phases`] : []),
    `revision ${revision}`,
  ];
  return `${name}: from ${formatDate(startsOn)} ${until}, ${areaWords(treatedArea)} (${cells.length} cells), ${more.join(", ")}`;
}

async function add(
  context: CommandContext,
  name: string,
  args: ParsedArguments,
): Promise<CommandResult> {
  context.restate({ verb: "collection", act: "add an operation" });
  const said = await readOperationOptions(context, args);
  const { startsOn, treated } = said;
  if (startsOn === undefined || treated === undefined) {
    throw new UsageError("Give --start, and --area, --street or --file.");
  }
  const body: OperationBody = {
    name,
    startsOn,
    endsOn: said.endsOn ?? null,
    treated,
    control: said.control ?? null,
    phases: [...(said.phases ?? [])],
  };
  return resultOf(await addOperation(operatorAct(context), body), "added");
}

async function change(
  context: CommandContext,
  name: string,
  args: ParsedArguments,
): Promise<CommandResult> {
  context.restate({ verb: "alteration", act: "change an operation" });
  const { phases, ...said } = await readOperationOptions(context, args);
  if (Object.keys(said).length === 0 && phases === undefined) {
    throw new UsageError("Give something to change.");
  }
  const stored = await findByName(context, name);
  const body = { ...bodyOf(stored), ...said, ...(phases ? { phases: [...phases] } : {}) };
  const read = readOf(stored, args);
  return resultOf(await changeWholeOperation(operatorAct(context), read, body), "changed");
}

async function end(
  context: CommandContext,
  name: string,
  args: ParsedArguments,
): Promise<CommandResult> {
  context.restate({ verb: "alteration", act: "end an operation" });
  const endsOn = dateOption(args.values, "on");
  if (endsOn === undefined) throw new UsageError("Give the last day: --on DATE.");
  const stored = await findByName(context, name);
  const read = readOf(stored, args);
  return resultOf(await endOperation(operatorAct(context), read, endsOn), "ended");
}

/** The revision that was named, or the one that is there. */
function readOf(stored: StoredOperation, { values }: ParsedArguments) {
  return { id: stored.id, revision: countOption(values, "revision") ?? stored.revision };
}

function findByName(context: CommandContext, name: string): Promise<StoredOperation> {
  return context.db.transaction(
    operatorAct(context).actor,
    async (tx) => {
      const found = await findOperation(tx, sql`name = ${name}`);
      if (!found) throw new CommandError((await noSuchOperation(tx)).detail);
      return found;
    },
    { beside: true },
  );
}

function resultOf(kept: OperationKept, done: string): CommandResult {
  return {
    json: kept,
    text: [
      `"${kept.name}" ${done}, revision ${kept.revision}. This changes the next release, once a second person has approved that.`,
      ...kept.notes,
    ],
  };
}
