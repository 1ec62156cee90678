import type { AuditDetail, AuditNote } from "#core/model/audit.ts";
import type { Actor } from "#core/model/role.ts";
import { appendAudit } from "#server/audit/append.ts";
import type { Database } from "#server/db/database.ts";

/** One request or command and its line in the audit chain. */
export interface AuditedAct {
  /** The database, which writes the line in the first transaction that serves the act. */
  readonly db: Database;
  /** Says more about the act; what is said after its transaction has ended is too late. */
  readonly addDetail: (detail: AuditDetail) => void;
  /** Where no transaction was needed, the line is written now. */
  readonly done: () => Promise<void>;
  /** The act did not happen: a line of its own, unless what it did was kept. */
  readonly refused: (detail: AuditDetail) => Promise<void>;
}

/**
 * Puts the line of an act into the same transaction as the act: kept together or not at all. The
 * tool's own transactions beside it (`system`: places, settings) are not the act.
 */
export function auditedAct(
  db: Database,
  actor: Actor,
  note: AuditNote,
  first: AuditDetail = {},
): AuditedAct {
  let detail = first;
  let line: "open" | "taken" | "written" = "open";
  const append = (outcome: "done" | "refused") => (tx: Parameters<typeof appendAudit>[0]) =>
    appendAudit(tx, actor, { ...note, outcome, detail });
  return {
    addDetail: (more) => {
      detail = { ...detail, ...more };
    },
    done: async () => {
      if (line !== "open") return;
      await db.transaction(actor, append("done"));
      line = "written";
    },
    refused: async (more) => {
      if (line === "written") return;
      detail = { ...detail, ...more };
      await db.transaction(actor, append("refused"));
      line = "written";
    },
    db: {
      ...db,
      transaction: async (by, work, options) => {
        if (line !== "open" || by.role === "system") return db.transaction(by, work, options);
        line = "taken";
        try {
          const value = await db.transaction(
            by,
            async (tx) => {
              const made = await work(tx);
              await append("done")(tx);
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
      },
    },
  };
}
