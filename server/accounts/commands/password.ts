import type { Invocation } from "#server/cli/arguments.ts";
import { type Command, CommandError } from "#server/cli/command.ts";
import { askTwice, type Terminal } from "#server/cli/terminal.ts";

/** The option that goes with a `password`: for scripts, which have no terminal. */
export const passwordStdinOption = {
  "password-stdin": {
    type: "boolean",
    summary: "Read the password from the first line of standard input instead of asking for it",
  },
} as const;

/** The password that a command asks for: never one of its words, which other processes can see. */
export async function passwordOf({
  command,
  invocation,
  terminal,
}: {
  readonly command: Command;
  readonly invocation: Invocation;
  readonly terminal: Terminal;
}): Promise<string | null> {
  if (!command.needsPassword?.(invocation)) return null;
  if (invocation.values["password-stdin"] === true) {
    return (await terminal.readInput()).split(/\r?\n/, 1)[0] ?? "";
  }
  const typed = await askTwice(terminal, "New password: ");
  if (typed !== null) return typed;
  throw new CommandError(
    "There is no terminal to ask for the password. Give it on standard input with --password-stdin.",
  );
}
