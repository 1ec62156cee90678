import type { FastifyInstance, InjectOptions } from "fastify";
import { afterAll, beforeAll, expect, test } from "vitest";
import { call } from "#core/contract/call.ts";
import { createApp } from "#server/app/app.ts";
import { readConfig } from "#server/config.ts";
import { serve } from "#server/http/route.ts";
import { appWith } from "#tests/support/app-with.ts";
import { onOneEngine } from "#tests/support/database.ts";

const whoAmI = serve(call("GET /api/who", {}), {
  summary: "For this test",
  audience: "public",
  audit: { none: "for this test" },
  handle: async ({ request }) => ({ address: request.ip, protocol: request.protocol }),
});

const forwarded = { "x-forwarded-for": "203.0.113.9", "x-forwarded-proto": "https" };

onOneEngine("the address that is answered", ({ db }) => {
  const test_ = appWith(db);
  let behind: FastifyInstance;
  let desk: FastifyInstance;
  beforeAll(async () => {
    const config = readConfig({
      BOXSTER_PROXY: "192.0.2.4",
      BOXSTER_ORIGIN: "https://boxster.example",
    });
    const options = { routes: [whoAmI] };
    behind = await createApp({ ...test_.services, config }, options);
    desk = await createApp(test_.services, options);
  });
  afterAll(async () => {
    await behind.close();
    await desk.close();
  });

  const ask = (app: FastifyInstance, call: InjectOptions) =>
    app.inject({ url: "/api/who", ...call });
  const host = "boxster.example";

  test("the stated proxy is believed about its callers, and by the stated name", async () => {
    for (const remoteAddress of ["192.0.2.4", "::ffff:192.0.2.4"]) {
      const reply = await ask(behind, { remoteAddress, headers: { host, ...forwarded } });
      expect(reply.json()).toEqual({ address: "203.0.113.9", protocol: "https" });
    }
    const made = { ...forwarded, "x-forwarded-for": "198.51.100.1, 203.0.113.9" };
    const reply = await ask(behind, { remoteAddress: "192.0.2.4", headers: { host, ...made } });
    expect(reply.json()).toMatchObject({ address: "203.0.113.9" });
  });

  test("nobody comes past the proxy, and nobody without TLS", async () => {
    const refused: InjectOptions[] = [
      { remoteAddress: "203.0.113.9", headers: { host } },
      { remoteAddress: "203.0.113.9", headers: { host, ...forwarded } },
      { remoteAddress: "127.0.0.1", headers: { host, ...forwarded } },
      { remoteAddress: "192.0.2.4", headers: { host } },
      { remoteAddress: "192.0.2.4", headers: { host, ...forwarded, "x-forwarded-proto": "http" } },
    ];
    for (const call of refused) {
      const reply = await ask(behind, call);
      expect(reply.statusCode, JSON.stringify(call)).toBe(421);
      expect(reply.json()).toMatchObject({ detail: "Open Boxster by https://boxster.example." });
    }
    const own = await ask(behind, { remoteAddress: "127.0.0.1", headers: { host: "localhost" } });
    expect(own.statusCode).toBe(200);
  });

  test("other names are not answered, not even when the proxy hands them on", async () => {
    for (const other of ["evil.example", "boxster.example.evil.example", "boxster.example:8443"]) {
      for (const headers of [
        { ...forwarded, host: other },
        { ...forwarded, host, "x-forwarded-host": other },
      ]) {
        const reply = await ask(behind, { remoteAddress: "192.0.2.4", headers });
        expect(reply.statusCode, other).toBe(421);
      }
    }
    const loud = await ask(behind, {
      remoteAddress: "192.0.2.4",
      headers: { ...forwarded, host: "BOXSTER.example" },
    });
    expect(loud.statusCode).toBe(200);
  });

  test("without a stated proxy nobody is believed about another caller", async () => {
    const headers = { ...forwarded, host: "localhost", "x-forwarded-host": "evil.example" };
    const reply = await ask(desk, { remoteAddress: "203.0.113.1", headers });
    expect(reply.json()).toEqual({ address: "203.0.113.1", protocol: "http" });
  });

  test("a demonstration behind a proxy that nobody declared refuses sign-in by role", async () => {
    const headers: readonly Record<string, string>[] = [
      { "x-forwarded-for": "203.0.113.9" },
      { "x-forwarded-proto": "https" },
      { "x-forwarded-host": "127.0.0.1" },
      { forwarded: "for=203.0.113.9" },
      { via: "1.1 Caddy" },
      { "x-real-ip": "127.0.0.1" },
      { "cf-connecting-ip": "203.0.113.9" },
    ];
    const signIn = (sent: Record<string, string>) =>
      test_.app.inject({
        method: "POST",
        url: "/api/session",
        remoteAddress: "127.0.0.1",
        headers: { host: "127.0.0.1", ...sent },
        payload: { role: "sergeant" },
      });
    for (const sent of headers) {
      const reply = await signIn(sent);
      expect(reply.statusCode, JSON.stringify(sent)).toBe(403);
      expect(reply.json()).toMatchObject({ title: "Role sign-in is off" });
      expect(reply.headers).not.toHaveProperty("set-cookie");
    }
    expect((await signIn({})).statusCode).toBe(200);
  });
});
