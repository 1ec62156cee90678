import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { refuseUnsafeDatabase } from "#server/app/exposure.ts";
import { startServer } from "#server/app/serve.ts";
import { type Config, readConfig } from "#server/config.ts";
import { ownerActor } from "#server/db/database.ts";
import { findUnboundLogin } from "#server/db/login.ts";
import { openDatabase } from "#server/db/open.ts";
import { openPostgres } from "#server/db/postgres.ts";
import { writeSetting } from "#server/db/settings.ts";
import { testServices } from "#tests/support/app.ts";
import { startOnce } from "#tests/support/data-folder.ts";
import { engines, onEachEngine, openTestDatabase } from "#tests/support/database.ts";
import { isWhole } from "#tests/support/runs.ts";
import { testFolder } from "#tests/support/scratch.ts";

const others = readConfig({
  HOST: "0.0.0.0",
  BOXSTER_SECRET: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
  BOXSTER_PROXY: "192.0.2.4",
  BOXSTER_ORIGIN: "https://boxster.example",
});

test("a server whose settings are unsafe opens nothing", async () => {
  const folder = join(testFolder("exposure"), "data");
  // An address of nobody's: were it not refused, it could not listen there.
  const config = readConfig({ HOST: "192.0.2.9", PORT: "0", BOXSTER_DATA: folder });
  await expect(startServer(config, () => undefined)).rejects.toThrow("BOXSTER_SECRET is not set");
  expect(existsSync(folder)).toBe(false);
});

/** Stopped again where it was not refused. */
async function start(config: Config): Promise<"started"> {
  const server = await startServer(config, () => undefined);
  await server.close();
  return "started";
}

/** Loopback alone, so that nothing is shown to others where the refusal is gone; a proxy makes it exposed. */
const proxied = (more: Partial<Config>): Config => ({
  ...others,
  host: "127.0.0.1",
  port: 0,
  ...more,
});

test.runIf(isWhole)(
  "a server whose settings are safe does not start over a demonstration, and leaves its folder free",
  async () => {
    const folder = testFolder("exposure");
    await startOnce(folder);
    const here = readConfig({ BOXSTER_DATA: folder, PORT: "0" });
    const db = await openDatabase(here, () => undefined);
    await db.transaction(ownerActor, (tx) => writeSetting(tx, "demo", { asAt: "2021-11-26" }));
    await db.close();
    await expect(start(proxied({ dataFolder: folder }))).rejects.toThrow(
      /^BOXSTER_PROXY is 192\.0\.2\.4.*demonstration.*Use another database\.$/,
    );
    await expect(start(here)).resolves.toBe("started");
  },
);

test.runIf(engines.includes("postgres"))(
  "a server whose settings are safe does not start under a login that row security would not hold",
  async () => {
    const { url, drop } = await openTestDatabase("postgres");
    const folder = testFolder("exposure");
    try {
      await expect(start(proxied({ dataFolder: folder, databaseUrl: url ?? "" }))).rejects.toThrow(
        /the login of DATABASE_URL, \w+, is a superuser/,
      );
    } finally {
      await drop();
    }
  },
);

onEachEngine("a database that others may reach", ({ db }) => {
  test("is not a demonstration, where anybody signs in by one click", async () => {
    await db().transaction(ownerActor, (tx) => writeSetting(tx, "demo", { asAt: "2021-11-26" }));
    const services = await testServices(db());
    await expect(refuseUnsafeDatabase(services)).resolves.toBeUndefined();
    await expect(refuseUnsafeDatabase({ ...services, config: others })).rejects.toThrow(
      /^HOST is 0\.0\.0\.0.*demonstration.*Use another database\.$/,
    );
    await services.solver.close();
  });
});

test.runIf(engines.includes("postgres"))(
  "a login that row security would not hold is refused: superuser, member of the owner, copier",
  async () => {
    const { db, url, drop } = await openTestDatabase("postgres");
    const name = `boxster_login_${randomBytes(4).toString("hex")}`;
    const services = await testServices(db);
    const owner = (sql: string) => db.transaction(ownerActor, (tx) => tx.script(sql));
    const address = new URL(url ?? "");
    address.username = name;
    address.password = "only-for-this-test";
    try {
      expect((await findUnboundLogin(db))?.because).toBe("a superuser");
      await owner(`create role ${name} login noinherit password 'only-for-this-test'`);
      await owner(`grant boxster_app to ${name} with set true, inherit false`);
      const app = openPostgres(address.href);
      const asLogin = { ...services, config: others, db: app };
      expect(await findUnboundLogin(app)).toBeNull();
      await expect(refuseUnsafeDatabase(asLogin)).resolves.toBeUndefined();

      await owner(`create role ${name}_owner nologin; grant ${name}_owner to ${name}`);
      await owner(`alter table event owner to ${name}_owner`);
      await expect(refuseUnsafeDatabase(asLogin)).rejects.toThrow(
        `the login of DATABASE_URL, ${name}, is the owner of the tables`,
      );
      await owner(`alter table event owner to current_user; grant boxster_copier to ${name}`);
      await expect(refuseUnsafeDatabase(asLogin)).rejects.toThrow("may copy every row");
      await owner(`revoke boxster_copier from ${name}; alter role ${name} bypassrls`);
      await expect(refuseUnsafeDatabase(asLogin)).rejects.toThrow("is a superuser");
      await app.close();
    } finally {
      await services.solver.close();
      await owner(`drop owned by ${name}; drop role if exists ${name}_owner; drop role ${name}`);
      await drop();
    }
  },
);
