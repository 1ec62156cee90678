import { once } from "node:events";
import { existsSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { request } from "node:https";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeCertificate } from "#tests/support/certificate.ts";
import { name, programs, startNginx } from "#tests/support/fronts.ts";
import { freePort } from "#tests/support/postgres-cluster.ts";
import { scratchFolder } from "#tests/support/scratch.ts";

const folder = scratchFolder("nginx");
const isHere =
  existsSync(programs.nginx) &&
  makeCertificate(name, { cert: join(folder, "boxster.pem"), key: join(folder, "boxster.key") });
/** How often a request came to the server that answers, and to the one that hangs up instead. */
const came = { whole: 0, broken: 0 };
const whole = createServer((incoming, outgoing) => {
  incoming.resume().once("end", () => {
    came.whole += 1;
    outgoing.end();
  });
});
const broken = createServer((incoming) => {
  incoming.resume().once("end", () => {
    came.broken += 1;
    incoming.socket.destroy();
  });
});
beforeAll(async () => {
  for (const server of [whole, broken]) await once(server.listen(0, "127.0.0.1"), "listening");
});
afterAll(() => {
  for (const server of [whole, broken]) server.close();
});
const portOf = (server: Server) => (server.address() as AddressInfo).port;

/** What nginx answers to some requests; it asks the first server for every second one, however often that one fails. */
async function through(first: number, methods: readonly string[]): Promise<(number | undefined)[]> {
  const port = await freePort();
  const nginx = startNginx(folder, port, [`${first} max_fails=0`, portOf(whole)]);
  const ended = once(nginx, "exit");
  try {
    await expect.poll(() => ask(port, "GET").catch(() => 0)).not.toBe(0);
    Object.assign(came, { whole: 0, broken: 0 });
    const statuses: (number | undefined)[] = [];
    for (const method of methods) statuses.push(await ask(port, method));
    return statuses;
  } finally {
    nginx.kill("SIGTERM");
    await ended;
  }
}

async function ask(port: number, method: string): Promise<number | undefined> {
  const to = { host: "127.0.0.1", port, method, path: "/", servername: name };
  const asked = request({
    ...to,
    headers: { host: name },
    agent: false,
    rejectUnauthorized: false,
  });
  asked.end(method === "GET" ? undefined : "words");
  const [reply] = await once(asked, "response");
  reply.resume();
  return reply.statusCode;
}

test.runIf(isHere)("with one of two servers dead behind nginx nobody gets a 502", async () => {
  const statuses = await through(await freePort(), [
    "GET",
    "GET",
    "POST",
    "POST",
    "PATCH",
    "PATCH",
  ]);
  expect(statuses).toEqual([200, 200, 200, 200, 200, 200]);
});

test.runIf(isHere)(
  "where a server breaks off, nginx repeats what reads and sends once what changes",
  async () => {
    expect(await through(portOf(broken), ["GET", "GET", "GET", "GET"])).toEqual([
      200, 200, 200, 200,
    ]);
    expect(came.broken).toBeGreaterThan(0);
    const statuses = await through(portOf(broken), ["POST", "POST", "POST", "POST"]);
    expect(statuses.toSorted()).toEqual([200, 200, 502, 502]);
    expect(came).toEqual({ whole: 2, broken: 2 });
  },
);
