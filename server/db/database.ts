import type { Actor } from "#core/model/role.ts";

/** A value as SQL parameter; cells and other int8 values go in as decimal strings. */
export type SqlValue = string | number | boolean | null | Date | Uint8Array | readonly SqlValue[];

export interface Transaction {
  readonly query: <Row>(sql: string, params?: readonly SqlValue[]) => Promise<Row[]>;
  /** Several statements without parameters, such as a migration. */
  readonly script: (sql: string) => Promise<void>;
}

export interface TransactionOptions {
  /** How often to run the work again after a deadlock or an exclusion conflict (40P01, 40001, 23P01). */
  readonly retries?: number;
}

/**
 * One database, two engines, the same SQL. Every statement runs in a transaction that carries
 * who acts; `boxster.person`, `boxster.role` and `boxster.partner` hold it for row policies.
 */
export interface Database {
  readonly engine: "postgres" | "embedded";
  readonly transaction: <Value>(
    actor: Actor,
    work: (tx: Transaction) => Promise<Value>,
    options?: TransactionOptions,
  ) => Promise<Value>;
  readonly close: () => Promise<void>;
}

export const systemActor: Actor = { person: "system", role: "system", partner: null };

/** What either engine throws, reduced to the fields that may be logged. */
export class DatabaseError extends Error {
  override readonly name = "DatabaseError";
  readonly code: string;
  readonly constraint: string | null;
  readonly table: string | null;

  constructor(fields: {
    message: string;
    code: string;
    constraint: string | null;
    table: string | null;
  }) {
    super(fields.message);
    this.code = fields.code;
    this.constraint = fields.constraint;
    this.table = fields.table;
  }
}
