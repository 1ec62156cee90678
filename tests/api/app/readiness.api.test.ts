import { afterAll, beforeAll, expect, test } from "vitest";
import { createApp } from "#server/app/app.ts";
import { ownerActor, type systemActor } from "#server/db/database.ts";
import { openTestApp, type TestApp } from "#tests/support/app.ts";
import { onOneEngine } from "#tests/support/database.ts";
import { fullDisk } from "#tests/support/small-disk.ts";

onOneEngine("readiness", ({ db }) => {
  let test_: TestApp;
  beforeAll(async () => {
    test_ = await openTestApp(db());
  });
  afterAll(() => test_.close());

  test("says that the database answers with its migrations in, and nothing else", async () => {
    expect((await test_.stranger.get("/readyz")).json()).toEqual({ status: "ready" });
    expect((await test_.stranger.get("/healthz")).json()).toEqual({ status: "ok" });
    await db().transaction(ownerActor, (tx) =>
      tx.query("update migration set name = 'x' || name where false"),
    );
    const lost = {
      ...test_.services,
      db: {
        ...db(),
        transaction: () => Promise.reject(new Error("gone")),
      } as typeof test_.services.db,
    };
    const app = await createApp(lost);
    const reply = await app.inject({ url: "/readyz" });
    expect(reply.statusCode).toBe(503);
    expect(reply.body).not.toMatch(/gone|migration/);
    expect((await app.inject({ url: "/healthz" })).statusCode).toBe(200);
    await app.close();
  });

  test("a migration that is missing is not ready", async () => {
    const older = {
      ...test_.services,
      db: {
        ...db(),
        transaction: (actor: typeof systemActor, work: never) =>
          actor.role === "system"
            ? Promise.resolve([{ applied: 3 }])
            : db().transaction(actor, work),
      } as unknown as typeof test_.services.db,
    };
    const app = await createApp(older);
    expect((await app.inject({ url: "/readyz" })).statusCode).toBe(503);
    await app.close();
  });

  test("is not there while the disk of the database is full", async ({ skip }) => {
    const disk = fullDisk();
    if (disk === null) return skip("only root may mount a small disk");
    const { config } = test_.services;
    const onIt = { ...test_.services, config: { ...config, dataFolder: disk.folder } };
    const app = await createApp(onIt);
    expect((await app.inject({ url: "/readyz" })).statusCode).toBe(503);
    expect((await app.inject({ url: "/healthz" })).statusCode).toBe(200);
    await app.close();
    disk.remove();
  });
});
