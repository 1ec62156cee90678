import type { Actor } from "#core/role.ts";
import type { TypedQueries } from "#server/db/rows.ts";
import type { SqlValue, Statement } from "#server/db/sql.ts";

/** Default zone of timestamps. */
export const usualTimeZone = "Europe/London";

/** Dates stay text: a day belongs to no time zone. */
export const dayType = 1082;

export interface Connection {
  /**
   * Rows of each statement, all in one round trip. The first failure is the error of all; once
   * their transaction has begun, later statements have no effect.
   */
  readonly send: (statements: readonly Statement[]) => Promise<unknown[][]>;
  /** Several statements without parameters, such as a migration. */
  readonly script: (sql: string) => Promise<void>;
}

export interface Transaction extends TypedQueries {
  readonly query: <Row>(sql: string, params?: readonly SqlValue[]) => Promise<Row[]>;
  /**
   * The same for a statement that may fail: it alone is undone, its error is thrown, and the
   * transaction goes on. Costs a subtransaction: not for thousands of statements.
   */
  readonly tryQuery: <Row>(sql: string, params?: readonly SqlValue[]) => Promise<Row[]>;
  /** Several statements without parameters, such as a migration. */
  readonly script: (sql: string) => Promise<void>;
  /**
   * The last statement and the commit in one round trip. When it resolves, the work is committed
   * and the transaction is over.
   */
  readonly commitWith: <Row>(statement: Statement) => Promise<Row[]>;
  /**
   * Runs `work` under the door's database role instead of the caller's. For answers that need rows
   * hidden from their caller; keep it to a few statements.
   */
  readonly through: <Value>(
    door: Door,
    work: (tx: Transaction) => Promise<Value>,
  ) => Promise<Value>;
}

/** The database roles that no person has (sql/migrations/0001-ground.sql). */
export const doors = ["gate", "keeper", "publisher", "public", "clerk", "copier"] as const;
export type Door = (typeof doors)[number];

export interface TransactionOptions {
  /** How often to run the work again after a deadlock or an exclusion conflict (40P01, 40001, 23P01). */
  readonly retries?: number;
  /** A side query of an act: does not write its audit line. */
  readonly beside?: boolean;
  /** All statements see the rows as they stood at the first one. */
  readonly oneSnapshot?: boolean;
  /** The database itself refuses every change. */
  readonly readOnly?: boolean;
  /**
   * Marks a transaction that works with events. Two of a server's connections are reserved for
   * other work, so it waits for its turn first. Without the mark it waits while holding a
   * connection, and only one may.
   */
  readonly events?: boolean;
  /** Uses the long timeouts, as for an import. */
  readonly long?: boolean;
  /** Stopped before it takes the space reserved for partners (server/disk-room.ts). */
  readonly grows?: boolean;
}

/**
 * One database, two engines, the same SQL. Every statement runs in a transaction that carries the
 * actor (`boxster.person`, `boxster.partner`) under the database role of the actor's role and row
 * policies (sql/migrations/0001-ground.sql).
 */
export interface Database {
  readonly engine: "postgres" | "embedded";
  readonly transaction: <Value>(
    actor: Actor,
    work: (tx: Transaction) => Promise<Value>,
    options?: TransactionOptions,
  ) => Promise<Value>;
  /**
   * Calls `hear` with each notification of the database's channel, from any process, once
   * committed; with null where some may have been missed. Resolves when listening.
   */
  readonly listen: (hear: Hearer) => Promise<Listening>;
  readonly load: () => DatabaseLoad;
  readonly close: () => Promise<void>;
}

export interface DatabaseLoad {
  readonly open: number;
  /** Open and unused. */
  readonly idle: number;
  readonly waiting: number;
  /** Those that wait to work with events, which may not take all connections. */
  readonly eventsWaiting: number;
}

export interface Listening {
  /** False behind a pooler, where changes must be polled. */
  readonly hears: boolean;
  readonly stop: () => Promise<void>;
}

export type Hearer = (announcement: string | null) => void;

/** The only NOTIFY channel (sql/migrations/0001-ground.sql). */
export const announcementChannel = "boxster";

/** Background work, with few rights. */
export const systemActor: Actor = { person: "system", role: "system", partner: null };

/** Computes public figures: reported events only, nothing of outreach. */
export const publisherActor: Actor = { person: "publisher", role: "publisher", partner: null };

/** Counts events by place for totals, with a sergeant's rights. */
export const countingActor: Actor = { person: "counting", role: "sergeant", partner: null };

/** Readers of public data: approved releases and their notices, nothing else. */
export const publicActor: Actor = { person: "public", role: "public", partner: null };

/** Finds out who calls: the only one that reads accounts' secrets and signed-in browsers. */
export const gateActor: Actor = { person: "gate", role: "gate", partner: null };

/** The login's own role: for migrations and tests. */
export const ownerActor: Actor = { person: "owner", role: "owner", partner: null };

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

/** Table and row of a NOTIFY (sql/migrations/0001-ground.sql). */
export interface Announced {
  readonly table: string;
  readonly id: string;
}

export function readAnnouncement(announcement: string): Announced {
  const [table = "", id = ""] = announcement.split(" ");
  return { table, id };
}

const behind = new WeakMap<Database, Database>();

export function wrapDatabase(db: Database, transaction: Database["transaction"]): Database {
  const wrapped = { ...db, transaction };
  behind.set(wrapped, databaseBehind(db));
  return wrapped;
}

/** Adds these options to every transaction. */
export function withOptions(db: Database, options: TransactionOptions): Database {
  return wrapDatabase(db, (actor, work, own) =>
    db.transaction(actor, work, { ...options, ...own }),
  );
}

/** Unwrapped; the key of in-memory caches. */
export function databaseBehind(db: Database): Database {
  return behind.get(db) ?? db;
}
