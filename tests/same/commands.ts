import { runAudited } from "#server/accounts/audit/audited.ts";
import type { ActServices } from "#server/acts/services.ts";
import { databaseCommands } from "#server/app/commands.ts";
import { runCommandLine } from "#server/app/run.ts";
import { parseArguments } from "#server/cli/arguments.ts";
import { failureText } from "#server/db/errors.ts";
import { leaves } from "#tests/same/told.ts";

/** What is typed on the demonstration as the day left it, in this order. */
const typed = [
  "audit head",
  "audit verify",
  "backtest --from 2021-09-01 --to 2021-11-01 --method counts",
  "batches",
  "basemap list",
  "clock",
  "displacement --operation boxster-2021",
  "displacement --area Haringey --start 2021-09-06 --before 60 --after 60",
  "displacement --area nowhere --start 2021-09-06",
  "export events --parquet FOLDER/events.parquet",
  "forecast seals",
  "harm-weights list",
  "harm-weights show",
  "hotspots --from 2021-10-01 --to 2021-11-25 --measure gi --limit 20",
  "hotspots --from 2021-10-01",
  "import FOLDER/events.csv --dry-run",
  "import FOLDER/missing.csv",
  "partner add elm",
  "plan --from 2021-12-06 --days 2 --units 2 --seed 4",
  "plan --from 2021-12-06 --days 400 --units 2",
  "positions list",
  "meeting pack --on 2021-11-25",
  "monthly-figures 2021-10",
  "release list",
  "release check",
  "release export 1",
  "retention --dry-run",
  "route --from 51.6060,-0.0680 --to 51.5860,-0.0717",
  "streets list",
  "streets add FOLDER/events.csv",
  "undo 999",
  "user list",
  "user add olive --role auditor",
];

/** What each command answers to a person and to a script, and what `--help` says of every command. */
export async function runAll(
  services: ActServices,
  folder: string,
  put: (name: string, lines: readonly string[]) => void,
): Promise<void> {
  for (const [at, words] of typed.entries()) {
    const name = `${String(at + 1).padStart(2, "0")}-${words.split(" --")[0]?.replaceAll(/\W+/g, "-")}`;
    put(name, await answerTo(services, words.replaceAll("FOLDER", folder), folder));
  }
  const help: string[] = [];
  const terminal = {
    out: (line: string) => help.push(line),
    err: (line: string) => help.push(`! ${line}`),
    signal: new AbortController().signal,
    readInput: async () => "",
    readSecret: async () => null,
  };
  await runCommandLine(["help"], terminal as never);
  for (const { name } of databaseCommands)
    await runCommandLine([name, "--help"], terminal as never);
  put("help", help);
}

async function answerTo(services: ActServices, words: string, folder: string): Promise<string[]> {
  const [name, ...rest] = words.split(" ");
  const command = databaseCommands.find((one) => one.name === name);
  // One that is gone keeps its number: the names of the others stay.
  if (!command) return [`$ boxster ${words}`, "There is no such command."];
  const said: string[] = [];
  const context = {
    ...services,
    say: (line: string) => said.push(line),
    signal: new AbortController().signal,
    operator: "recorder",
    secret: null,
  };
  const lines = [`$ boxster ${words}`];
  try {
    const result = await runAudited(command, context, parseArguments(command, rest));
    lines.push(`exit ${result.exit ?? 0}`, ...result.text, ...leaves(result.json));
  } catch (error) {
    lines.push(`${(error as Error).name}: ${failureText(error)}`);
  }
  return [...lines, ...said.map((line) => `! ${line}`)].map((line) =>
    line.replaceAll(folder, "FOLDER"),
  );
}
