import { userInfo } from "node:os";
import { runAudited } from "#server/accounts/audit/audited.ts";
import { databaseCommands } from "#server/app/commands.ts";
import { callOwner } from "#server/app/remote.ts";
import { serve } from "#server/app/serve.ts";
import { openServices, openServicesBefore } from "#server/app/services.ts";
import { givenTo, type Invocation, parseArguments, usagesOf } from "#server/cli/arguments.ts";
import { type Command, CommandError, type CommandResult, UsageError } from "#server/cli/command.ts";
import { secretOf } from "#server/cli/secret.ts";
import type { Terminal } from "#server/cli/terminal.ts";
import { type Config, readConfig } from "#server/config.ts";
import { failureText } from "#server/db/errors.ts";
import { claimFolder } from "#server/db/owner.ts";
import { statCommand } from "#server/hotspots/commands/stat.ts";
import { whileStopped } from "#server/upkeep/commands/backup.ts";

const allCommands: readonly Command[] = [statCommand, ...databaseCommands];

/** Runs one command line and returns the exit code: 0 done, 1 refused or failed, 2 usage. */
export async function runCommandLine(
  words: readonly string[],
  terminal: Terminal,
): Promise<number> {
  const [name, ...rest] = words;
  if (name === undefined || name === "help" || name === "--help" || name === "-h") {
    for (const line of overview()) terminal.out(line);
    return name === undefined ? 2 : 0;
  }
  const command = allCommands.find((one) => one.name === name);
  if (!command && name !== "serve") {
    terminal.err(`boxster: there is no command "${name}". "boxster help" lists them.`);
    return 2;
  }
  try {
    return command
      ? await runCommand(command, rest, terminal)
      : await serve(readConfig(), terminal);
  } catch (error) {
    const reason = failureText(error);
    terminal.err(`boxster: ${reason}`);
    print({ json: { error: reason }, text: [] }, rest.includes("--json"), terminal);
    if (!(error instanceof UsageError)) return 1;
    tellUsage(command, terminal);
    return 2;
  }
}

function tellUsage(command: Command | undefined, terminal: Terminal): void {
  for (const line of command ? usageLines(command) : []) terminal.err(line);
}

async function runCommand(
  command: Command,
  words: readonly string[],
  terminal: Terminal,
): Promise<number> {
  if (words.includes("--help")) {
    const beside = words.filter((word) => !word.startsWith("-"));
    for (const line of describeCommand(command, beside)) terminal.out(line);
    return 0;
  }
  const invocation = parseArguments(command, words);
  return print(await perform(command, invocation, terminal), invocation.json, terminal);
}

async function perform(
  command: Command,
  invocation: Invocation,
  terminal: Terminal,
): Promise<CommandResult> {
  const { action, given } = givenTo(command, invocation);
  const { err: say, signal, readInput } = terminal;
  if ("alone" in action) return action.alone({ say, signal, readInput }, given);
  const config = readConfig();
  if (command.onCluster && !config.databaseUrl) {
    throw new CommandError(
      `"${command.name}" works on a PostgreSQL server. Set DATABASE_URL to the address of a login there that may make databases and roles.`,
    );
  }
  // Before claiming the folder or calling its owner, so that nothing waits while a person types.
  const secret = await secretOf(action.secret, invocation, { config, terminal });
  const isStopped = action.isStopped?.(given) === true;
  const call = { command, invocation, config, terminal, secret, isStopped };
  if (config.databaseUrl) return performHere(call);
  const claim = await claimFolder(config.dataFolder);
  if (claim.owned) {
    try {
      return await performHere(call);
    } finally {
      await claim.owner.release();
    }
  }
  if (command.before || isStopped) {
    claim.socket.destroy();
    throw new CommandError(
      `A running Boxster is using the folder ${config.dataFolder}. Stop it first, then run this command again.`,
    );
  }
  const { json: _, ...request } = invocation;
  return callOwner(
    claim.socket,
    { command: command.name, operator: operatorName(), secret, ...plain(request) },
    terminal,
  );
}

interface Call {
  readonly command: Command;
  readonly invocation: Invocation;
  readonly config: Config;
  readonly terminal: Terminal;
  readonly secret: string | null;
  readonly isStopped: boolean;
}

async function performHere(call: Call): Promise<CommandResult> {
  const { command, invocation, config, terminal, secret, isStopped } = call;
  const open = command.before ? openServicesBefore : openServices;
  const services = await open(config, terminal.err);
  const { err: say, signal } = terminal;
  try {
    const given = { ...services, say, signal, operator: operatorName(), secret };
    const work = () => runAudited(command, given, invocation);
    return await (isStopped ? whileStopped(services.db, work) : work());
  } finally {
    await services.close();
  }
}

function plain(request: Pick<Invocation, "positionals" | "values">) {
  const given = Object.entries(request.values).filter(([, value]) => value !== undefined);
  return {
    positionals: [...request.positionals],
    values: Object.fromEntries(given) as Record<string, string | boolean | string[]>,
  };
}

function operatorName(): string {
  try {
    return userInfo().username;
  } catch (cause) {
    throw new CommandError("The operating system does not say who you are.", { cause });
  }
}

function print(result: CommandResult, json: boolean, terminal: Terminal): number {
  if (json) terminal.out(JSON.stringify(result.json));
  else for (const line of result.text) terminal.out(line);
  return result.exit ?? 0;
}

function overview(): string[] {
  return [
    "Boxster: hotspots, keep-clear times and patrols.",
    "",
    "usage: boxster COMMAND [--json]",
    "",
    "  serve",
    "      Start the server; Ctrl-C stops it",
    ...allCommands.flatMap((one) => [
      ...usagesOf(one).map((usage) => `  ${usage}`),
      `      ${one.summary}`,
    ]),
  ];
}

const usageLines = (command: Command): string[] =>
  usagesOf(command).map(
    (usage, at) => `${at === 0 ? "usage:" : "      "} boxster ${usage} [--json]`,
  );

function describeCommand(command: Command, words: readonly string[]): string[] {
  return [
    ...usageLines(command),
    command.summary,
    ...Object.entries(command.options ?? {}).map(([name, means]) => `  --${name}  ${means}`),
    ...(command.moreHelp?.(words) ?? []),
  ];
}
