import { spawnSync } from "node:child_process";
import { readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { open } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import type { ActServices } from "#server/acts/services.ts";
import { backupCommand } from "#server/upkeep/commands/backup.ts";
import { testServices } from "#tests/support/app.ts";
import { lastId, linesAfter } from "#tests/support/audit.ts";
import { runCommand } from "#tests/support/command.ts";
import { onEachEngine } from "#tests/support/database.ts";
import { scratchFolder } from "#tests/support/scratch.ts";

interface Disk {
  appendFile: (piece: Uint8Array) => Promise<void>;
  sync: () => Promise<void>;
}

function fault(code: string): Error {
  return Object.assign(new Error(`${code}: as the system says it`), { code });
}

onEachEngine("a backup that its disk does not take", ({ db }) => {
  let services: ActServices;
  const folder = scratchFolder("full");
  /** What every open file does, so that it can be made to fail as a disk does. */
  let disk: Disk;
  beforeAll(async () => {
    services = await testServices(db());
    const file = await open(join(folder, "any"), "w");
    disk = Object.getPrototypeOf(file) as Disk;
    await file.close();
    rmSync(join(folder, "any"));
  });
  afterEach(() => vi.restoreAllMocks());
  afterAll(async () => {
    await services.solver.close();
  });

  const backUp = async () => {
    const before = await lastId(db());
    const given = {
      positionals: [join(folder, "all.backup")],
      secret: "four geese over the water",
    };
    const failed = await runCommand(services, backupCommand, given).then(
      () => null,
      (error: Error) => error.message,
    );
    const lines = await linesAfter(db(), before);
    return {
      failed,
      left: readdirSync(folder),
      lines: lines.map(({ act, outcome }) => `${act}: ${outcome}`),
    };
  };

  test("what a backup left that was killed goes with the next one; that of a living one stays", async () => {
    const dead = spawnSync(process.execPath, ["-e", ""]).pid;
    const [left, living] = [`all.backup.${dead}-0123abcd.partial`, "b.1-0123abcd.partial"];
    // Its number has gone to another process since, as after a restart of a container.
    const old = "c.1-0123abcd.partial";
    for (const name of [left, living, old, "notes.partial"]) {
      writeFileSync(join(folder, name), "part");
    }
    const yesterday = new Date(Date.now() - 23 * 3_600_000);
    for (const name of [old, "notes.partial"]) utimesSync(join(folder, name), yesterday, yesterday);
    vi.spyOn(disk, "appendFile").mockRejectedValue(fault("ENOSPC"));
    expect(new Set((await backUp()).left)).toEqual(new Set([living, "notes.partial"]));
    for (const name of [living, "notes.partial"]) rmSync(join(folder, name));
  });

  test("stands in the chain as begun and refused, not as done, and leaves no file", async () => {
    vi.spyOn(disk, "appendFile").mockResolvedValueOnce().mockRejectedValue(fault("ENOSPC"));
    const { failed, left, lines } = await backUp();
    expect(failed).toMatch(/Disk full; the partial file was removed/);
    expect(left).toEqual([]);
    expect(lines).toEqual(["begin a backup: done", "back up: refused"]);
  });

  test("is not done either where the last octets do not reach the disk", async () => {
    vi.spyOn(disk, "sync").mockRejectedValue(fault("EIO"));
    const { failed, left, lines } = await backUp();
    expect(failed).toMatch(/does not take what is written \(EIO\)/);
    expect(left).toEqual([]);
    expect(lines).toEqual(["begin a backup: done", "back up: refused"]);
  });

  test("is done once it is whole and has its name", async () => {
    const { failed, left, lines } = await backUp();
    expect(failed).toBeNull();
    expect(left).toEqual(["all.backup"]);
    expect(lines).toEqual(["begin a backup: done", "back up: done"]);
  });
});
