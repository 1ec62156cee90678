import { EventEmitter, once } from "node:events";
import { get, type IncomingMessage } from "node:http";
import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { call } from "#core/contract/call.ts";
import { createApp } from "#server/app/app.ts";
import { allRoutes } from "#server/app/routes.ts";
import { ownerActor } from "#server/db/database.ts";
import { serve } from "#server/http/route.ts";
import { type Patience, usualPatience } from "#server/http/slow-callers.ts";
import { Problem } from "#server/problem.ts";
import { asOwner } from "#tests/support/accounts.ts";
import { openTestApp, type TestApp, type TestCaller } from "#tests/support/app.ts";
import { onOneEngine } from "#tests/support/database.ts";

const probe = serve(
  call("POST /api/probe/:place", {
    params: { place: z.string() },
    body: z.strictObject({ free: z.boolean(), inWords: z.boolean().default(false) }),
  }),
  {
    summary: "For this test",
    audience: ["sergeant"],
    limit: "probe",
    audit: { none: "for this test" },
    handle: async (context, { body: { free, inWords } }) => {
      if (!free && !inWords) {
        throw new Problem(409, "No longer available", "Choose another time.");
      }
      if (!free) context.refuse();
      return { free };
    },
  },
);
/** Tells that the slow call has begun, and is told when it may end. */
const underWay = new EventEmitter();
const slow = serve(call("GET /api/slow", {}), {
  summary: "For this test",
  audience: "public",
  audit: { none: "for this test" },
  handle: async () => {
    underWay.emit("begun");
    await once(underWay, "end");
    return { done: true };
  },
});

const few = { strangers: 12, signIns: 6, persons: 10, probes: 6, refusals: 3, files: 15 };

onOneEngine("limits", ({ db }) => {
  let test_: TestApp;
  const said: string[] = [];
  const open = async (limits = few) => {
    said.length = 0;
    await asOwner(db(), "delete from call_count");
    test_ = await openTestApp(db(), {
      routes: [...allRoutes, probe, slow],
      limits,
      log: (line) => said.push(line),
    });
    onTestFinished(test_.close);
  };
  const statuses = async (times: number, call: () => Promise<{ readonly statusCode: number }>) => {
    const seen: number[] = [];
    for (let time = 0; time < times; time += 1) seen.push((await call()).statusCode);
    return seen;
  };

  test("a stranger's calls are counted by address, whatever cookie they make up", async () => {
    await open();
    const from = (remoteAddress: string) => {
      let number = 0;
      return () => {
        number += 1;
        const headers = { cookie: `boxster_session=made-up-${number}` };
        return test_.app.inject({ url: "/api/events", remoteAddress, headers });
      };
    };
    const seen = await statuses(14, from("192.0.2.1"));
    expect(seen).toEqual([...Array.from({ length: 12 }, () => 401), 429, 429]);
    expect(await statuses(1, from("192.0.2.2"))).toEqual([401]);
    // One household has 2^64 addresses of IPv6.
    await statuses(12, from("2001:db8::1"));
    expect(await statuses(1, from("2001:db8::2"))).toEqual([429]);
  });

  test("whoever calls too often is told when to come back, as problem details", async () => {
    await open();
    await statuses(12, () => test_.stranger.get("/api/events"));
    const reply = await test_.stranger.get("/api/events");
    expect(reply.statusCode).toBe(429);
    expect(reply.headers["content-type"]).toContain("application/problem+json");
    const seconds = Number(reply.headers["retry-after"]);
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(60);
    expect(reply.json()).toMatchObject({
      title: "Too many requests",
      detail: expect.stringContaining(`Wait ${seconds} second`),
    });
    expect(reply.headers["cache-control"]).toBe("no-store");
  });

  test("attempts to sign in have a tighter limit of their own", async () => {
    await open();
    const attempt = () => test_.stranger.send("POST", "/api/session", { role: "king" });
    expect(await statuses(7, attempt)).toEqual([...Array.from({ length: 6 }, () => 400), 429]);
    expect((await test_.stranger.get("/api/session")).statusCode).toBe(200);
  });

  test("a person's calls are counted apart from the address, and from other persons'", async () => {
    await open();
    const sergeant = await test_.as("sergeant");
    const analyst = await test_.as("analyst");
    const read = (caller: TestCaller) => () => caller.get("/api/session");
    // The first call makes the person known; it counts to the address.
    expect(await statuses(12, read(sergeant))).toEqual([
      ...Array.from({ length: 11 }, () => 200),
      429,
    ]);
    expect(await statuses(2, read(analyst))).toEqual([200, 200]);
  });

  test("patrol changes are limited, and those that are refused more tightly", async () => {
    await open({ ...few, persons: 100 });
    const sergeant = await test_.as("sergeant");
    await sergeant.get("/api/session");
    const ask = (free: boolean) => () => sergeant.send("POST", "/api/probe/1", { free });
    expect(await statuses(4, ask(false))).toEqual([409, 409, 409, 429]);
    expect((await sergeant.get("/api/session")).statusCode).toBe(200);
    // A refusal in words, under status 200, tells as much (a patrol change that is not possible).
    const inWords = await test_.as("sergeant");
    await inWords.get("/api/session");
    const askInWords = () => inWords.send("POST", "/api/probe/1", { free: false, inWords: true });
    expect(await statuses(4, askInWords)).toEqual([200, 200, 200, 429]);
    const other = await test_.as("sergeant");
    await other.get("/api/session");
    const askOther = () => other.send("POST", "/api/probe/1", { free: true });
    expect(await statuses(7, askOther)).toEqual([...Array.from({ length: 6 }, () => 200), 429]);
  });

  test("another cookie beside the session's makes no stranger of a person", async () => {
    await open({ ...few, persons: 100, probes: 100 });
    const signedIn = await test_.stranger.send("POST", "/api/session", { role: "sergeant" });
    const [cookie] = signedIn.cookies;
    const session = `${cookie?.name}=${cookie?.value}`;
    await test_.app.inject({ url: "/api/session", headers: { cookie: session } });
    let number = 0;
    const ask = () => {
      number += 1;
      return test_.app.inject({
        method: "POST",
        url: "/api/probe/1",
        headers: { cookie: `${session}; made-up=${number}` },
        payload: { free: false },
      });
    };
    expect(await statuses(4, ask)).toEqual([409, 409, 409, 429]);
  });

  test("every route that changes or suggests patrols, or looks up a number, is among them", () => {
    const meant = allRoutes
      .filter(({ url, method }) => /^\/api\/plans\b/.test(url) && method !== "GET")
      .map(({ method, url, limit }) => [method, url, limit]);
    expect(meant.length).toBeGreaterThan(4);
    for (const route of meant) expect(route).toEqual([route[0], route[1], "probe"]);
    const lookUp = allRoutes.find(({ url }) => url === "/api/plans/numbers/:number");
    expect(lookUp?.limit).toBe("probe");
    for (const route of allRoutes) {
      if (route.audience !== "public" || route.method !== "POST") continue;
      expect(route.limit, route.url).toBe("sign-in");
    }
  });

  test("the page's files are counted by address as well", async () => {
    await open();
    expect((await statuses(16, () => test_.stranger.get("/none"))).at(-1)).toBe(429);
  });

  test("a call is a stranger's however its first line is written", async () => {
    await open();
    const port = Number(new URL(await test_.app.listen({ host: "127.0.0.1", port: 0 })).port);
    const path = `http://localhost:${port}/api/events`;
    const host = `localhost:${port}`;
    const call = async () => {
      const asked = get({ host: "127.0.0.1", port, path, agent: false, headers: { host } });
      const [reply] = (await once(asked, "response")) as [IncomingMessage];
      reply.resume();
      return { statusCode: reply.statusCode ?? 0 };
    };
    expect(await statuses(14, call)).toEqual([...Array.from({ length: 12 }, () => 401), 429, 429]);
  });

  test("a body that is too large is refused before it is read", async () => {
    await open();
    const reply = await test_.stranger.inject({
      method: "POST",
      url: "/api/session",
      headers: { "content-type": "application/json" },
      payload: `{"role":"${"x".repeat(10_000_000)}"}`,
    });
    expect(reply.statusCode).toBe(413);
    expect(reply.json()).toMatchObject({ title: "Too large" });
  });

  test("a request's line has its route, status, time and role; no person and no content, and an address only of who was turned away", async () => {
    await open({ ...few, persons: 100 });
    const sergeant = await test_.as("sergeant");
    await sergeant.send("POST", "/api/probe/fore-street-12?q=venue", { free: true });
    await sergeant.inject({ url: "/api/none/51.6158", headers: { "user-agent": "secret agent" } });
    await test_.stranger.inject({ url: "/api/events", remoteAddress: "192.0.2.77" });
    const lines = said.map((line) => JSON.parse(line) as Record<string, unknown>);
    const names = ["id", "level", "method", "ms", "role", "route", "status", "time"];
    for (const { from: _, ...line } of lines) {
      expect(Object.keys(line).sort()).toEqual(names);
    }
    expect(lines.map(({ from }) => from).filter(Boolean)).toEqual(["192.0.2.77"]);
    // Where an outreach worker is, is written nowhere, whether their session has ended or not.
    const remoteAddress = "192.0.2.78";
    const pin = { method: "POST", url: "/api/session/pin", payload: { pin: "704913" } } as const;
    await test_.app.inject({ ...pin, remoteAddress });
    await test_.app.inject({ url: "/api/outreach/sessions", remoteAddress });
    const partner = await test_.as("partner", "a");
    await partner.inject({ url: "/api/audit", remoteAddress });
    const ofPhone = said.slice(lines.length).map((line) => JSON.parse(line) as { status: number });
    expect(ofPhone.map(({ status }) => status)).toEqual(expect.arrayContaining([401, 403]));
    expect(ofPhone.filter(({ status }) => status === 401)).toHaveLength(2);
    expect(said.join("")).not.toContain(remoteAddress);
    expect(lines.slice(-3)).toMatchObject([
      { method: "POST", route: "/api/probe/:place", status: 200, role: "sergeant", level: "info" },
      { method: "GET", route: "(none)", status: 404, role: "sergeant" },
      { method: "GET", route: "/api/events", status: 401, role: "nobody" },
    ]);
    // How long a call took can be any figures.
    expect(JSON.stringify(lines.map(({ ms: _, from: __, ...rest }) => rest))).not.toMatch(
      /fore-street|venue|51\.6|secret|192\.0\.2|127\.0|demonstration/,
    );
  });

  test("a fault's line names what broke and no content, under the number that its caller reads", async () => {
    await open();
    await db().transaction(ownerActor, (tx) => tx.script("alter table sign_in rename to away"));
    const headers = { cookie: "boxster_session=secret-token" };
    const reply = await test_.app.inject({ url: "/api/events", headers });
    await db().transaction(ownerActor, (tx) => tx.script("alter table away rename to sign_in"));
    expect(reply.statusCode).toBe(500);
    const [fault] = said.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(fault).toMatchObject({ level: "error", code: "42P01", route: "/api/events" });
    expect(reply.json()).toMatchObject({ instance: `/requests/${fault?.["id"] as string}` });
    expect(said.join("")).not.toContain("secret");
  });
});

/** What is usual is waited for by nobody here. */
const hurried: Patience = {
  ...usualPatience,
  headersMs: 300,
  handshakeMs: 300,
  bodyMs: 300,
  lookMs: 100,
};

describe("over a real connection", () => {
  onOneEngine("the server", ({ db }) => {
    let test_: TestApp;
    let port = 0;
    beforeAll(async () => {
      test_ = await openTestApp(db(), { routes: [...allRoutes, slow], patience: hurried });
      port = Number(new URL(await test_.app.listen({ host: "127.0.0.1", port: 0 })).port);
    });
    afterAll(() => test_.close());

    /** What comes back for octets that a browser would never send. */
    const raw = (text: string) =>
      new Promise<string>((resolve, reject) => {
        const socket = connect(port, "127.0.0.1", () => socket.write(text));
        let received = "";
        socket.on("data", (data) => {
          received += data.toString("latin1");
        });
        socket.on("close", () => resolve(received));
        socket.on("error", reject);
      });

    test("what is no request gets problem details and a closed connection", async () => {
      const reply = await raw("NONSENSE\r\n\r\n");
      expect(reply).toContain("HTTP/1.1 400");
      expect(reply).toContain("application/problem+json");
      expect(reply).toContain("x-content-type-options: nosniff");
    });

    test("headers without end are refused", async () => {
      const reply = await raw(
        `GET / HTTP/1.1\r\nhost: localhost\r\nx: ${"y".repeat(20_000)}\r\n\r\n`,
      );
      expect(reply).toContain("HTTP/1.1 431");
    });

    test("whoever sends headers drop by drop is cut off, and so is a body that never comes", async () => {
      const [headers, body] = await Promise.all([
        raw("GET / HTTP/1.1\r\nhost: localhost\r\n"),
        raw(
          "POST /api/session HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 20\r\n\r\n{",
        ),
      ]);
      expect(headers).toContain("HTTP/1.1 408");
      expect(body).toContain("HTTP/1.1 408");
      expect(body).toContain("Too slow");
    });

    test("usually 10 seconds for headers and 20 for a body that is no file", async () => {
      const app = await createApp(test_.services);
      expect(app.server.headersTimeout).toBe(10_000);
      expect(usualPatience).toEqual({
        headersMs: 10_000,
        handshakeMs: 10_000,
        bodyMs: 20_000,
        unreadMs: 15_000,
        lookMs: 2_000,
      });
      await app.close();
    });

    test("at the end what is under way finishes, and the port is closed to others", async () => {
      const begun = once(underWay, "begun");
      const asked = fetch(`http://127.0.0.1:${port}/api/slow`);
      await begun;
      const closing = test_.app.close();
      const knock = () => fetch(`http://127.0.0.1:${port}/healthz`).then(() => "open");
      await expect.poll(() => knock().catch(() => "closed")).toBe("closed");
      underWay.emit("end");
      const reply = await asked;
      expect(await reply.json()).toEqual({ done: true });
      const from = performance.now();
      await closing;
      expect(performance.now() - from).toBeLessThan(5_000);
    });

    test("the end waits for no connection that asks nothing, or whose headers have not all come", async () => {
      const patient = await openTestApp(db(), {});
      const to = Number(new URL(await patient.app.listen({ host: "127.0.0.1", port: 0 })).port);
      const given = ["", "GET / HTTP/1.1\r\nhost: localhost\r\n"];
      const ended: Promise<unknown>[] = [];
      for (const text of given) {
        const socket = connect(to, "127.0.0.1").on("error", () => undefined);
        await once(socket, "connect");
        socket.write(text);
        ended.push(new Promise((resolve) => socket.once("close", resolve)));
      }
      const from = performance.now();
      await patient.close();
      await Promise.all(ended);
      expect(performance.now() - from).toBeLessThan(5_000);
    });
  });
});
