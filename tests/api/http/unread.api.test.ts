import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { afterEach, expect, test } from "vitest";
import { z } from "zod";
import { call } from "#core/contract/call.ts";
import type { AppOptions } from "#server/app/app.ts";
import { allRoutes } from "#server/app/routes.ts";
import { usualRoom } from "#server/http/connections.ts";
import { mostAhead } from "#server/http/one-at-a-time.ts";
import { serve } from "#server/http/route.ts";
import { type Patience, usualPatience } from "#server/http/slow-callers.ts";
import { openTestApp, type TestApp } from "#tests/support/app.ts";
import { onOneEngine } from "#tests/support/database.ts";
import { ask } from "#tests/support/idle-connections.ts";

/** More than the system takes for a connection that nobody reads. */
const large = Buffer.alloc(24 * 1024 * 1024, "answer ");
const begun: string[] = [];
const answer = serve(call("GET /api/large/:number", { params: { number: z.string() } }), {
  summary: "For this test",
  audience: "public",
  audit: { none: "for this test" },
  handle: async ({ reply }, { number }) => {
    begun.push(number);
    return reply.type("application/octet-stream").send(large);
  },
});

const hurried: Patience = { ...usualPatience, unreadMs: 1_500, lookMs: 100 };
const patient: Patience = { ...hurried, unreadMs: 60_000 };

onOneEngine("answers that nobody reads", ({ db }) => {
  let test_: TestApp;
  let url = "";
  const held: Socket[] = [];
  const open = async (options: AppOptions) => {
    begun.length = 0;
    test_ = await openTestApp(db(), { routes: [...allRoutes, answer], ...options });
    url = await test_.app.listen({ host: "127.0.0.1", port: 0 });
  };
  /** Asks without reading. */
  const asking = async (requests: readonly string[], localAddress = "127.0.0.3") => {
    const socket = connect({ port: Number(new URL(url).port), host: "127.0.0.1", localAddress });
    socket.on("error", () => undefined).pause();
    held.push(socket);
    await once(socket, "connect");
    const text = requests.map((one) => `GET /api/large/${one} HTTP/1.1\r\nhost: localhost\r\n\r\n`);
    socket.write(text.join(""));
    return socket;
  };
  const signIn = async () => {
    const sent = { method: "POST", body: JSON.stringify({ role: "sergeant" }) };
    const type = { "content-type": "application/json" };
    const reply = await fetch(`${url}/api/session`, { ...sent, headers: type });
    const cookie = reply.headers.getSetCookie().map((one) => one.split(";")[0]);
    // A session is known once a call of it was let in.
    await fetch(`${url}/api/session`, { headers: { cookie: cookie.join("; ") } });
    return cookie.join("; ");
  };
  const left = () =>
    new Promise<number>((resolve) => {
      test_.app.server.getConnections((_error, count) => resolve(count));
    });
  afterEach(async () => {
    for (const socket of held.splice(0)) socket.destroy();
    await test_.close();
  });

  test("an answer of which nothing is fetched is cut off, and one that is fetched slowly is not", async () => {
    await open({ patience: hurried });
    const [, slow] = [await asking(["1"]), await asking(["2"])];
    let [octets, isOver] = [0, false];
    slow.once("close", () => {
      isOver = true;
    });
    const reading = setInterval(() => {
      octets += (slow.read(Math.min(16_384, slow.readableLength)) as Buffer | null)?.length ?? 0;
    }, 50);
    await expect.poll(left).toBe(1);
    // Twice as long again, at some 300 kB a second.
    await wait(2 * hurried.unreadMs);
    expect(isOver).toBe(false);
    clearInterval(reading);
    slow.on("data", (data) => {
      octets += data.length;
    });
    slow.resume();
    await expect.poll(() => octets).toBeGreaterThan(large.length);
  });

  test("one request is under way for each connection: the next is begun once the last answer is drained", async () => {
    await open({ patience: patient });
    const socket = await asking(["1", "2", "3"]);
    await expect.poll(() => begun).toEqual(["1"]);
    // Others are answered meanwhile, and it is still the only one.
    for (let time = 0; time < 5; time += 1) {
      expect(await ask(`${url}/healthz`, "127.0.0.2")).toBe(200);
    }
    expect(begun).toEqual(["1"]);
    let octets = 0;
    socket.on("data", (data) => {
      octets += data.length;
    });
    socket.resume();
    await expect.poll(() => octets).toBeGreaterThan(3 * large.length);
    expect(begun).toEqual(["1", "2", "3"]);
    // Still open for what comes after.
    socket.write("GET /api/large/4 HTTP/1.1\r\nhost: localhost\r\n\r\n");
    await expect.poll(() => begun).toEqual(["1", "2", "3", "4"]);
  });

  test("whoever sends far ahead without reading is cut off", async () => {
    await open({ patience: patient });
    await asking(Array.from({ length: mostAhead + 2 }, (_, index) => String(index)));
    await expect.poll(left).toBe(0);
    expect(begun).toEqual(["0"]);
  });

  test("what waits for one address is bounded: what nobody reads makes room, and others are served", async () => {
    const unread = 512 * 1024;
    await open({ patience: patient, room: { unread } });
    for (let at = 0; at < 40; at += 1) await asking([String(at)]);
    await expect.poll(async () => ask(`${url}/healthz`, "127.0.0.3")).toBe(200);
    // Each holds a slice in its stream and one in its socket at most.
    await expect.poll(left).toBeLessThanOrEqual(unread / (64 * 1024) + 2);
    expect(await ask(`${url}/healthz`, "127.0.0.2")).toBe(200);
  });

  test("large answers take turns where several are asked for from one address, and hold up no other", async () => {
    await open({ patience: patient, room: { largeAnswers: 2 } });
    const [first, , leaves, next] = await Promise.all(
      [1, 2, 3, 4].map((one) => asking([`${one}`])),
    );
    await expect.poll(() => begun.toSorted()).toEqual(["1", "2", "3", "4"]);
    let octets = 0;
    next?.on("data", (data) => {
      octets += data.length;
    });
    next?.resume();
    leaves?.destroy();
    await expect.poll(left).toBe(3);
    // What is small waits for no turn, and neither does who is signed in or elsewhere.
    expect(await ask(`${url}/healthz`, "127.0.0.3")).toBe(200);
    expect(await ask(`${url}/api/large/5`, "127.0.0.2")).toBe(200);
    const cookie = await signIn();
    expect(await ask(`${url}/api/large/6`, "127.0.0.3", { cookie })).toBe(200);
    expect(octets).toBe(0);
    first?.destroy();
    await expect.poll(() => octets).toBeGreaterThan(large.length);
    expect(await ask(`${url}/api/large/7`, "127.0.0.3")).toBe(200);
  });

  test("a house of IPv6 is counted by its /64, and by its /48 for eight times as much", async () => {
    await open({ limits: { strangers: 5 } });
    const from = async (remoteAddress: string) =>
      (await test_.app.inject({ url: "/api/events", remoteAddress })).statusCode;
    const seen: number[] = [];
    for (let at = 0; at < 50; at += 1) seen.push(await from(`2001:db8:7:${at.toString(16)}::1`));
    expect(seen).toEqual([
      ...Array.from({ length: 40 }, () => 401),
      ...Array.from({ length: 10 }, () => 429),
    ]);
    expect(await from("2001:db8:8::1")).toBe(401);
    expect(await from("192.0.2.1")).toBe(401);
  });

  test("usually 15 seconds, 16 large answers and 8 MB for an address", async () => {
    await open({});
    expect(usualPatience.unreadMs).toBe(15_000);
    expect(usualRoom.largeAnswers).toBe(16);
    expect(usualRoom.unread).toBe(8 * 1024 * 1024);
  });
});
