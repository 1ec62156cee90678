import { readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readConfig } from "#server/config.ts";
import { openDatabase } from "#server/db/open.ts";
import { leastRoomBytes, roomFault, roomIn } from "#server/disk-room.ts";
import { fullDisk } from "#tests/support/small-disk.ts";

test("too little room is said with how much there is, how much is needed and what to do", () => {
  expect(roomFault("/srv/boxster", leastRoomBytes)).toBeNull();
  expect(roomFault("/srv/boxster", null)).toBeNull();
  expect(roomFault("/srv/boxster", 5 * 1024 * 1024)).toBe(
    "The disk of /srv/boxster is full: 5 MB are free and 32 MB are needed. Stored data is safe. Free up space, then start again.",
  );
  expect(roomIn(tmpdir())).toBeGreaterThan(0);
  expect(roomIn("/nowhere/at all")).toBeNull();
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
