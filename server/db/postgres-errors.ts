import pg from "pg";
import { DatabaseError } from "#server/db/database.ts";
import { endsConnection } from "#server/db/errors.ts";

/** PostgreSQL's own answer: whatever else goes wrong, such as a lost socket, happened on the way to it. */
function isAnswer(error: unknown): error is pg.DatabaseError & { readonly code: string } {
  return error instanceof pg.DatabaseError && /^[0-9A-Z]{5}$/.test(error.code ?? "");
}

/** Whether the connection is of no use after it, so that nobody may be given it again. */
export function breaksConnection(error: unknown): boolean {
  return !isAnswer(error) || endsConnection.test(error.code);
}

/** 08006 is PostgreSQL's own "connection failure". */
export function toDatabaseError(error: unknown): DatabaseError {
  if (error instanceof DatabaseError) return error;
  const message = error instanceof Error ? error.message : String(error);
  if (!isAnswer(error)) {
    return new DatabaseError({ message, code: "08006", constraint: null, table: null });
  }
  const { code, constraint = null, table = null } = error;
  return new DatabaseError({ message, code, constraint, table });
}

/** The reason that the server gave before it hung up says more than what came of it. */
export function reasonOf(fault: unknown, lost: unknown): DatabaseError {
  return toDatabaseError(isAnswer(fault) || lost === null ? fault : lost);
}
