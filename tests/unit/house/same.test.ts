import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PNG } from "pngjs";
import { expect, test } from "vitest";
import { compare } from "#tests/same/compare.ts";
import { lasting, leaves, linesOf } from "#tests/same/told.ts";
import { scratchFolder } from "#tests/support/scratch.ts";

const folder = scratchFolder("same");

function put(side: "before" | "after", files: Readonly<Record<string, string | Buffer>>): string {
  const path = join(folder, side);
  rmSync(path, { recursive: true, force: true });
  for (const [name, contents] of Object.entries(files)) {
    mkdirSync(join(path, name, ".."), { recursive: true });
    writeFileSync(join(path, name), contents);
  }
  return path;
}

function picture(dots: number, width = 40): Buffer {
  const png = new PNG({ width, height: 40 });
  png.data.fill(255);
  for (let dot = 0; dot < dots; dot += 1) png.data.fill(0, dot * 4, dot * 4 + 3);
  return PNG.sync.write(png);
}

test("a line that is gone, new or moved, a file on one side alone and a picture of other pixels differ", () => {
  const before = put("before", {
    "day/001.txt": "200\nstate = 1\n",
    "day/002.txt": "one\nother\n",
    "day/003.txt": "the same\n",
    "day/gone.txt": "",
    "screen.png": picture(0),
    "smooth.png": picture(0),
    "wide.png": picture(0),
  });
  const after = put("after", {
    "day/001.txt": "200\nstate = 2\n",
    "day/002.txt": "other\none\n",
    "day/003.txt": "the same\n",
    "screen.png": picture(30),
    "smooth.png": picture(3),
    "wide.png": picture(0, 41),
  });
  expect(compare(before, after)).toEqual([
    { file: "day/001.txt", lines: ["+state = 2", "-state = 1"] },
    { file: "day/002.txt", lines: ["+ the same lines in another order"] },
    { file: "day/gone.txt", lines: ["- the whole file"] },
    { file: "screen.png", lines: ["+ 30 pixels of 1600"] },
    { file: "wide.png", lines: ["+ 41 x 40 pixels, 40 x 40 before"] },
  ]);
});

test("a call that comes in between moves none of the others, and the same call twice is told twice", () => {
  const before = put("before", { "day/001-GET.txt": "a", "day/002-PUT.txt": "b" });
  const after = put("after", {
    "day/001-GET.txt": "a",
    "day/002-POST.txt": "c",
    "day/003-PUT.txt": "b",
    "day/004-PUT.txt": "d",
  });
  expect(compare(before, after)).toEqual([
    { file: "day/POST.txt", lines: ["+ the whole file"] },
    { file: "day/PUT.txt again", lines: ["+ the whole file"] },
  ]);
});

test("what differs on purpose is left out, line by line", () => {
  const before = put("before", { "a.txt": "kept\nold\n", "b.txt": "old\n" });
  const after = put("after", { "a.txt": "lost\nnew\n", "b.txt": "new\n" });
  const why = "the state has another name";
  expect(compare(before, after, [{ files: /^a/, lines: /old|new/, why }])).toEqual([
    { file: "a.txt", lines: ["+lost", "-kept"] },
    { file: "b.txt", lines: ["+new", "-old"] },
  ]);
  expect(compare(before, after, [{ files: /./, why }])).toEqual([]);
});

test("hours, random names and hashes of a recording are left out; the times of the demonstration are not", () => {
  const hash = "0f".repeat(32);
  expect(
    lasting(
      `at 2026-12-01T09:30:00.123Z, on 2031-02-03, id 0c5b5a0c-1111-4222-8333-944445555666, hash \\x${hash}`,
    ),
  ).toBe("at <time>, on <time>, id <uuid>, hash \\x<hash>");
  const times = "from 2021-11-26T22:10:00+00:00, made 2021-11-26T<hour>+00:00";
  expect(lasting(times.replace("<hour>", "14:11:07.016"))).toBe(times);
  expect(lasting('seconds = 0.31\ncells = 31\nsecret = "a-b-c"')).toBe(
    "seconds = <seconds>\ncells = 31\nsecret = <secret>",
  );
});

test("JSON is told leaf by leaf, whatever the order of its names", () => {
  const told = ["a = 1", 'plans[0].state = "open"', "plans[1] = {}", "short = [1,2]"];
  expect(leaves({ short: [1, 2], plans: [{ state: "open" }, {}], a: 1 })).toEqual(told);
  const inLines = '{"a":1}\n{"progress":{"rows":2}}\n{"type":"progress"}\n{"a":null}';
  expect(linesOf(inLines)).toEqual(["[0].a = 1", "[1].a = null"]);
  expect(linesOf("Date,Kind\n1,2")).toEqual(["Date,Kind", "1,2"]);
});
