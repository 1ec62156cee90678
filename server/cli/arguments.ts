import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { type Command, type ParsedArguments, UsageError } from "#server/cli/command.ts";

export interface Invocation extends ParsedArguments {
  readonly json: boolean;
}

/** Reads a command's own options; file names become absolute, so that the server can read them too. */
export function parseArguments(command: Command, words: readonly string[]): Invocation {
  const options = Object.fromEntries(
    Object.entries(command.options).map(([name, option]) => [
      name,
      { type: option.type, multiple: option.multiple ?? false },
    ]),
  );
  const { values, positionals } = parseStrictly(words, { ...options, json: { type: "boolean" } });
  const [least, most] = command.positionals;
  if (positionals.length < least || positionals.length > most) {
    throw new UsageError(
      positionals.length < least
        ? `${nameOfWord(command, positionals.length)} is missing.`
        : `Unexpected argument: "${positionals[most] ?? ""}".`,
    );
  }
  const files = new Set(command.files ?? []);
  const { json, ...rest } = values;
  for (const name of command.fileOptions ?? []) {
    const word = rest[name];
    if (typeof word === "string" && !/^[0-9a-f]{64}$/.test(word)) rest[name] = resolve(word);
  }
  return {
    json: json === true,
    positionals: positionals.map((word, index) =>
      files.has(index) && !isAddress(word) ? resolve(word) : word,
    ),
    values: rest,
  };
}

function isAddress(word: string): boolean {
  return /^https?:\/\//i.test(word);
}

/** As the usage line calls it: FILE, BATCH. */
function nameOfWord({ usage }: Command, index: number): string {
  const words = usage.split(" ").filter((word) => /^[A-Z][A-Za-z.]*$/.test(word));
  return words[index] ?? "Something";
}

function parseStrictly(
  args: readonly string[],
  options: NonNullable<Parameters<typeof parseArgs>[0]>["options"] & object,
) {
  try {
    const parsed = parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
    return {
      positionals: parsed.positionals,
      values: parsed.values as Record<string, string | boolean | string[] | undefined>,
    };
  } catch (cause) {
    const message = cause instanceof Error ? (cause.message.split(". ")[0] ?? "") : String(cause);
    throw new UsageError(`${message}.`, { cause });
  }
}
