import { EventEmitter } from "node:events";
import { readFileSync } from "node:fs";
import type { ServerOptions } from "node:http";
import type { Socket } from "node:net";
import { join } from "node:path";
import Fastify, { type FastifyInstance } from "fastify";
import { describe, expect, test } from "vitest";
import { type Connections, type Room, watchConnections } from "#server/http/connections.ts";
import { httpOptions, slowCallerOptions } from "#server/http/slow-callers.ts";
import { makeCertificate } from "#tests/support/certificate.ts";
import { ask, hold } from "#tests/support/idle-connections.ts";
import { scratchFolder } from "#tests/support/scratch.ts";

const folder = scratchFolder("connections");
const files = { cert: join(folder, "cert.pem"), key: join(folder, "key.pem") };
const hasCertificate = makeCertificate("connections", files);
/** Long enough for whoever is served on a machine that stands still for seconds: one time-out is past, and TLS is cut. */
const patience = {
  headersMs: 13_000,
  handshakeMs: 13_000,
  bodyMs: 13_000,
  unreadMs: 60_000,
  lookMs: 50,
};
const room: Room = { all: 30, perAddress: 20, unread: 1_000_000, largeAnswers: 16 };

interface Served {
  readonly app: FastifyInstance;
  readonly url: string;
  readonly port: number;
  readonly connections: Connections;
  /** What waits at `/slow`. */
  readonly held: readonly (() => void)[];
  /** Lets the answers of `/slow` go. */
  readonly release: () => void;
}

async function serve(isTls: boolean, isBehindProxy = false): Promise<Served> {
  const http: ServerOptions = httpOptions(patience);
  const https = isTls && {
    ...http,
    handshakeTimeout: patience.handshakeMs,
    cert: readFileSync(files.cert),
    key: readFileSync(files.key),
  };
  const app = Fastify({
    ...slowCallerOptions,
    ...((https ? { https } : { http }) as { readonly http: ServerOptions }),
  });
  const connections = watchConnections(app, room, isBehindProxy, patience);
  const held: (() => void)[] = [];
  app.get("/", async () => "served");
  let isReleased = false;
  app.get(
    "/slow",
    () =>
      new Promise<string>((resolve) => {
        if (isReleased) resolve("slow");
        else held.push(() => resolve("slow"));
      }),
  );
  const url = await app.listen({ host: "127.0.0.1", port: 0 });
  const release = () => {
    // A connection is counted before what is asked over it has come.
    isReleased = true;
    for (const go of held) go();
  };
  return { app, url, port: Number(new URL(url).port), connections, held, release };
}

// They wait for most of their time, so several at once; those with TLS apart, for theirs is work.
describe.each([
  ["plain", false, ["nothing", "half headers"]],
  ["TLS", true, ["nothing", "TLS", "TLS, then half closed"]],
] as const)("connections that are held over %s", (_, isTls, ways) => {
  test.concurrent.for(ways)(
    "by %s: others are served throughout, and afterwards nothing is left open",
    async (way, { skip, expect: expects }) => {
      if (isTls && !hasCertificate) return skip("openssl is not installed");
      const { app, url, port, connections } = await serve(isTls);
      const from = "127.0.0.3";
      const holding = Promise.all(Array.from({ length: 60 }, () => hold(port, way, from)));
      const seen: (number | string)[] = [];
      for (let time = 0; time < 10; time += 1) seen.push(await ask(url, "127.0.0.2"));
      const held = await holding;
      // Whoever shares the address of the one that holds them is served as well.
      for (let time = 0; time < 5; time += 1) seen.push(await ask(url, from));
      expects(new Set(seen)).toEqual(new Set([200]));
      await expects.poll(() => connections.count(), { timeout: 30_000 }).toBe(0);
      await expects.poll(() => openOn(app), { timeout: 30_000 }).toBe(0);
      for (const socket of held) socket.destroy();
      await app.close();
    },
  );
});

test("a request under way is cut off for nobody: where all ask, one more is not let in", async () => {
  const { app, url, held, release } = await serve(false);
  const asked = Array.from({ length: room.perAddress }, () => ask(`${url}/slow`, "127.0.0.4"));
  // Not by connections alone: one over which nothing has been asked yet gives way.
  await expect.poll(() => held.length).toBe(room.perAddress);
  await expect.poll(() => ask(url, "127.0.0.4")).not.toBe(200);
  expect(await ask(url, "127.0.0.5")).toBe(200);
  release();
  expect(new Set(await Promise.all(asked))).toEqual(new Set([200]));
  expect(await ask(url, "127.0.0.4")).toBe(200);
  await app.close();
});

test("behind a proxy all come from one address, which is no reason to cut any off", async () => {
  const { app, url, connections, release } = await serve(false, true);
  const asked = Array.from({ length: room.perAddress + 3 }, () => ask(`${url}/slow`, "127.0.0.4"));
  await expect.poll(() => connections.count()).toBe(room.perAddress + 3);
  release();
  expect(new Set(await Promise.all(asked))).toEqual(new Set([200]));
  await app.close();
});

test("a household counts as one, however many of its addresses of IPv6 it uses", async () => {
  const { app, connections } = await serve(false);
  const arrive = (address: string, port: number) => arriveAt(app, address, port);
  app.server.removeAllListeners("connection");
  watchConnections(app, room, false, patience);
  const first = Array.from({ length: room.perAddress }, (_, at) => arrive(`2001:db8::${at}`, at));
  expect(first.filter(({ isGone }) => isGone)).toEqual([]);
  arrive("2001:db8:0:0:1::9", 9_000);
  expect(first.map(({ isGone }) => isGone).indexOf(true)).toBe(0);
  arrive("2001:db8:0:1::9", 9_001);
  expect(first.filter(({ isGone }) => isGone)).toHaveLength(1);
  expect(connections.count()).toBe(0);
  await app.close();
});

test("a /48 of IPv6 has eight times as many places as a /64, not 65,536 times", async () => {
  const { app } = await serve(false);
  const few = { ...room, all: 1_000, perAddress: 2 };
  app.server.removeAllListeners("connection");
  watchConnections(app, few, false, patience);
  const all = Array.from({ length: 18 }, (_, at) =>
    arriveAt(app, `2001:db8:0:${at.toString(16)}::1`, at),
  );
  const gone = all.filter(({ isGone }) => isGone).map(({ remoteAddress }) => remoteAddress);
  expect(gone).toEqual(["2001:db8:0:0::1", "2001:db8:0:1::1"]);
  await app.close();
});

test("whoever opens connections without end from one network of a /48 keeps no other network of it out", async () => {
  const { app } = await serve(false);
  app.server.removeAllListeners("connection");
  watchConnections(app, { ...room, all: 1_000 }, false, patience);
  const flood = Array.from({ length: 201 }, (_, at) => arriveAt(app, "2001:db8:0:1::1", at));
  expect(flood.at(-1)?.isGone).toBe(true);
  const others = Array.from({ length: 6 }, (_, at) => arriveAt(app, "2001:db8:0:2::1", at));
  expect(others.filter(({ isGone }) => isGone)).toEqual([]);
  await app.close();
});

test("what waits for an address keeps nobody there from asking: whoever holds most of it gives that up", async () => {
  const { app } = await serve(false);
  app.server.removeAllListeners("connection");
  const { mayAsk } = watchConnections(app, room, true, patience);
  const arrive = (port: number, writableLength: number, address: string) => {
    const one = arriveAt(app, "127.0.0.1", port, { writableLength });
    expect(mayAsk(one.asSocket, address)).toBe(true);
    return one;
  };
  // Read at a trickle, so that none of them ever lies still.
  const [more, most, some] = [300_000, 400_000, 250_000].map((held, at) =>
    arrive(at, held, "192.0.2.1"),
  );
  const elsewhere = arrive(8, 900_000, "192.0.2.2");
  arrive(9, 200_000, "192.0.2.1");
  expect([more, most, some, elsewhere].map((one) => one?.isGone)).toEqual([
    false,
    true,
    false,
    false,
  ]);
  // The asker's own is never cut: nothing else is left that could make room.
  const own = arriveAt(app, "127.0.0.1", 10, { writableLength: room.unread });
  expect(mayAsk(own.asSocket, "192.0.2.3")).toBe(false);
  expect(own.isGone).toBe(false);
  await app.close();
});

test("where nobody can see who reads, that is logged, and looked at again", async () => {
  const said: string[] = [];
  const app = Fastify({ logger: { stream: { write: (line: string) => said.push(line) } } });
  app.server.removeAllListeners("connection");
  watchConnections(app, room, false, { ...patience, lookMs: 10, unreadMs: 50 });
  let hasFailed = false;
  const unread = arriveAt(app, "192.0.2.1", 1, {
    writableLength: 1_000,
    get bytesWritten() {
      if (hasFailed) return 1_000;
      hasFailed = true;
      throw new Error("no table of the system");
    },
  });
  app.server.emit("listening");
  await expect.poll(() => unread.isGone).toBe(true);
  expect(said.filter((line) => line.includes("no table of the system"))).toHaveLength(1);
  await app.close();
  app.server.emit("close");
});

test("where all places are taken, the address that has most of them gives one up, though it asks", async () => {
  const { app, url, connections, release } = await serve(false);
  const most = Array.from({ length: 19 }, () => ask(`${url}/slow`, "127.0.0.4"));
  const fewer = Array.from({ length: 11 }, () => ask(`${url}/slow`, "127.0.0.6"));
  await expect.poll(() => connections.count()).toBe(room.all);
  expect(await ask(url, "127.0.0.5")).toBe(200);
  release();
  expect(new Set(await Promise.all(fewer))).toEqual(new Set([200]));
  expect((await Promise.all(most)).filter((one) => one !== 200)).toHaveLength(1);
  await app.close();
});

test("where one address has most places, whoever has only just come from another is not cut off for it", async () => {
  const { app } = await serve(false);
  app.server.removeAllListeners("connection").removeAllListeners("request");
  watchConnections(app, room, false, patience);
  const ask = (address: string, port: number) => {
    const one = arriveAt(app, address, port);
    app.server.emit("request", { socket: one }, new EventEmitter());
    return one;
  };
  const greedy = Array.from({ length: 20 }, (_, at) => ask("192.0.2.1", at));
  Array.from({ length: 9 }, (_, at) => ask("192.0.2.2", at));
  const fresh = arriveAt(app, "192.0.2.3", 1);
  const next = arriveAt(app, "192.0.2.4", 1);
  expect([fresh.isGone, next.isGone, greedy[0]?.isGone]).toEqual([false, false, true]);
  await app.close();
});

/** A connection that is none, from any address. */
function arriveAt(app: FastifyInstance, remoteAddress: string, remotePort: number, more = {}) {
  const socket = Object.defineProperties(
    Object.assign(new EventEmitter(), {
      remoteAddress,
      remotePort,
      writableLength: 0,
      isGone: false,
      destroy: () => {
        socket.isGone = true;
        socket.emit("close");
      },
    }),
    Object.getOwnPropertyDescriptors(more),
  );
  app.server.emit("connection", socket);
  return Object.assign(socket, { asSocket: socket as unknown as Socket });
}

/** As the system counts them. */
function openOn({ server }: FastifyInstance): Promise<number> {
  return new Promise((resolve, reject) => {
    server.getConnections((error, count) => (error ? reject(error) : resolve(count)));
  });
}
