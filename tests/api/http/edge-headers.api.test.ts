import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { call } from "#core/contract/call.ts";
import { createApp } from "#server/app/app.ts";
import { allRoutes } from "#server/app/routes.ts";
import { serve } from "#server/http/route.ts";
import { openTestApp, type TestApp } from "#tests/support/app.ts";
import { onOneEngine } from "#tests/support/database.ts";

const fault = serve(call("GET /api/fault", {}), {
  summary: "For this test",
  audience: "public",
  audit: { none: "for this test" },
  handle: async () => {
    throw new TypeError("the caller must not read this");
  },
});

onOneEngine("the headers of every answer", ({ db }) => {
  let test_: TestApp;
  beforeAll(async () => {
    test_ = await openTestApp(db(), { routes: [...allRoutes, fault] });
  });
  afterAll(() => test_.close());

  /** One of each kind: data, a refusal, bad input, a fault, nothing there, health. */
  const answers: readonly [string, number, Parameters<TestApp["stranger"]["inject"]>[0]][] = [
    ["data", 200, { url: "/api/session" }],
    ["a document", 200, { url: "/api/openapi.json" }],
    ["a refusal", 401, { url: "/api/events" }],
    ["bad input", 400, { method: "POST", url: "/api/session", payload: { role: "king" } }],
    ["a fault", 500, { url: "/api/fault" }],
    ["nothing there", 404, { url: "/api/none" }],
    ["another name", 421, { url: "/api/session", headers: { host: "evil.example" } }],
    ["health", 200, { url: "/healthz" }],
    ["readiness", 200, { url: "/readyz" }],
  ];

  test.each(answers)(
    "%s is kept nowhere, shown in no frame and told to nobody",
    async (_kind, status, call) => {
      const { statusCode, headers } = await test_.stranger.inject(call);
      expect(statusCode).toBe(status);
      expect(headers).toMatchObject({
        "cache-control": "no-store",
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
        "referrer-policy": "no-referrer",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-embedder-policy": "require-corp",
        "cross-origin-resource-policy": "same-origin",
      });
      expect(headers["content-security-policy"]).toContain("default-src 'none'");
      expect(headers["content-security-policy"]).not.toMatch(/unsafe|\*|http/);
      expect(headers["permissions-policy"]).toContain("camera=()");
      expect(headers["x-request-id"]).toMatch(/^[2-9a-z]{10}$/);
      expect(headers).not.toHaveProperty("strict-transport-security");
      expect(headers).not.toHaveProperty("server");
      expect(headers).not.toHaveProperty("x-powered-by");
    },
  );

  test("an address that cannot be read has no page either", async () => {
    const { headers } = await test_.app.inject({ url: "/%c0%ae" });
    expect(headers).toMatchObject({
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
      "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    });
  });

  test("every problem carries the number of its request, and no stack", async () => {
    for (const [, , call] of answers) {
      const reply = await test_.stranger.inject(call);
      if (reply.statusCode < 400) continue;
      expect(reply.headers["content-type"]).toContain("application/problem+json");
      expect(reply.json<{ instance: string }>().instance).toBe(
        `/requests/${reply.headers["x-request-id"] as string}`,
      );
      expect(reply.body).not.toMatch(/must not read| {4}at |\.ts/);
    }
  });

  test("a number that the caller sends is not taken over", async () => {
    const reply = await test_.stranger.inject({
      url: "/api/none",
      headers: { "x-request-id": "0000000000", "request-id": "0000000000" },
    });
    expect(reply.headers["x-request-id"]).not.toBe("0000000000");
  });
});

onOneEngine("the page and its files", ({ db }) => {
  const built = fileURLToPath(new URL("../../../dist/client/", import.meta.url));

  test.skipIf(!existsSync(built))(
    "files with a hash in their name are kept for good, the page is asked for again",
    async () => {
      const test_ = await openTestApp(db());
      const [script] = readdirSync(join(built, "assets")).filter((name) => name.endsWith(".js"));
      const asset = await test_.stranger.get(`/assets/${script}`);
      expect(asset.headers).toMatchObject({
        "cache-control": "public, max-age=31536000, immutable",
        "content-security-policy": expect.stringContaining("frame-ancestors 'none'"),
        "x-content-type-options": "nosniff",
        "cross-origin-resource-policy": "same-origin",
        "cross-origin-embedder-policy": "require-corp",
      });
      // Only a page obeys it, and on a weak signal it is as much to wait for as code.
      expect(asset.headers).not.toHaveProperty("permissions-policy");
      for (const url of ["/", "/index.html"]) {
        const page = await test_.stranger.get(url);
        expect(page.statusCode).toBe(200);
        expect(page.headers["cache-control"]).toBe("no-cache");
        expect(page.headers["content-security-policy"]).toContain("script-src 'self';");
        expect(page.headers["permissions-policy"]).toContain("camera=()");
      }
      for (const url of [
        "/assets/none.js",
        "/../package.json",
        "/assets/%2e%2e/%2e%2e/package.json",
      ]) {
        expect((await test_.stranger.get(url)).statusCode, url).toBe(404);
      }
      await test_.close();
    },
  );

  test("the browser is told to stay with https where people come by https, and only there", async () => {
    const test_ = await openTestApp(db());
    const behindProxy = { ...test_.services.config, proxy: ["127.0.0.1"], secure: true };
    const app = await createApp({ ...test_.services, config: behindProxy });
    const reply = await app.inject({ url: "/healthz" });
    expect(reply.headers["strict-transport-security"]).toContain("max-age=31536000");
    await app.close();
    await test_.close();
  });
});
