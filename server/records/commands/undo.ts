import { formatCount } from "#core/text/numbers.ts";
import { type Command, operatorActor, UsageError } from "#server/cli/command.ts";
import { Problem } from "#server/problem.ts";
import { undoBatch } from "#server/records/import/undo-batch.ts";

export const undoCommand: Command = {
  name: "undo",
  usage: "undo BATCH",
  summary: "Remove every event that a batch brought; its line stays in the history",
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
