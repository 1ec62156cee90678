import type { Actor } from "#core/role.ts";
import type { TypedQueries } from "#server/db/rows.ts";
import type { SqlValue, Statement } from "#server/db/sql.ts";

/** In which instants are told where nothing else is said. */
export const usualTimeZone = "Europe/London";

/** The columns whose text is taken as it is: a day has no hour, and so is no instant of any zone. */
export const dayType = 1082;

/** A connection as either engine lends it. */
export interface Connection {
  /**
   * The rows of each statement, all of them in one round trip. The first that fails is the error of
   * all; those behind it have no effect once their transaction has begun.
   */
  readonly send: (statements: readonly Statement[]) => Promise<unknown[][]>;
  /** Several statements without parameters, such as a migration. */
  readonly script: (sql: string) => Promise<void>;
}

export interface Transaction extends TypedQueries {
  readonly query: <Row>(sql: string, params?: readonly SqlValue[]) => Promise<Row[]>;
  /**
   * The same of a statement whose failure is foreseen: it alone is undone, its error is thrown, and the transaction
   * goes on. It costs the server a transaction within the transaction: not for thousands of statements.
   */
  readonly tryQuery: <Row>(sql: string, params?: readonly SqlValue[]) => Promise<Row[]>;
  /** Several statements without parameters, such as a migration. */
  readonly script: (sql: string) => Promise<void>;
  /**
   * The last statement and the commit in one round trip. Once it has answered, what was done is kept
   * and the transaction is over.
   */
  readonly commitWith: <Row>(statement: Statement) => Promise<Row[]>;
  /**
   * Runs `work` under another database role, that of the door, instead of the
   * caller's. For answers that need rows which their caller may not see; keep it to a few statements.
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
  /** A look-up beside the act that a request or command is: the act's line in the audit chain is not written here. */
  readonly beside?: boolean;
  /** All statements see the rows as they stood at the first one. */
  readonly oneSnapshot?: boolean;
  /** The database itself refuses every change. */
  readonly readOnly?: boolean;
  /**
   * It works with events. Of a server's connections two are kept for everything else, so such a
   * transaction waits for its turn first. One that does not say so waits with its connection, and only one
   * of them may.
   */
  readonly events?: boolean;
  /** An act that may take long by its nature, such as an import: it gets the long timeouts. */
  readonly long?: boolean;
  /** It brings much in: stopped before it takes the room that is kept for partners (server/disk-room.ts). */
  readonly grows?: boolean;
}

/**
 * One database, two engines, the same SQL. Every statement runs in a transaction that carries
 * who acts (`boxster.person`, `boxster.partner`) and has taken on the database role of that actor's
 * role, under row policies (sql/migrations/0001-ground.sql).
 */
export interface Database {
  readonly engine: "postgres" | "embedded";
  readonly transaction: <Value>(
    actor: Actor,
    work: (tx: Transaction) => Promise<Value>,
    options?: TransactionOptions,
  ) => Promise<Value>;
  /**
   * Calls `hear` with each notification of the database's channel, once what it announces is committed, by
   * whichever process; with null where some may have been missed. Resolves when it listens.
   */
  readonly listen: (hear: Hearer) => Promise<Listening>;
  readonly load: () => DatabaseLoad;
  readonly close: () => Promise<void>;
}

/** Connections at this moment. */
export interface DatabaseLoad {
  readonly open: number;
  /** Of those open, lent to nobody. */
  readonly idle: number;
  /** Transactions that wait for one. */
  readonly waiting: number;
  /** Transactions that work with events, which may not take all connections. */
  readonly events: { readonly running: number; readonly waiting: number };
}

export interface Listening {
  /** False where nothing will be heard: a pooler stands between, and what has changed must be asked for. */
  readonly hears: boolean;
  readonly stop: () => Promise<void>;
}

export type Hearer = (announcement: string | null) => void;

/** The one channel of notifications (sql/migrations/0001-ground.sql). */
export const announcementChannel = "boxster";

/** The tool itself, where nobody asked: what it keeps going, under few rights of its own. */
export const systemActor: Actor = { person: "system", role: "system", partner: null };

/** Makes the public figures, the same for whoever asks: reported events and nothing of outreach. */
export const publisherActor: Actor = { person: "publisher", role: "publisher", partner: null };

/** Counts arrests, stops and reports by where they lie, for totals: it reads what a sergeant may read of an event. */
export const countingActor: Actor = { person: "counting", role: "sergeant", partner: null };

/** Whoever reads what is public: approved releases and their notices, and nothing else there is. */
export const publicActor: Actor = { person: "public", role: "public", partner: null };

/** Finds out who calls: the only one that reads accounts' secrets and signed-in browsers. */
export const gateActor: Actor = { person: "gate", role: "gate", partner: null };

/** Keeps the login's own role: for migrations, and for tests that put rows where no route would. */
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

/** What a notification of the database says (sql/migrations/0001-ground.sql): which table, and whose row. */
export interface Announced {
  readonly table: string;
  readonly id: string;
}

export function readAnnouncement(announcement: string): Announced {
  const [table = "", id = ""] = announcement.split(" ");
  return { table, id };
}

const behind = new WeakMap<Database, Database>();

/** The same database with another way into its transactions. */
export function wrapDatabase(db: Database, transaction: Database["transaction"]): Database {
  const wrapped = { ...db, transaction };
  behind.set(wrapped, databaseBehind(db));
  return wrapped;
}

/** The same database, each of whose transactions has these options beside its own. */
export function withOptions(db: Database, options: TransactionOptions): Database {
  return wrapDatabase(db, (actor, work, own) =>
    db.transaction(actor, work, { ...options, ...own }),
  );
}

/** The database itself, whatever wraps it: what is kept in memory of a database goes by this one. */
export function databaseBehind(db: Database): Database {
  return behind.get(db) ?? db;
}
