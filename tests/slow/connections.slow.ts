import type { Socket } from "node:net";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, expect, test } from "vitest";
import { scratchFolders } from "#tests/support/backup.ts";
import { makeCertificate } from "#tests/support/certificate.ts";
import { ask, hold, type WayToHold, waysToHold } from "#tests/support/idle-connections.ts";
import { type ServedProcess, serveInProcess } from "#tests/support/served-process.ts";

const folders = scratchFolders();
afterAll(folders.clear);
const many = 1_000;
const demo = { BOXSTER_DEMO: "1" };
// Callers of every kind from five addresses, over TLS and behind proxies, are in attack/unread.slow.ts.

test("over HTTP 1,000 connections that ask nothing: others are served throughout, and nothing stays open", async () => {
  const server = await serveInProcess({ BOXSTER_DATA: folders.make(), ...demo });
  await holdInEveryWay(server, ["nothing", "half headers"]);
});

test("over TLS 1,000 connections that ask nothing: others are served throughout, and nothing stays open", async ({
  skip,
}) => {
  const folder = folders.make();
  const files = { cert: join(folder, "cert.pem"), key: join(folder, "key.pem") };
  if (!makeCertificate("many", files)) return skip("openssl is not installed");
  const tls = { BOXSTER_TLS_CERT: files.cert, BOXSTER_TLS_KEY: files.key };
  const server = await serveInProcess({ BOXSTER_DATA: folder, ...tls, ...demo });
  await holdInEveryWay(server, waysToHold);
});

async function holdInEveryWay(server: ServedProcess, ways: readonly WayToHold[]): Promise<void> {
  // What a stranger reads: whether it runs, and the public page.
  const urlOf = (time: number) => `${server.url}${time % 2 === 0 ? "/healthz" : "/public"}`;
  const port = Number(new URL(server.url).port);
  for (const time of [0, 1]) expect(await ask(urlOf(time), "127.0.0.2")).toBe(200);
  const before = server.descriptors() ?? 0;
  for (const way of ways) {
    const seen = new Set<number | string>();
    const holding = holdMany(port, way, many);
    const waits: number[] = [];
    for (let time = 0; time < 50; time += 1) {
      const began = performance.now();
      seen.add(await ask(urlOf(time), "127.0.0.2"));
      waits.push(performance.now() - began);
    }
    const held = await holding;
    // Whoever shares the address of the one that holds them, once it opens no more.
    await wait(2_500);
    for (let time = 0; time < 20; time += 1) seen.add(await ask(urlOf(time), "127.0.0.3"));
    expect(seen, way).toEqual(new Set([200]));
    expect(waits.sort((one, other) => one - other)[47], `p95, ${way}`).toBeLessThan(1_000);
    const descriptors = expect.poll(() => server.descriptors() ?? 0, { timeout: 30_000 });
    await descriptors.toBeLessThanOrEqual(before + 5);
    for (const socket of held) socket.destroy();
  }
  const left = await holdMany(port, ways.at(-1) ?? "nothing", 100);
  const from = performance.now();
  expect(await server.stop()).toBe(0);
  expect(performance.now() - from).toBeLessThan(10_000);
  expect(server.faults()).toEqual([]);
  for (const socket of left) socket.destroy();
}

function holdMany(port: number, way: WayToHold, count: number): Promise<Socket[]> {
  return Promise.all(Array.from({ length: count }, () => hold(port, way, "127.0.0.3")));
}
