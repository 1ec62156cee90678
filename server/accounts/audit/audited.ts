import type { AuditDetail, AuditEntry, AuditNote } from "#core/audit.ts";
import type { Actor } from "#core/role.ts";
import { commitWithAudit } from "#server/accounts/audit/append.ts";
import { type ActNotes, type Services, silentNotes } from "#server/acts/services.ts";
import { givenTo } from "#server/cli/arguments.ts";
import {
  type Command,
  CommandError,
  type CommandResult,
  operatorActor,
  type ParsedArguments,
  type Talk,
} from "#server/cli/command.ts";
import { type Database, DatabaseError, wrapDatabase } from "#server/db/database.ts";
import { problemFromDatabase } from "#server/db/errors.ts";
import { Problem } from "#server/problem.ts";

export interface AuditedAct {
  /** Its first transaction that serves the act also writes the line. */
  readonly db: Database;
  readonly notes: ActNotes;
  /** Writes the line now if no transaction did. */
  readonly done: () => Promise<void>;
  /** Writes a line for a refusal, unless committed work already has one. */
  readonly failed: (error: unknown) => Promise<void>;
}

/**
 * Writes an act's audit entry in the act's transaction: both kept or neither. Not part of the act:
 * the tool's own transactions beside it (`system`) and look-ups marked as such (`beside`).
 */
export function auditedAct(
  db: Database,
  actor: Actor,
  note: AuditNote,
  first: AuditDetail = {},
): AuditedAct {
  let entry: AuditEntry = { ...note, outcome: "done", detail: first };
  let line: "open" | "taken" | "written" = "open";
  const write = async () => {
    if (line !== "open") return;
    await db.transaction(actor, (tx) => commitWithAudit(tx, actor, entry));
    line = "written";
  };
  const addDetail = (more: AuditDetail) => {
    entry = { ...entry, detail: { ...entry.detail, ...more } };
  };
  const refuse = (more: AuditDetail = {}) => {
    addDetail(more);
    entry = { ...entry, outcome: "refused" };
  };
  return {
    notes: {
      addDetail,
      refuse,
      restate: (stated) => {
        entry = { ...entry, ...stated };
      },
      writeLine: write,
    },
    done: write,
    failed: async (error) => {
      const status = refusalStatus(error);
      if (line !== "open" || status === null) return;
      refuse(status > 0 ? { status } : {});
      await write();
    },
    db: wrapDatabase(db, async (by, work, options) => {
      const isAct = by.role !== "system" && options?.beside !== true;
      if (line !== "open" || !isAct) return db.transaction(by, work, options);
      line = "taken";
      const said = entry;
      try {
        const value = await db.transaction(
          by,
          async (tx) => {
            // A retry records everything again.
            entry = said;
            const made = await work(tx);
            await commitWithAudit(tx, actor, entry);
            return made;
          },
          options,
        );
        line = "written";
        return value;
      } catch (error) {
        line = "open";
        throw error;
      }
    }),
  };
}

export function unauditedAct(db: Database): AuditedAct {
  const nothing = async () => undefined;
  return { db, notes: silentNotes, done: nothing, failed: nothing };
}

/** The HTTP status of a refusal in words, 0 for one without, null for a fault of ours. */
function refusalStatus(error: unknown): number | null {
  const problem = error instanceof DatabaseError ? problemFromDatabase(error) : error;
  if (problem instanceof Problem) return problem.status < 500 ? problem.status : null;
  return error instanceof CommandError ? 0 : null;
}

/** Runs work with its line in the audit chain, if it has one. */
export async function audited<Value>(
  db: Database,
  actor: Actor,
  audit: AuditNote | { readonly none: string },
  work: (act: ActNotes & { readonly db: Database }) => Promise<Value>,
): Promise<Value> {
  const act = "none" in audit ? unauditedAct(db) : auditedAct(db, actor, audit);
  try {
    const value = await work({ ...act.notes, db: act.db });
    await act.done();
    return value;
  } catch (error) {
    await act.failed(error);
    throw error;
  }
}

/** Runs a command where the database is. */
export async function runAudited(
  command: Command,
  {
    operator,
    ...context
  }: Services & Talk & { readonly operator: string; readonly secret: string | null },
  args: ParsedArguments,
): Promise<CommandResult> {
  const { action, given } = givenTo(command, args);
  if ("alone" in action) {
    throw new CommandError(`"${command.name}" runs in the process that it is typed into.`);
  }
  const actor = operatorActor(operator);
  return audited(context.db, actor, action.audit, (act) =>
    action.run({ ...context, ...act, actor }, given),
  );
}
