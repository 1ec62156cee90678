import { statisticNamed } from "#core/stats/stat-command.ts";
import {
  type Command,
  CommandError,
  type CommandResult,
  type ParsedArguments,
} from "#server/cli/command.ts";

/** The pure kernels: JSON on standard input, JSON on standard output, no database. */
export const statCommand: Command = {
  name: "stat",
  usage: "stat NAME < in.json",
  summary: "Run one statistic on the JSON of standard input",
  options: {},
  positionals: [1, 1],
  run: () =>
    Promise.reject(new CommandError("stat reads standard input and runs in this process.")),
};

export async function runStatCommand(
  args: ParsedArguments,
  readInput: () => Promise<string>,
): Promise<CommandResult> {
  const statistic = statisticNamed(args.positionals[0] ?? "");
  const json = statistic(parse(await readInput()));
  return { json, text: [JSON.stringify(json)] };
}

function parse(text: string): unknown {
  if (text.trim() === "") throw new CommandError("Standard input is empty; give a JSON document.");
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new CommandError(`Standard input is not JSON: ${(cause as Error).message}`, { cause });
  }
}
