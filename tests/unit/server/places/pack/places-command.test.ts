import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { typeCommand } from "#tests/support/typed-command.ts";

const out = join(tmpdir(), "boxster-no-pack");
const words = [
  "--boundary",
  "none.geojson",
  "--zone",
  "Europe/Vienna",
  "--attribution",
  "Made up",
  "--out",
  out,
];

test("places build opens no database: what is wrong with its words is told at once", async () => {
  const run = await typeCommand(["places", "build", ...words]);
  expect(run.exit).toBe(1);
  expect(run.err).toEqual([
    expect.stringMatching(/^boxster: There is no file .*none\.geojson\. Nothing was written\.$/),
  ]);
  expect(existsSync(out)).toBe(false);
});

test.each([
  [["places"], 2, /Say which: build/],
  [["places", "make"], 2, /"make" is none of build/],
  [["places", "build", "--zone", "Europe/Vienna"], 2, /--boundary is missing/],
  [["places", "build", ...words, "--colour", "red"], 2, /--colour/],
])("%s is a wrong call", async (line, exit, said) => {
  const run = await typeCommand(line);
  expect([run.exit, run.err[0]]).toEqual([exit, expect.stringMatching(said)]);
});

test("help lists its options", async () => {
  const { out: lines } = await typeCommand(["places", "build", "--help"]);
  expect(lines.join("\n")).toMatch(/--boundary.*[\s\S]*--attribution/);
  expect((await typeCommand(["help"])).all).toContain("places build --boundary FILE");
});
