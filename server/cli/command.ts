import { z } from "zod";
import type { AuditNote } from "#core/audit.ts";
import type { Actor } from "#core/role.ts";
import type { Act } from "#server/acts/services.ts";

export interface Talk {
  /** On standard error. */
  readonly say: (line: string) => void;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
}

export interface LoneContext extends Talk {
  readonly readInput: () => Promise<string>;
}

/** A command under way: an act of whoever typed it. */
export interface CommandAct extends Act, Talk {
  readonly secret: string | null;
}

export interface CommandResult {
  readonly json: unknown;
  /** Standard output without `--json`. */
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

export interface ParsedArguments {
  readonly positionals: readonly string[];
  readonly values: Readonly<Record<string, string | boolean | readonly string[] | undefined>>;
}

export interface SecretQuestion {
  readonly name: "password" | "passphrase";
  /** Typed twice, where a slip of the finger could not be found out later. */
  readonly twice: boolean;
  readonly leastLength: number;
  /** An option beside which it is not asked for. */
  readonly unless?: string;
}

interface Taking<Given> {
  /**
   * What follows: `FILE [--kind KIND] [--map role=column]... [--dry-run]`. There is no other list of what may be
   * given. A FILE or FOLDER is a path, and arrives absolute.
   */
  readonly takes?: string;
  /** Reads what is given by its name: FILE as `file`, `--as-at` as `as-at`. Without it nothing is passed on. */
  readonly reads?: z.ZodType<Given>;
}

/** What a command, or one of its words, does where the database is: here, or inside the server that holds the folder. */
export interface Action<Given = unknown> extends Taking<Given> {
  /** What it is in the audit chain, or why it is in none. */
  readonly audit: AuditNote | { readonly none: string };
  readonly secret?: SecretQuestion;
  /** Whether the server has to be stopped for it: what it read as it started would be another's. */
  isStopped?(given: Given): boolean;
  /** It must not read `process` or print by itself. */
  run(act: CommandAct, given: Given): Promise<CommandResult>;
}

/** What works on files or standard input alone: in the process it was typed into, and nothing is opened. */
export interface LoneAction<Given = unknown> extends Taking<Given> {
  alone(context: LoneContext, given: Given): Promise<CommandResult>;
}

interface Head {
  readonly name: string;
  readonly summary: string;
  /** What each option means. */
  readonly options?: Readonly<Record<string, string>>;
  readonly moreHelp?: (words: readonly string[]) => readonly string[];
  /** Runs before migration, and alone. */
  readonly before?: true;
  /** Needs a PostgreSQL server: refused without DATABASE_URL, before anything is opened. */
  readonly onCluster?: true;
}

/** One action, or several by the word that follows. */
export type Command = Head &
  (Action | LoneAction | { readonly words: Readonly<Record<string, Action | LoneAction>> });

/** Types what is given by what reads it. */
export const command = <Given>(said: Head & Action<Given>): Command => said;
export const action = <Given>(said: Action<Given>): Action => said;
export const loneAction = <Given>(said: LoneAction<Given>): LoneAction => said;

/** An option that says yes by being there. */
export const flag = z.boolean().default(false);

export const wholeNumber = (least: number, most: number) => {
  const range = `a whole number from ${least} to ${most}`;
  return z
    .string()
    .regex(/^\d{1,10}$/, range)
    .transform(Number)
    .refine((number) => number >= least && number <= most, range);
};

/** Of something that is numbered, as its list shows it. */
export const listNumber = z
  .string()
  .regex(/^[1-9]\d{0,8}$/, "give its number")
  .transform(Number);

/** The operating-system user who typed a command (DEFINITIONS, Command line). */
export function operatorActor(operator: string): Actor {
  return { person: operator, role: "operator", partner: null };
}
