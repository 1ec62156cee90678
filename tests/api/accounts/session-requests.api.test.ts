import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  addTestAccount,
  auditOf,
  goodPassword,
  newAddress,
  type SignedIn,
} from "#tests/support/accounts.ts";
import { onOneEngine } from "#tests/support/database.ts";
import { openSessionApp, type SessionApp } from "#tests/support/session-app.ts";

onOneEngine("requests of a session", ({ db }) => {
  let app: SessionApp;
  beforeAll(async () => {
    app = await openSessionApp(db());
  });
  afterAll(() => app.close());

  const enter: SessionApp["enter"] = (name, more) => app.enter(name, more);

  describe("behind https", () => {
    test("the cookie is bound to this host and to https", async () => {
      const secure = await app.behindTls();
      await addTestAccount(db(), { name: "behind.tls" });
      const reply = await secure.inject({
        method: "POST",
        url: "/api/session",
        payload: { name: "behind.tls", password: goodPassword },
        remoteAddress: newAddress(),
      });
      expect(reply.cookies[0]).toMatchObject({
        name: "__Host-boxster",
        secure: true,
        httpOnly: true,
        sameSite: "Strict",
        path: "/",
      });
      expect(reply.cookies[1]).toMatchObject({ name: "__Host-browser", secure: true });
      expect(String(reply.headers["set-cookie"])).not.toMatch(/domain/i);
      const plain = await secure.inject({
        url: "/api/session",
        cookies: { boxster_session: reply.cookies[0]?.value ?? "" },
      });
      expect(plain.json()).toMatchObject({ signedIn: false });
      await secure.close();
    });
  });

  describe("what a browser sends to change something", () => {
    const browser = {
      origin: "http://localhost",
      host: "localhost",
      "sec-fetch-site": "same-origin",
    };
    const post = (caller: SignedIn, headers: Record<string, string>) =>
      caller.inject({ method: "POST", url: "/api/probe", headers, payload: { count: 1 } });
    const tokenOf = async (caller: SignedIn) =>
      (await caller.get("/api/session")).json<{ pageToken: string }>().pageToken;

    test("needs the page token of its own session", async () => {
      const caller = await enter("page.token");
      const other = await enter("page.token.other");
      const own = { "x-boxster-token": await tokenOf(caller) };
      expect((await post(caller, { ...browser, ...own })).statusCode).toBe(200);
      for (const headers of [
        browser,
        { ...browser, "x-boxster-token": "" },
        { ...browser, "x-boxster-token": await tokenOf(other) },
        { "sec-fetch-site": "same-origin" },
        { "sec-fetch-site": "none" },
        { origin: "http://localhost", host: "localhost" },
      ]) {
        const reply = await post(caller, headers);
        expect(reply.statusCode, JSON.stringify(headers)).toBe(403);
        expect(reply.json()).toMatchObject({ title: "This page is out of date" });
      }
    });

    test.each([
      ["another site", { origin: "https://elsewhere.example", host: "localhost" }],
      ["another port", { origin: "http://localhost:81", host: "localhost" }],
      ["a name that ends alike", { origin: "http://evil-localhost", host: "localhost" }],
      ["no site at all", { origin: "null", host: "localhost" }],
      ["what the browser calls another site", { "sec-fetch-site": "cross-site" }],
      ["what the browser calls a neighbour", { "sec-fetch-site": "same-site" }],
    ])("is refused from %s, with the right page token too", async (what, headers) => {
      const caller = await enter(
        `forged.${what.replaceAll(/\W/g, "-")}`.slice(0, 60).toLowerCase(),
      );
      const reply = await post(caller, {
        ...headers,
        "x-boxster-token": await tokenOf(caller),
      } as Record<string, string>);
      expect(reply.statusCode).toBe(403);
      expect(reply.json()).toMatchObject({ title: "Request from another site" });
      expect((await auditOf(db(), "probe")).at(-1)).toMatchObject({
        outcome: "refused",
        detail: { status: 403 },
      });
    });

    test("a script with a cookie of its own needs none", async () => {
      const caller = await enter("a.script");
      expect((await post(caller, {})).statusCode).toBe(200);
    });
  });

  describe("a body", () => {
    const long = JSON.stringify({ count: 1, more: "x".repeat(10 * 1024 * 1024) });

    test("of 10 MB from a stranger is refused before it is read", async () => {
      const before = app.bodiesRead();
      const reply = await app.app.inject({
        method: "POST",
        url: "/api/probe",
        headers: { "content-type": "application/json" },
        payload: long,
      });
      expect(reply.statusCode).toBe(401);
      expect(app.bodiesRead()).toBe(before);
    });

    test("of 10 MB from a person is too large, and of a foreign page is not read", async () => {
      const caller = await enter("ten.megabytes");
      const headers = { "content-type": "application/json" };
      const mine = await caller.inject({
        method: "POST",
        url: "/api/probe",
        headers,
        payload: long,
      });
      expect(mine.statusCode).toBe(413);
      const before = app.bodiesRead();
      const forged = await caller.inject({
        method: "POST",
        url: "/api/probe",
        headers: { ...headers, origin: "https://elsewhere.example" },
        payload: long,
      });
      expect(forged.statusCode).toBe(403);
      expect(app.bodiesRead()).toBe(before);
    });
  });
});
