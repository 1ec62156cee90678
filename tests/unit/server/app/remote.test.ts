import { connect, createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { z } from "zod";
import type { Services } from "#server/acts/services.ts";
import { callOwner, serveCommands } from "#server/app/remote.ts";
import { command } from "#server/cli/command.ts";

let server: Server;
let path = "";
let ended: Promise<boolean>;
let end: (wasStopped: boolean) => void;
beforeEach(async () => {
  ended = new Promise((done) => {
    end = done;
  });
  path = join(tmpdir(), `boxster-remote-${process.pid}-${Date.now()}.sock`);
  // Nothing that these commands do asks for a service.
  server = createServer((socket) => serveCommands(socket, {} as Services, [talk]));
  await new Promise<void>((done) => server.listen(path, done));
});
afterEach(() => {
  server.close();
});

/** Says something all the while, also when nobody is there any more. */
const talk = command({
  name: "talk",
  takes: "WORD",
  summary: "",
  audit: { none: "a test" },
  reads: z.object({ word: z.string() }),
  run: async ({ say, signal }, { word }) => {
    const lines = word === "short" ? 1 : 400;
    for (let line = 0; line < lines; line += 1) {
      say(`${line} ${"x".repeat(2_000)}`);
      await wait(1);
    }
    end(signal.aborted);
    return { json: { lines }, text: [] };
  },
});

const request = (word: string) => ({
  command: "talk",
  positionals: [word],
  values: {},
  operator: "somebody",
  secret: null,
});
const caller = (): Promise<Socket> =>
  new Promise((done) => {
    const socket = connect(path, () => done(socket));
  });

test("a caller who goes while a command speaks ends the command alone: the next caller is answered", async () => {
  const socket = await caller();
  socket.write(`${JSON.stringify(request("long"))}\n`);
  // What it does not read fills the way to it: words are under way as it goes.
  await wait(300);
  socket.destroy();
  expect(await ended).toBe(true);
  const answer = await callOwner(await caller(), request("short"), {
    err: () => undefined,
    signal: new AbortController().signal,
  });
  expect(answer).toEqual({ json: { lines: 1 }, text: [], exit: 0 });
});

test("whoever stops a command is told so, and does not wait for its end", async () => {
  const stop = new AbortController();
  setTimeout(() => stop.abort(), 40);
  const called = callOwner(await caller(), request("long"), {
    err: () => undefined,
    signal: stop.signal,
  });
  await expect(called).rejects.toThrow("Stopped. Work in progress was discarded.");
  expect(await ended).toBe(true);
});
