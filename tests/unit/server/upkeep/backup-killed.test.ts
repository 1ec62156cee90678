import { spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { scratchFolder } from "#tests/support/scratch.ts";

const folder = scratchFolder("killed");

/** A backup that has begun its file and waits for a database that does not answer. */
const begun = `
  import { writeBackup } from "#server/upkeep/backup/write-backup.ts";
  setInterval(() => undefined, 60_000);
  await writeBackup({ transaction: () => new Promise(() => undefined) }, {
    file: process.argv[1], passphrase: "four geese over the water", dataFolder: ".",
    signal: new AbortController().signal,
  });`;

test("a backup that is killed leaves no part of its file, whoever else is killed with it", async () => {
  const program = ["--input-type=module", "-e", begun, join(folder, "all.backup")];
  // A group of its own, as of a command at a terminal.
  const child = spawn(process.execPath, program, { detached: true, stdio: "ignore" });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  const patience = { timeout: 60_000, interval: 20 };
  await vi.waitFor(() => expect(readdirSync(folder)).toHaveLength(1), patience);
  expect(readdirSync(folder)[0]).toMatch(/^all\.backup\.\d+-[0-9a-f]{8}\.partial$/);
  process.kill(-(child.pid ?? 0), "SIGKILL");
  await ended;
  await vi.waitFor(() => expect(readdirSync(folder)).toEqual([]), patience);
});
