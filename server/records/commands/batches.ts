import type { ImportBatch } from "#core/records/wire/import.ts";
import { formatCount } from "#core/text/numbers.ts";
import { type Command, operatorAct, UsageError } from "#server/cli/command.ts";
import { Problem } from "#server/problem.ts";
import { readBatches, undoBatch } from "#server/records/batches.ts";

export const batchesCommand: Command = {
  name: "batches",
  usage: "batches",
  summary: "List imports, newest first, with the numbers for undo",
  options: {},
  positionals: [0, 0],
  audit: { verb: "consultation", act: "list imports", purpose: "records" },
  run: async (context) => {
    const batches = (await readBatches(operatorAct(context))).map(described);
    return { json: { batches }, text: batches.length > 0 ? lines(batches) : ["No imports yet."] };
  },
};

/** Under the names of the JSON of `import`. */
function described(batch: ImportBatch) {
  const { id, fileName, importedAt, person, profile, placed, undoneAt, undoneBy } = batch;
  const { rows, accepted, rejected, duplicates } = batch;
  return {
    ...{ batch: id, fileName, importedAt, person, profile },
    ...{ rows, accepted, rejected, duplicates, placed, undoneAt, undoneBy },
  };
}

function lines(batches: readonly ReturnType<typeof described>[]): string[] {
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
    const result = await undoBatch(operatorAct(context), Number(word)).catch((error: unknown) => {
      throw withList(error);
    });
    const { batch, fileName, removed } = result;
    const text = [`Batch ${batch} (${fileName}) is gone: ${formatCount(removed)} events.`];
    return { json: result, text };
  },
};

/** Whoever has the wrong number is told where the right one stands. */
function withList(error: unknown): unknown {
  if (!(error instanceof Problem) || error.status !== 404) return error;
  return new Problem(error.status, error.title, `${error.detail} "boxster batches" lists them.`);
}
