import { spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";
import { scratchFolders } from "#tests/support/backup.ts";
import { ask } from "#tests/support/idle-connections.ts";
import { type ServedProcess, serveInProcess } from "#tests/support/served-process.ts";
import { geopackageBombs, mbtilesBombs, pmtilesBombs } from "#tests/support/tile-bombs.ts";

const folders = scratchFolders();
afterAll(folders.clear);
const boxster = fileURLToPath(new URL("../../../server/cli/boxster.mjs", import.meta.url));

/** A command beside the server, which runs it where it has the data folder. */
async function run(folder: string, args: readonly string[]): Promise<string> {
  const child = spawn(process.execPath, [boxster, ...args], {
    env: { PATH: process.env["PATH"], BOXSTER_DATA: folder },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (data) => {
      said += String(data);
    });
  }
  await new Promise((resolve) => child.once("exit", resolve));
  return said;
}

/** Others ask until it is done. */
async function askMeanwhile(server: ServedProcess, work: Promise<unknown>): Promise<number> {
  const times: number[] = [];
  const state = { isDone: false };
  const done = work.finally(() => {
    state.isDone = true;
  });
  while (!state.isDone) {
    const from = performance.now();
    expect(await ask(`${server.url}/healthz`, "127.0.0.2")).toBe(200);
    times.push(performance.now() - from);
    await wait(50);
  }
  await done;
  times.sort((one, other) => one - other);
  return times[Math.floor(0.95 * times.length)] ?? 0;
}

test("every bomb that is added to a running server is refused in words, and others are served meanwhile", async () => {
  const folder = folders.make();
  const server = await serveInProcess({ BOXSTER_DATA: folder });
  const before = server.memory() ?? 0;
  for (const { name, write, words } of [...mbtilesBombs, ...pmtilesBombs]) {
    const file = join(folders.make(), "bomb");
    write(file);
    let said = "";
    const p95 = await askMeanwhile(
      server,
      run(folder, ["basemap", "add", file]).then((text) => {
        said = text;
      }),
    );
    console.log(name, Math.round(p95), Math.round((server.memory() ?? 0) - before), said.trim());
    expect(said, name).toMatch(words);
    expect(said, name).toContain("Nothing was changed.");
    expect(p95, name).toBeLessThan(1_000);
  }
  expect((server.memory() ?? 0) - before).toBeLessThan(600);
  expect(await server.stop()).toBe(0);
});

test("a boundary that is a bomb is refused by places build", async () => {
  for (const { name, write, words } of geopackageBombs) {
    const folder = folders.make();
    mkdirSync(folder, { recursive: true });
    const file = join(folder, "bomb.gpkg");
    write(file);
    const said = await run(folder, [
      "places",
      "build",
      "--boundary",
      file,
      "--zone",
      "Europe/London",
      "--out",
      join(folder, "pack"),
      "--attribution",
      "Nobody",
    ]);
    expect(said, name).toMatch(words);
    expect(said, name).toContain("Nothing was written.");
  }
});
