import { spawnSync } from "node:child_process";
import { closeSync, mkdirSync, openSync, readdirSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readConfig } from "#server/config.ts";
import { DatabaseError } from "#server/db/database.ts";
import { problemFromDatabase } from "#server/db/errors.ts";
import { openDatabase } from "#server/db/open.ts";
import { leastRoomBytes, roomFault, roomIn } from "#server/disk-room.ts";
import { fullDisk, mountDisk } from "#tests/support/small-disk.ts";

test("too little room is said with how much there is, how much is needed and what to do", () => {
  expect(roomFault("/srv/boxster", { room: leastRoomBytes })).toBeNull();
  expect(roomFault("/srv/boxster", { room: null })).toBeNull();
  expect(roomFault("/srv/boxster", { room: 5 * 1024 * 1024 })).toBe(
    "The disk of /srv/boxster is full: 5 MB are free and 32 MB are needed. Stored data is safe. Free up space, then start again.",
  );
  expect(roomIn(tmpdir())).toBeGreaterThan(0);
  expect(roomIn("/nowhere/at all")).toBeNull();
});

test("a new database asks for the room that it will take", async ({ skip }) => {
  const disk = mountDisk(64);
  if (disk === null) return skip("only root may mount a small disk");
  const folder = join(disk.folder, "data");
  const opened = openDatabase(readConfig({ BOXSTER_DATA: folder }), () => undefined);
  await expect(opened).rejects.toThrow(/ are free and 128 MB are needed for a new database\. /);
  expect(readdirSync(folder)).toEqual([]);
  disk.remove();
});

test("a start and a command on a disk without any room say so in one line, and end", ({ skip }) => {
  const disk = mountDisk(8);
  if (disk === null) return skip("only root may mount a small disk");
  const folder = join(disk.folder, "data");
  mkdirSync(folder);
  const fill = openSync(join(disk.folder, "fill"), "w");
  expect(() => {
    for (;;) writeSync(fill, Buffer.alloc(4_096));
  }).toThrow("ENOSPC");
  closeSync(fill);
  for (const word of ["serve", "doctor"]) {
    const { status, stderr } = spawnSync(process.execPath, ["server/cli/boxster.mjs", word], {
      env: { PATH: process.env["PATH"], BOXSTER_DATA: folder, PORT: "0" },
      encoding: "utf8",
      timeout: 60_000,
      killSignal: "SIGKILL",
    });
    expect([word, status, stderr]).toEqual([
      word,
      1,
      "boxster: The disk is full: there is no room to write. Stored data is safe. Free up space, then try again.\n",
    ]);
  }
  disk.remove();
});

test("what the embedded database passes on of a full disk reads as one", () => {
  for (const code of ["53100", "ENOSPC", "EDQUOT"]) {
    const error = new DatabaseError({ message: code, code, constraint: null, table: null });
    expect(problemFromDatabase(error)).toMatchObject({ status: 507, title: "The disk is full" });
  }
});

test("a database on a full disk is not opened, in one plain line, and nothing is begun", async ({
  skip,
}) => {
  const disk = fullDisk();
  if (disk === null) return skip("only root may mount a small disk");
  const folder = join(disk.folder, "data");
  const opened = openDatabase(readConfig({ BOXSTER_DATA: folder }), () => undefined);
  await expect(opened).rejects.toThrow(/The disk of .* is full: \d MB are free/);
  expect(readdirSync(folder)).toEqual([]);
  disk.remove();
});
