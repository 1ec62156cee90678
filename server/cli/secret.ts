import { readFileSync } from "node:fs";
import type { Invocation } from "#server/cli/arguments.ts";
import { CommandError, type SecretQuestion } from "#server/cli/command.ts";
import { askTwice, type Terminal } from "#server/cli/terminal.ts";
import type { Config } from "#server/config.ts";

/** The options that go with a secret: where it comes from without a terminal, read where the command was typed. */
export const passphraseOption = {
  "passphrase-file":
    "A file whose first line is the passphrase; else BOXSTER_PASSPHRASE, or it is asked for",
};
export const passwordOption = {
  "password-stdin":
    "Read the password from the first line of standard input instead of asking for it",
};

/** Never from arguments, which other processes could read. */
export async function secretOf(
  question: SecretQuestion | undefined,
  { values }: Pick<Invocation, "values">,
  { config, terminal }: { readonly config: Config; readonly terminal: Terminal },
): Promise<string | null> {
  if (!question || (question.unless !== undefined && values[question.unless] !== undefined)) {
    return null;
  }
  const file = values["passphrase-file"];
  const given =
    question.name === "password"
      ? values["password-stdin"] === true
        ? firstLine(await terminal.readInput())
        : null
      : typeof file === "string"
        ? firstLineOf(file)
        : config.passphrase;
  return refuseShort(given ?? (await ask(question, terminal)), question);
}

const askedFor = {
  password: {
    words: "New password: ",
    elsewhere: "Give it on standard input with --password-stdin.",
  },
  passphrase: {
    words: "Passphrase: ",
    elsewhere: "Set BOXSTER_PASSPHRASE or give --passphrase-file FILE.",
  },
};

async function ask(question: SecretQuestion, terminal: Terminal): Promise<string> {
  const { words, elsewhere } = askedFor[question.name];
  const typed = question.twice
    ? await askTwice(terminal, words, (secret) => refuseShort(secret, question))
    : await terminal.askHidden(words);
  if (typed !== null) return typed;
  throw new CommandError(`There is no terminal to ask for the ${question.name}. ${elsewhere}`);
}

function refuseShort(secret: string, { name, leastLength }: SecretQuestion): string {
  if ([...secret].length >= leastLength) return secret;
  throw new CommandError(
    `The ${name} is too short: take at least ${leastLength} characters, such as five words.`,
  );
}

function firstLineOf(file: string): string {
  try {
    return firstLine(readFileSync(file, "utf8"));
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new CommandError(
      `The passphrase file ${file} cannot be read (${code ?? "unknown reason"}).`,
      { cause },
    );
  }
}

const firstLine = (text: string) => text.split(/\r?\n/, 1)[0] ?? "";
