import { resolve } from "node:path";
import { parseArgs } from "node:util";
import type { z } from "zod";
import {
  type Action,
  type Command,
  type LoneAction,
  type ParsedArguments,
  UsageError,
} from "#server/cli/command.ts";

export interface Invocation extends ParsedArguments {
  readonly json: boolean;
}

/** Reads what was typed behind a command's name; paths become absolute, so that the server can read them too. */
export function parseArguments(command: Command, typed: readonly string[]): Invocation {
  const all = actionsOf(command).flatMap(([, { takes }]) => [...shapeOf(takes).options]);
  const { values, positionals } = parseStrictly(typed, {
    ...Object.fromEntries(
      all.map(([name, { value, isMany }]) => [
        name,
        { type: value === "" ? "boolean" : "string", multiple: isMany } as const,
      ]),
    ),
    json: { type: "boolean" },
  });
  const { json, ...rest } = values;
  const { names, options } = shapeOf(actionOf(command, positionals).action.takes);
  const first = "words" in command ? 1 : 0;
  const absolute = {
    positionals: positionals.map((word, at) =>
      absolutePath(names[Math.min(at - first, names.length - 1)]?.label, word),
    ),
    values: Object.fromEntries(
      Object.entries(rest).map(([name, value]) => [
        name,
        typeof value === "string" ? absolutePath(options.get(name)?.value, value) : value,
      ]),
    ),
  };
  return { json: json === true, ...absolute };
}

/** What is asked for, and what is given to it by name. */
export function givenTo(command: Command, { positionals, values }: ParsedArguments) {
  const { action, rest } = actionOf(command, positionals);
  const { names, options } = shapeOf(action.takes);
  const missing = names.find(({ isNeeded }, at) => isNeeded && rest[at] === undefined);
  if (missing) throw new UsageError(`${missing.label} is missing.`);
  const unexpected = names.at(-1)?.isMany ? undefined : rest[names.length];
  if (unexpected !== undefined) throw new UsageError(`Unexpected argument: "${unexpected}".`);
  const said = Object.entries(values)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => [name, options.get(name)?.isMany ? [value].flat() : value] as const);
  const stray = said.find(([name]) => !options.has(name));
  if (stray) throw new UsageError(`--${stray[0]} does not go with this.`);
  const named = names.map(
    ({ name, isMany }, at) => [name, isMany ? rest.slice(at) : rest[at]] as const,
  );
  return { action, given: read(action.reads, Object.fromEntries([...named, ...said]), options) };
}

/** One for each word: `audit verify [--head FILE]`, `audit head`. */
export const usagesOf = (command: Command): string[] =>
  actionsOf(command).map(([word, { takes = "" }]) =>
    [command.name, word, takes].filter((part) => part !== "").join(" "),
  );

/** With the words that ask for them; a command without words has one, by "". */
export const actionsOf = (command: Command): [string, Action | LoneAction][] =>
  "words" in command ? Object.entries(command.words) : [["", command]];

/** What the words ask for, and the words that are left. */
export function actionOf(
  command: Command,
  positionals: readonly string[],
): { readonly action: Action | LoneAction; readonly rest: readonly string[] } {
  if (!("words" in command)) return { action: command, rest: positionals };
  const [word = "", ...rest] = positionals;
  const action = Object.hasOwn(command.words, word) ? command.words[word] : undefined;
  if (action) return { action, rest };
  const all = Object.keys(command.words).filter(Boolean).join(", ");
  throw new UsageError(word === "" ? `Say which: ${all}.` : `"${word}" is none of ${all}.`);
}

interface Shape {
  readonly names: readonly {
    /** As in the usage: FILE, NEW-NAME. */
    readonly label: string;
    readonly name: string;
    readonly isNeeded: boolean;
    readonly isMany: boolean;
  }[];
  readonly options: ReadonlyMap<string, { readonly value: string; readonly isMany: boolean }>;
}

/** The names and options of a usage. */
function shapeOf(takes = ""): Shape {
  const option = /\[?--([a-z-]+)(?: ([^\s[\]|-]\S*?))?\]?(\.\.\.)?(?!\S)/g;
  const options = [...takes.matchAll(option)].map(
    ([, name = "", value = "", many = ""]) => [name, { value, isMany: many !== "" }] as const,
  );
  const rest = takes.replaceAll(option, "");
  const names = rest.split(/[\s|]+|<.*/).filter(Boolean);
  return {
    options: new Map(options),
    names: names.map((word) => {
      const label = word.replaceAll(/[[\]]|\.{3}/g, "");
      const name = label.toLowerCase().replace(/\..*/, "");
      return { label, name, isNeeded: !word.startsWith("["), isMany: word.includes("...") };
    }),
  };
}

/** An address, or a hash in the place of a file, stays as it is. */
function absolutePath(label: string | undefined, word: string): string {
  const isPath = label !== undefined && /FILE|FOLDER|\.json/.test(label);
  return isPath && !/^(https?:\/\/.*|[0-9a-f]{64})$/i.test(word) ? resolve(word) : word;
}

function read(
  schema: z.ZodType | undefined,
  given: Readonly<Record<string, unknown>>,
  options: Shape["options"],
): unknown {
  const found = schema?.safeParse(given);
  if (!found || found.success) return found?.data;
  const [issue] = found.error.issues;
  const name = String(issue?.path[0] ?? "");
  const label = options.has(name) ? `--${name}` : name.toUpperCase();
  if (name === "" || !issue) throw new UsageError(issue?.message ?? "Not understood.");
  if (given[name] === undefined) throw new UsageError(`${label} is missing.`);
  const why =
    issue.code === "invalid_value" ? `it is one of ${issue.values.join(", ")}` : issue.message;
  throw new UsageError(`${label} ${String(given[name])}: ${why}${why.endsWith(".") ? "" : "."}`);
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
