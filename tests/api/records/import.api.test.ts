import { request as httpRequest } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { afterEach, beforeAll, expect, test } from "vitest";
import { type ImportLine, importCalls, importLine } from "#core/records/wire/import.ts";
import { ownerActor } from "#server/db/database.ts";
import { fillPlaces } from "#server/places/load.ts";
import { createBatch } from "#server/records/queries/batches.ts";
import type { TestApp } from "#tests/support/app.ts";
import { appWith } from "#tests/support/app-with.ts";
import { onOneEngine } from "#tests/support/database.ts";
import { plainTable } from "#tests/support/import.ts";
import { scratchFolder } from "#tests/support/scratch.ts";

const octets = { "content-type": "application/octet-stream" };

onOneEngine(
  "POST /api/imports",
  ({ db }) => {
    const dataFolder = scratchFolder("upload");
    const app = appWith(db);
    const analyst = app.caller("analyst");
    beforeAll(async () => {
      // The key of the duplicate keys belongs to a data folder: one of this test alone.
      Object.assign(app.services, { config: { ...app.services.config, dataFolder } });
    });
    afterEach(() => db().transaction(ownerActor, (tx) => tx.query("delete from batch")));

    const upload = (body: string | Buffer, query = "", caller = analyst) =>
      caller.inject({
        method: "POST",
        url: `/api/imports?fileName=week.csv${query}`,
        headers: octets,
        payload: body,
      });
    const linesOf = (body: string): ImportLine[] =>
      body
        .trimEnd()
        .split("\n")
        .map((line) => importLine.parse(JSON.parse(line)));

    test("a file ends in one result line, and is in the history and gone after undo", async () => {
      const reply = await upload(plainTable(["2021-06-05", "31/02/2021"]));
      expect(reply.statusCode).toBe(200);
      expect(reply.headers["content-type"]).toBe("application/x-ndjson");
      const last = linesOf(reply.body).at(-1);
      expect(last).toMatchObject({
        result: { fileName: "week.csv", rows: 2, accepted: 1, rejected: 1, errors: [{ row: 3 }] },
      });
      const listed = importCalls.list.reply.parse((await analyst.get("/api/imports")).json());
      expect(listed.batches).toMatchObject([{ fileName: "week.csv", rows: 2, accepted: 1 }]);
      const id = listed.batches[0]?.id ?? 0;
      const undone = importCalls.undo.reply.parse(
        (await analyst.send("DELETE", `/api/imports/${id}`)).json(),
      );
      expect(undone).toEqual({ batch: id, fileName: "week.csv", removed: 1 });
      expect((await analyst.send("DELETE", `/api/imports/${id}`)).statusCode).toBe(404);
      const left = importCalls.list.reply.parse((await analyst.get("/api/imports")).json());
      expect(left.batches).toEqual([
        {
          ...listed.batches[0],
          undoneAt: expect.any(String),
          undoneBy: "demonstration analyst",
        },
      ]);
    });

    test("choices go in the address: kind, map, dates, dry run", async () => {
      const file = "When,Y,X\n05/06/2021,51.6179,-0.0631\n";
      const choices =
        "&kind=sighting&source=partner&dates=month-first&dryRun=true&map=latitude%3DY&map=longitude%3DX";
      const reply = await upload(file, choices);
      expect(linesOf(reply.body).at(-1)).toMatchObject({
        result: {
          batch: null,
          dryRun: true,
          accepted: 1,
          mapping: { date: "When", latitude: "Y", longitude: "X" },
        },
      });
      expect((await analyst.get("/api/imports")).json()).toEqual({ batches: [] });
    });

    test("a file that cannot be read is a problem with its line, also after the upload has begun", async () => {
      const reply = await upload(`${plainTable(["2021-06-05"])}\n"never closed`);
      // Progress may have gone out on a slow machine, and then the problem is the last line.
      const lines = reply.body.trimEnd().split("\n");
      const said = lines.map((line) => JSON.parse(line) as Record<string, unknown>).at(-1);
      expect(said?.["problem"] ?? said).toMatchObject({
        title: "This file cannot be read",
        status: 422,
        errors: [{ row: 3, reason: expect.stringContaining("never closed") as unknown }],
      });
      expect(reply.body).not.toContain("at ");
    });

    test("the session says that the demonstration holds imported rows, to anyone", async () => {
      const said = async () => (await app.stranger.get("/api/session")).json() as unknown;
      await db().transaction(ownerActor, (tx) =>
        createBatch(tx, { person: "system", fileName: "x", profile: "demonstration" }),
      );
      expect(await said()).toMatchObject({ demo: true, demoHasImports: false });
      await upload(plainTable(["2021-06-05"]));
      expect(await said()).toMatchObject({ demo: true, demoHasImports: true });
    });

    test("a file name loses what would turn the direction of writing", async () => {
      const name = encodeURIComponent("evil\u202Evsc.exe\u0007.csv");
      const reply = await analyst.inject({
        method: "POST",
        url: `/api/imports?fileName=${name}`,
        headers: octets,
        payload: plainTable(["2021-06-05"]),
      });
      expect(linesOf(reply.body).at(-1)).toMatchObject({ result: { fileName: "evilvsc.exe.csv" } });
      expect((await analyst.get("/api/imports")).json()).toMatchObject({
        batches: [{ fileName: "evilvsc.exe.csv" }],
      });
    });

    test("a body that is no file, and a word that is no choice, are refused", async () => {
      expect((await analyst.send("POST", "/api/imports?fileName=x", { a: 1 })).statusCode).toBe(
        415,
      );
      expect((await upload("a,b\n", "&kind=party")).statusCode).toBe(400);
      expect((await upload(plainTable(["2021-06-05"]), "&map=nonsense")).statusCode).toBe(422);
    });

    test("over a real connection: progress while it comes in, and nothing when it breaks off", async () => {
      await app.app.listen({ port: 0, host: "127.0.0.1" });
      const { port } = app.app.server.address() as AddressInfo;
      const cookie = await signInCookie(app);
      const head = plainTable(new Array<string>(8_000).fill("2021-06-05"));
      const request = httpRequest({
        port,
        method: "POST",
        path: "/api/imports?fileName=slow.csv",
        headers: { ...octets, cookie },
      });
      request.on("error", () => undefined);
      const firstLine = new Promise<string>((resolve) => {
        request.on("response", (reply) => {
          reply.once("data", (data: Buffer) => resolve(String(data)));
          reply.on("error", () => undefined);
        });
      });
      request.write(head);
      await wait(150);
      request.write("\n2021-06-06,51.6179,-0.0631,complaint,asb\n".repeat(500));
      const line = importLine.parse(JSON.parse((await firstLine).split("\n")[0] ?? ""));
      expect(line).toMatchObject({
        progress: { rows: expect.any(Number) as unknown, totalBytes: null },
      });
      request.destroy();
      // The database is free again only when the import has been taken back.
      await expect
        .poll(async () => (await analyst.get("/api/imports")).json() as unknown)
        .toEqual({ batches: [] });
      const [row] = await db().transaction(ownerActor, (tx) =>
        tx.query<{ count: number }>('select count(*)::int as "count" from event'),
      );
      expect(row?.count).toBe(0);
    });
  },
  fillPlaces,
);

async function signInCookie(app: TestApp): Promise<string> {
  const reply = await app.app.inject({
    method: "POST",
    url: "/api/session",
    payload: { role: "analyst" },
  });
  return reply.cookies.map((one) => `${one.name}=${one.value}`).join("; ");
}
