import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { call } from "#core/contract/call.ts";
import { allRoutes } from "#server/app/routes.ts";
import { serve } from "#server/http/route.ts";
import { fillPlaces } from "#server/places/load.ts";
import { openTestApp, type TestApp, type TestCaller } from "#tests/support/app.ts";
import { onOneEngine } from "#tests/support/database.ts";

const asked = call("POST /api/probe", {
  query: z.strictObject({ area: z.string().optional() }),
  body: z.strictObject({ count: z.int() }),
});
const probe = serve(asked, {
  summary: "For this test",
  audience: ["sergeant"],
  audit: { none: "for this test" },
  handle: async (_context, { body }) => ({ twice: body.count * 2, polluted: "isAdmin" in {} }),
});

onOneEngine(
  "what an attacker sends to the edge",
  ({ db }) => {
    let test_: TestApp;
    let sergeant: TestCaller;
    const said: string[] = [];
    beforeAll(async () => {
      test_ = await openTestApp(db(), {
        routes: [...allRoutes, probe],
        log: (line) => said.push(line),
      });
      sergeant = await test_.as("sergeant");
    });
    afterAll(() => test_.close());

    const send = (payload: string, contentType = "application/json", query = "") =>
      sergeant.inject({
        method: "POST",
        url: `/api/probe${query}`,
        headers: { "content-type": contentType },
        payload,
      });

    test("what comes in compressed is never unpacked: a small file may hold a large one", async () => {
      const analyst = await test_.as("analyst");
      const rows = "2021-06-05,51.6179,-0.0631,complaint,asb\n".repeat(1_000);
      const packed = gzipSync(`Date,Latitude,Longitude,Kind,Category\n${rows}`);
      const send_ = (url: string, type: string, payload: Buffer) =>
        analyst.inject({
          method: "POST",
          url,
          headers: { "content-type": type, "content-encoding": "gzip" },
          payload,
        });
      const upload = await send_("/api/imports?fileName=x.csv", "application/octet-stream", packed);
      expect(upload.body).toContain("compressed (gzip)");
      expect((await analyst.get("/api/imports")).json()).toMatchObject({ batches: [] });
      const json = gzipSync('{"screen":"panel"}');
      expect((await send_("/api/audit/prints", "application/json", json)).statusCode).toBe(400);
    });

    test("JSON that reaches for a prototype, adds a field or has another type is refused", async () => {
      expect((await send('{"count":21}')).json()).toEqual({ twice: 42, polluted: false });
      for (const payload of [
        '{"count":1,"__proto__":{"isAdmin":true}}',
        '{"count":1,"constructor":{"prototype":{"isAdmin":true}}}',
        '{"count":1,"isAdmin":true}',
        '{"count":"1"}',
        '{"count":[1]}',
        '{"count":1e308}',
        '{"count":null}',
        "[]",
        "null",
        '"x"',
        "{",
      ]) {
        const reply = await send(payload);
        expect(reply.statusCode, payload).toBe(400);
        expect(reply.headers["content-type"]).toContain("application/problem+json");
      }
      expect("isAdmin" in {}).toBe(false);
    });

    test("a body of another kind is not read as JSON", async () => {
      for (const kind of ["text/plain", "application/x-www-form-urlencoded", "text/xml"]) {
        expect([400, 415], kind).toContain((await send('{"count":1}', kind)).statusCode);
      }
    });

    test("a parameter that is given twice is refused, never chosen from", async () => {
      expect((await send('{"count":1}', "application/json", "?area=a")).statusCode).toBe(200);
      expect((await send('{"count":1}', "application/json", "?area=a&area=b")).statusCode).toBe(
        400,
      );
      expect((await send('{"count":1}', "application/json", "?other=a")).statusCode).toBe(400);
    });

    test("no other origin may read an answer", async () => {
      for (const method of ["GET", "OPTIONS"] as const) {
        const { headers } = await sergeant.inject({
          method,
          url: "/api/session",
          headers: { origin: "https://elsewhere.example", "access-control-request-method": "POST" },
        });
        expect(Object.keys(headers).filter((name) => name.startsWith("access-control"))).toEqual(
          [],
        );
      }
    });

    test("methods that no route has are not answered", async () => {
      for (const method of ["TRACE", "OPTIONS", "PUT"] as const) {
        const reply = await test_.app.inject({ method: method as "PUT", url: "/api/session" });
        expect(reply.statusCode, method).toBe(404);
        expect(reply.body).not.toContain("boxster_session");
      }
    });

    test("neither the server's own files nor a list of files can be had", async () => {
      for (const url of [
        "/.git/config",
        "/.env",
        "/package.json",
        "/server/main.ts",
        "/sql/migrations/0001-ground.sql",
        "/assets/",
        "/assets",
        "/..%2f..%2fpackage.json",
        "/assets/..%5c..%5cpackage.json",
      ]) {
        expect((await test_.stranger.get(url)).statusCode, url).toBe(404);
      }
    });

    test("nobody can write a line of their own into the log", async () => {
      said.length = 0;
      await sergeant.get('/api/none%0a{"level":"info","role":"admin"}');
      await sergeant.inject({
        url: "/api/none",
        headers: { "x-request-id": '"}\n{"level":"info"', "user-agent": '"}\n{"role":"admin"' },
      });
      const lines = said.flatMap((line) => line.trimEnd().split("\n"));
      expect(lines).toHaveLength(2);
      for (const line of lines) expect(JSON.parse(line)).toMatchObject({ role: "sergeant" });
    });
  },
  fillPlaces,
);
