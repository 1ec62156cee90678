import { z } from "zod";
import { statistics } from "#core/stats/statistics.ts";
import { type Command, CommandError, loneAction, UsageError } from "#server/cli/command.ts";

/** The pure kernels: JSON on standard input, JSON on standard output, no database. */
export const statCommand: Command = {
  name: "stat",
  summary: "Run one statistic on JSON from standard input",
  moreHelp: ([name]) => {
    const names = name === undefined ? Object.keys(statistics) : [name];
    return names.flatMap((each) => {
      const { about, example } = statisticNamed(each);
      const input = JSON.stringify(example);
      return ["", each, `  ${about}`, `  echo '${input}' | npx boxster stat ${each}`];
    });
  },
  ...loneAction({
    // None is allowed here, so that the refusal can name the statistics.
    takes: "[NAME] < in.json",
    reads: z.object({ name: z.string().optional() }),
    alone: async ({ readInput }, { name }) => {
      const statistic = statisticNamed(name);
      const json = statistic.run(parse(await readInput()));
      return { json, text: [JSON.stringify(json)] };
    },
  }),
};

function statisticNamed(name: string | undefined) {
  const known = name !== undefined && Object.hasOwn(statistics, name) && statistics[name];
  if (known) return known;
  const what = name === undefined ? "Which statistic?" : `There is no statistic "${name}"`;
  throw new UsageError(
    `${what}; there are ${Object.keys(statistics).join(", ")}. "boxster stat NAME --help" shows an example input.`,
  );
}

function parse(text: string): unknown {
  if (text.trim() === "") throw new CommandError("Standard input is empty; give a JSON document.");
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new CommandError(`Standard input is not JSON: ${(cause as Error).message}`, { cause });
  }
}
