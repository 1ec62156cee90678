import { expect, test } from "vitest";
import { readConfig } from "#server/config.ts";
import { type DatabaseError, systemActor } from "#server/db/database.ts";
import { problemFromDatabase } from "#server/db/errors.ts";
import { migrate } from "#server/db/migrate.ts";
import { openDatabase } from "#server/db/open.ts";
import { openPostgres } from "#server/db/postgres.ts";
import { writeSetting } from "#server/queries/settings.ts";
import { createCluster } from "#tests/support/postgres-cluster.ts";

test("a standby is named as such at the start, and a server that has become one is read-only", async ({
  skip,
}) => {
  const cluster = await createCluster();
  if ("reason" in cluster) return skip(cluster.reason);
  try {
    const primary = openPostgres(cluster.url);
    await migrate(primary);
    await primary.close();
    const standby = await cluster.follow();
    try {
      const config = readConfig({ DATABASE_URL: standby.url });
      await expect(openDatabase(config, () => undefined)).rejects.toMatchObject({
        status: 503,
        title: "This server is a standby (read-only)",
        detail: expect.stringContaining("Set DATABASE_URL to the address of the primary."),
      });
      const db = openPostgres(standby.url);
      const refused = await db
        .transaction(systemActor, (tx) => writeSetting(tx, "demo", true))
        .catch((error: unknown) => error);
      await db.close();
      expect(problemFromDatabase(refused as DatabaseError)).toMatchObject({
        status: 503,
        title: "The database is read-only",
      });
    } finally {
      standby.stop();
    }
  } finally {
    cluster.drop();
  }
});
