import pg from "pg";
import { toDatabaseError } from "#server/db/postgres.ts";

/** Outside transactions, for creating databases and logins. */
export interface Cluster {
  /** Throws a DatabaseError. */
  readonly run: <Row>(sql: string, params?: readonly unknown[]) => Promise<Row[]>;
  readonly end: () => Promise<void>;
}

export async function connectToCluster(url: string): Promise<Cluster> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  // A lost connection fails the next statement; without a listener it would end this process.
  client.on("error", () => undefined);
  try {
    await client.connect();
  } catch (error) {
    throw toDatabaseError(error);
  }
  return {
    run: async <Row>(sql: string, params: readonly unknown[] = []) => {
      try {
        return (await client.query(sql, [...params])).rows as Row[];
      } catch (error) {
        throw toDatabaseError(error);
      }
    },
    end: () => client.end(),
  };
}
