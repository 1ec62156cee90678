import { expect, test } from "vitest";
import { readConfig } from "#server/config.ts";
import { failureText } from "#server/db/errors.ts";
import { openAsItIs, openDatabase } from "#server/db/open.ts";
import { freePort } from "#tests/support/postgres-cluster.ts";

test("a start without its PostgreSQL names the host and the port, and no password", async () => {
  const port = await freePort();
  for (const [at, said] of [
    [`boxster:pass-word@127.0.0.1:${port}`, `127.0.0.1, port ${port} (connect ECONNREFUSED`],
    [`boxster:pass-word@no-such-host.invalid`, "no-such-host.invalid, port 5432 (getaddrinfo "],
  ] as const) {
    const config = readConfig({ DATABASE_URL: `postgres://${at}/boxster` });
    for (const open of [openDatabase, openAsItIs]) {
      const line = await open(config, () => undefined).then(
        () => "opened",
        (error: unknown) => failureText(error),
      );
      expect(line).toContain(
        `The database is not responding: There is no connection to PostgreSQL`,
      );
      expect(line).toContain(said);
      expect(line).toContain("Start it there, or correct DATABASE_URL.");
      expect(line).not.toContain("pass-word");
    }
  }
});
