import { readFileSync } from "node:fs";
import type { Invocation } from "#server/cli/arguments.ts";
import { type Command, CommandError, type SecretQuestion } from "#server/cli/command.ts";
import { askTwice, type Terminal } from "#server/cli/terminal.ts";
import type { Config } from "#server/config.ts";

/** The option that goes with a `secret`; the file is read where the command was typed. */
export const passphraseFileOption = {
  "passphrase-file": {
    type: "string",
    summary:
      "A file whose first line is the passphrase; else BOXSTER_PASSPHRASE, or it is asked for",
  },
} as const;

/** What the command asks for, without a trace in its words, which other processes can see. */
export async function secretOf({
  command,
  invocation,
  config,
  terminal,
}: {
  readonly command: Command;
  readonly invocation: Invocation;
  readonly config: Config;
  readonly terminal: Terminal;
}): Promise<string | null> {
  const question = command.secret;
  if (question === undefined) return null;
  const file = invocation.values["passphrase-file"];
  const given = typeof file === "string" ? firstLineOf(file) : config.passphrase;
  return refuseShort(given ?? (await ask(question, terminal)), question);
}

async function ask(question: SecretQuestion, terminal: Terminal): Promise<string> {
  const { name, twice } = question;
  const words = `${name[0]?.toUpperCase()}${name.slice(1)}: `;
  const typed = twice
    ? await askTwice(terminal, words, (secret) => refuseShort(secret, question))
    : await terminal.askHidden(words);
  if (typed !== null) return typed;
  throw new CommandError(
    `There is no terminal to ask for the ${name}. Set BOXSTER_PASSPHRASE or give --passphrase-file FILE.`,
  );
}

function refuseShort(secret: string, { name, leastLength }: SecretQuestion): string {
  if ([...secret].length >= leastLength) return secret;
  throw new CommandError(
    `The ${name} is too short: take at least ${leastLength} characters, such as five words.`,
  );
}

function firstLineOf(file: string): string {
  try {
    return readFileSync(file, "utf8").split(/\r?\n/, 1)[0] ?? "";
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new CommandError(
      `The passphrase file ${file} cannot be read (${code ?? "unknown reason"}).`,
      { cause },
    );
  }
}
