import type { Config } from "#server/config.ts";

/** A pooler in transaction mode takes `listen` and hands the connection on to somebody else. */
export function whyUnheard({ listenUrl }: Pick<Config, "listenUrl">): string {
  return listenUrl === null
    ? "The database's announcements do not arrive, as behind PgBouncer in transaction mode: open screens ask once a minute what has changed. To hear it at once, set BOXSTER_LISTEN_URL to the address of PostgreSQL itself."
    : "The database's announcements do not arrive over BOXSTER_LISTEN_URL: open screens ask once a minute what has changed. Set it to the address of PostgreSQL itself, and of the same database as DATABASE_URL.";
}
