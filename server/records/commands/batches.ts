import { cleanFileName } from "#core/text/file-name.ts";
import { formatCount } from "#core/text/numbers.ts";
import { formatInstant, type Zone } from "#core/time/zone.ts";
import { type Command, operatorActor, UsageError } from "#server/cli/command.ts";
import { withOptions } from "#server/db/database.ts";
import { Problem } from "#server/problem.ts";
import { undoBatch } from "#server/records/import/undo-batch.ts";
import { type BatchRow, listBatches } from "#server/records/queries/batches.ts";

export const batchesCommand: Command = {
  name: "batches",
  usage: "batches",
  summary: "List imports, newest first, with the numbers for undo",
  options: {},
  positionals: [0, 0],
  audit: { verb: "consultation", act: "list imports", purpose: "records" },
  run: async ({ db, zone, operator, addDetail }) => {
    const events = withOptions(db, { events: true });
    const rows = await events.transaction(operatorActor(operator), async (tx) => {
      const listed = await listBatches(tx);
      addDetail({ batches: listed.length });
      return listed;
    });
    const batches = rows.map((row) => describe(zone, row));
    return { json: { batches }, text: batches.length > 0 ? lines(batches) : ["No imports yet."] };
  },
};

type Described = ReturnType<typeof describe>;

/** Under the names of the JSON of `import`. */
function describe(zone: Zone, row: BatchRow) {
  const { id, person, importedAt, fileName, profile, rows, accepted, rejected, duplicates } = row;
  return {
    batch: id,
    fileName: cleanFileName(fileName),
    importedAt: formatInstant(zone, importedAt),
    person,
    profile,
    rows,
    accepted,
    rejected,
    duplicates,
    placed: row.placed,
    undoneAt: row.undoneAt === null ? null : formatInstant(zone, row.undoneAt),
    undoneBy: row.undoneBy,
  };
}

function lines(batches: readonly Described[]): string[] {
  const line = (cells: readonly string[]) => cells.join("  ").trimEnd();
  const numbers = (all: readonly string[]) => all.map((one) => one.padStart(10));
  return [
    line(["batch".padStart(6), "imported".padEnd(16), ...numbers(heads), "file"]),
    ...batches.map((one) =>
      line([
        String(one.batch).padStart(6),
        one.importedAt.slice(0, 16).replace("T", " "),
        ...numbers([one.accepted, one.rejected, one.duplicates].map((count) => formatCount(count))),
        `${one.fileName}, by ${one.person}${one.undoneBy === null ? "" : `, undone by ${one.undoneBy}`}`,
      ]),
    ),
  ];
}

const heads = ["accepted", "rejected", "duplicates"];

export const undoCommand: Command = {
  name: "undo",
  usage: "undo BATCH",
  summary: "Remove all events of an import; it stays in the history",
  options: {},
  positionals: [1, 1],
  audit: { verb: "erasure", act: "undo an import", purpose: "records" },
  moreHelp: () => ['BATCH is the number that import printed; "boxster batches" lists them.'],
  run: async (context, { positionals }) => {
    const word = positionals[0] ?? "";
    if (!/^\d{1,9}$/.test(word)) {
      throw new UsageError(`A batch is a number, not "${word}": "boxster batches" lists them.`);
    }
    const actor = operatorActor(context.operator);
    const result = await undoBatch(context, actor, Number(word)).catch((error: unknown) => {
      throw withList(error);
    });
    const events = `${formatCount(result.removed)} events`;
    return {
      json: result,
      text: [`Batch ${result.batch} (${result.fileName}) is gone: ${events}.`],
    };
  },
};

/** Whoever has the wrong number is told where the right one stands. */
function withList(error: unknown): unknown {
  if (!(error instanceof Problem) || error.status !== 404) return error;
  return new Problem(error.status, error.title, `${error.detail} "boxster batches" lists them.`);
}
