import { operatorActor } from "#server/cli/actor.ts";
import { type Command, UsageError } from "#server/cli/command.ts";
import { undoBatch } from "#server/import/undo-batch.ts";

export const undoCommand: Command = {
  name: "undo",
  usage: "undo BATCH",
  summary: "Remove every event that a batch brought; its line stays in the history",
  options: {},
  positionals: [1, 1],
  audit: { verb: "erasure", act: "undo an import", purpose: "records" },
  run: async (context, { positionals }) => {
    const word = positionals[0] ?? "";
    if (!/^\d{1,9}$/.test(word)) {
      throw new UsageError(`A batch is a number, as "boxster import" gave it, not "${word}".`);
    }
    const actor = operatorActor(context.operator);
    const result = await undoBatch(context, actor, Number(word));
    const events = `${result.removed.toLocaleString("en-GB")} events`;
    return {
      json: result,
      text: [`Batch ${result.batch} (${result.fileName}) is gone: ${events}.`],
    };
  },
};
