/** How long the server lets a transaction go on, in seconds. */
export interface Timeouts {
  /** One statement, waiting for locks included. */
  readonly statement: number;
  /** Waiting for one lock that somebody else holds. */
  readonly lock: number;
  /** Between two statements, with locks held and nothing asked. */
  readonly idle: number;
}

export const usualTimeouts: Timeouts = { statement: 30, lock: 10, idle: 60 };

/** Of an import, a migration, a backup and the like: never shorter than the others. */
export function longTimeouts(usual: Timeouts): Timeouts {
  return {
    statement: Math.max(3_600, usual.statement),
    lock: Math.max(60, usual.lock),
    idle: Math.max(900, usual.idle),
  };
}

/**
 * For behind `begin`: bounds of this transaction alone, so that they hold behind a pooler too, which hands
 * one connection to many and refuses them at the start of a connection.
 */
export function boundsOf({ statement, lock, idle }: Timeouts): string {
  return `; set local statement_timeout = '${statement}s'; set local lock_timeout = '${lock}s'; set local idle_in_transaction_session_timeout = '${idle}s'`;
}
