import { areaWords } from "#core/displacement/operation-area.ts";
import type { OperationKept, OperationReply } from "#core/displacement/wire/operations.ts";
import { formatDate } from "#core/time/words.ts";
import {
  action,
  type Command,
  type CommandAct,
  CommandError,
  type CommandResult,
  UsageError,
} from "#server/cli/command.ts";
import { linesOr } from "#server/cli/table.ts";
import { sql } from "#server/db/sql.ts";
import {
  addOptions,
  changeOptions,
  endOptions,
  readOperation,
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

const purpose = "assessment";
const around =
  "[--area NAME | --street NAME | --file FILE] [--width METRES] [--control-area NAME | --control-street NAME | --control-file FILE] [--phase NAME,FROM]...";

export const operationCommand: Command = {
  name: "operation",
  summary: "List, add, change or end operations",
  options: {
    name: "new name",
    start: "first day, YYYY-MM-DD",
    end: "last day, or none if ongoing",
    on: "the last day",
    area: "treated: a borough, ward or other named area",
    street: "treated: the corridor along a street",
    file: "treated: a GeoJSON file of areas, or of lines with --width",
    width: "metres on either side of a street or line (default 130)",
    "control-area": "compare with a named area; none: the rest of the area",
    "control-street": "compare with the corridor along a street",
    "control-file": "compare with the areas of a GeoJSON file",
    phase: "NAME,FROM, until the next one, or NAME,FROM,TO; once per phase, none to remove all",
    revision: "only change it if it is still at this revision",
  },
  words: {
    list: action({
      audit: { verb: "consultation", act: "list operations", purpose },
      run: async (act) => {
        const reply = await listOperations(act);
        return { json: reply, text: linesOr(reply.operations.map(lineOf), "No operations yet.") };
      },
    }),
    add: action({
      takes: `NAME --start DATE [--end DATE] ${around}`,
      audit: { verb: "collection", act: "add an operation", purpose },
      reads: addOptions,
      run: async (act, { name, ...given }) => {
        const { startsOn, treated, endsOn, control, phases } = await readOperation(act, given);
        if (startsOn === undefined || treated === undefined) {
          throw new UsageError("Give --start, and --area, --street or --file.");
        }
        const body = { name, startsOn, endsOn: endsOn ?? null, treated, control: control ?? null };
        return resultOf(await addOperation(act, { ...body, phases: phases ?? [] }), "added");
      },
    }),
    change: action({
      takes: `OPERATION [--name NAME] [--start DATE] [--end DATE] ${around} [--revision N]`,
      audit: { verb: "alteration", act: "change an operation", purpose },
      reads: changeOptions,
      run: async (act, { operation, revision, ...given }) => {
        const said = await readOperation(act, given);
        if (Object.keys(said).length === 0) throw new UsageError("Give something to change.");
        const stored = await findByName(act, operation);
        const read = { id: stored.id, revision: revision ?? stored.revision };
        const body = { ...bodyOf(stored), ...said };
        return resultOf(await changeWholeOperation(act, read, body), "changed");
      },
    }),
    end: action({
      takes: "NAME --on DATE [--revision N]",
      audit: { verb: "alteration", act: "end an operation", purpose },
      reads: endOptions,
      run: async (act, { name, on, revision }) => {
        const stored = await findByName(act, name);
        const read = { id: stored.id, revision: revision ?? stored.revision };
        return resultOf(await endOperation(act, read, on), "ended");
      },
    }),
  },
};

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

function findByName({ db, actor }: CommandAct, name: string): Promise<StoredOperation> {
  return db.transaction(
    actor,
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
