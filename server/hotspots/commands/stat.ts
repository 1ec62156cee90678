import { z } from "zod";
import { statisticNamed, statisticNames } from "#core/stats/stat-command.ts";
import { statExamples } from "#core/stats/stat-examples.ts";
import { type Command, CommandError, loneAction, UsageError } from "#server/cli/command.ts";

/** The pure kernels: JSON on standard input, JSON on standard output, no database. */
export const statCommand: Command = {
  name: "stat",
  summary: "Run one statistic on JSON from standard input",
  moreHelp: ([name]) => {
    const all = Object.entries(statExamples);
    if (name === undefined) return all.flatMap(([each]) => describe(each));
    return describe(nameOrRefuse(name));
  },
  ...loneAction({
    // None is allowed here, so that the refusal can name the statistics.
    takes: "[NAME] < in.json",
    reads: z.object({ name: z.string().optional() }),
    alone: async ({ readInput }, { name }) => {
      const statistic = statisticNamed(nameOrRefuse(name));
      const json = statistic(parse(await readInput()));
      return { json, text: [JSON.stringify(json)] };
    },
  }),
};

type StatisticName = keyof typeof statExamples;

function nameOrRefuse(word: string | undefined): StatisticName {
  const names = statisticNames();
  if (word !== undefined && names.includes(word)) return word as StatisticName;
  const what = word === undefined ? "Which statistic?" : `There is no statistic "${word}"`;
  throw new UsageError(
    `${what}; there are ${names.join(", ")}. "boxster stat NAME --help" shows an example input.`,
  );
}

function describe(name: string): string[] {
  const { about, input } = statExamples[name as StatisticName];
  return ["", name, `  ${about}`, `  echo '${JSON.stringify(input)}' | npx boxster stat ${name}`];
}

function parse(text: string): unknown {
  if (text.trim() === "") throw new CommandError("Standard input is empty; give a JSON document.");
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new CommandError(`Standard input is not JSON: ${(cause as Error).message}`, { cause });
  }
}
