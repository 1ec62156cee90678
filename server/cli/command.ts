import type { z } from "zod";
import type { AuditNote } from "#core/audit.ts";
import type { Actor } from "#core/role.ts";
import type { ActNotes, Services } from "#server/acts/services.ts";

/** What a command says while it works, and what it leaves behind. */
export interface CommandContext extends Services, ActNotes {
  /** A line for a person, on standard error. */
  readonly say: (line: string) => void;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
  /** The operating-system user who typed it. */
  readonly operator: string;
  /** What the command asked for, in the process that it was typed into. */
  readonly secret?: string | null;
}

/** What a command has that needs no database. */
export type LoneContext = Pick<CommandContext, "say" | "signal">;

export interface CommandResult {
  /** The one JSON document of `--json`. */
  readonly json: unknown;
  /** Lines for a person, on standard output without `--json`. */
  readonly text: readonly string[];
  /** 0 done, 1 refused or failed. */
  readonly exit?: 0 | 1;
}

/** Thrown for a wrong call: exit 2 with the usage line. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** Thrown for a refusal: exit 1 with one line. */
export class CommandError extends Error {
  override readonly name = "CommandError";
}

export interface CommandOption {
  readonly type: "string" | "boolean";
  readonly multiple?: boolean;
  readonly summary: string;
}

export interface ParsedArguments {
  readonly positionals: readonly string[];
  readonly values: Readonly<Record<string, string | boolean | readonly string[] | undefined>>;
}

/** Asked of whoever types a command, in the process that they typed it into; never one of its words. */
export interface SecretQuestion {
  /** As in "passphrase". */
  readonly name: string;
  /** Typed twice, where a slip of the finger could not be found out later. */
  readonly twice: boolean;
  readonly leastLength: number;
}

/**
 * One command. It runs where the database is: in this process, or, while the server holds the
 * embedded folder, inside that server; so it must not read `process` or print by itself.
 * Positionals that name files arrive as absolute paths.
 */
export interface Command {
  readonly name: string;
  /** `import FILE [--profile NAME] ...` */
  readonly usage: string;
  readonly summary: string;
  readonly options: Readonly<Record<string, CommandOption>>;
  /** How many positionals: [least, most]. */
  readonly positionals: readonly [number, number];
  /** What it is in the audit chain, or why it is in none. */
  readonly audit: AuditNote | { readonly none: string };
  /** Whether these words need a password, which is then asked for (server/accounts/commands/password.ts). */
  readonly needsPassword?: (args: ParsedArguments) => boolean;
  /** A passphrase: from BOXSTER_PASSPHRASE, `--passphrase-file FILE`, or asked at the terminal. */
  readonly secret?: SecretQuestion;
  /** Works on the database as it is: before its schema is up to date, and by itself alone. */
  readonly before?: true;
  /** Works on a PostgreSQL server alone: refused where DATABASE_URL names none, before anything is opened. */
  readonly onCluster?: true;
  /** Indices of positionals that are file paths; an address that starts with https:// stays as it is. */
  readonly files?: readonly number[];
  /** Options that may name a file; a word that looks like a hash stays as it is. */
  readonly fileOptions?: readonly string[];
  /** Lines below the options of `--help`, given the words beside it. */
  readonly moreHelp?: (words: readonly string[]) => readonly string[];
  readonly run: (context: CommandContext, args: ParsedArguments) => Promise<CommandResult>;
  /** Instead of `run`, of a command that works on files alone: in the process it was typed into, and nothing is opened. */
  readonly alone?: (context: LoneContext, args: ParsedArguments) => Promise<CommandResult>;
}

/** The first option that is missing or not understood, in words. */
export function faultyOption(
  values: ParsedArguments["values"],
  issues: readonly z.core.$ZodIssue[],
): string {
  const [issue] = issues;
  const name = String(issue?.path[0] ?? "");
  if (values[name] === undefined) return `--${name} is missing.`;
  return `--${name} ${String(values[name])}: ${issue?.message ?? "not understood"}.`;
}

/** The operating-system user who typed a command (DEFINITIONS, Command line). */
export function operatorActor(operator: string): Actor {
  return { person: operator, role: "operator", partner: null };
}

/** A command as an act of whoever typed it. */
export const operatorAct = (
  context: CommandContext,
): CommandContext & { readonly actor: Actor } => ({
  ...context,
  actor: operatorActor(context.operator),
});
