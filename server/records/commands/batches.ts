import { z } from "zod";
import type { ImportBatch } from "#core/records/wire/import.ts";
import { formatCount } from "#core/text/numbers.ts";
import { command, listNumber } from "#server/cli/command.ts";
import { table } from "#server/cli/table.ts";
import { Problem } from "#server/problem.ts";
import { readBatches, undoBatch } from "#server/records/batches.ts";

export const batchesCommand = command({
  name: "batches",
  summary: "List imports, newest first, with the numbers for undo",
  audit: { verb: "consultation", act: "list imports", purpose: "records" },
  run: async (act) => {
    const batches = (await readBatches(act)).map(described);
    const text = table(batches, {
      batch: ({ batch }) => batch,
      imported: ({ importedAt }) => importedAt.slice(0, 16).replace("T", " "),
      accepted: ({ accepted }) => formatCount(accepted),
      rejected: ({ rejected }) => formatCount(rejected),
      duplicates: ({ duplicates }) => formatCount(duplicates),
      file: ({ fileName, person, undoneBy }) =>
        `${fileName}, by ${person}${undoneBy === null ? "" : `, undone by ${undoneBy}`}`,
    });
    return { json: { batches }, text: batches.length > 0 ? text : ["No imports yet."] };
  },
});

function described(one: ImportBatch) {
  const { id, fileName, importedAt, person, profile, placed, undoneAt, undoneBy } = one;
  const { rows, accepted, rejected, duplicates } = one;
  return {
    batch: id,
    fileName,
    importedAt,
    person,
    profile,
    rows,
    accepted,
    rejected,
    duplicates,
    placed,
    undoneAt,
    undoneBy,
  };
}

export const undoCommand = command({
  name: "undo",
  takes: "BATCH",
  summary: "Remove all events of an import; it stays in the history",
  audit: { verb: "erasure", act: "undo an import", purpose: "records" },
  moreHelp: () => ['BATCH is the number that import printed; "boxster batches" lists them.'],
  reads: z.object({ batch: listNumber }),
  run: async (act, { batch: number }) => {
    const json = await undoBatch(act, number).catch((error: unknown) => {
      throw withList(error);
    });
    const { batch, fileName, removed } = json;
    const text = [`Batch ${batch} (${fileName}) is gone: ${formatCount(removed)} events.`];
    return { json, text };
  },
});

function withList(error: unknown): unknown {
  if (!(error instanceof Problem) || error.status !== 404) return error;
  return new Problem(error.status, error.title, `${error.detail} "boxster batches" lists them.`);
}
