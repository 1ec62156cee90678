import { expect, test } from "vitest";
import { statistics } from "#core/stats/statistics.ts";
import { runCommandLine } from "#server/app/run.ts";

async function run(words: readonly string[], input = "") {
  const out: string[] = [];
  const err: string[] = [];
  const exit = await runCommandLine(words, {
    out: (line) => out.push(line),
    err: (line) => err.push(line),
    readInput: () => Promise.resolve(input),
    askHidden: () => Promise.resolve(null),
    signal: new AbortController().signal,
  });
  return { exit, out, err };
}

test("stat --help shows an input of every statistic", async () => {
  const { exit, out } = await run(["stat", "--help"]);
  expect(exit).toBe(0);
  for (const name of Object.keys(statistics)) {
    expect(out.join("\n")).toContain(`| npx boxster stat ${name}`);
  }
});

test("stat NAME --help shows that one, ready to be given back to it", async () => {
  const { exit, out } = await run(["stat", "wdd", "--help"]);
  expect(exit).toBe(0);
  expect(out.join("\n")).not.toContain("gi-star");
  const example = /echo '(.*)' \| npx boxster stat wdd/.exec(out.join("\n"))?.[1] ?? "";
  expect(await run(["stat", "wdd"], example)).toMatchObject({ exit: 0, err: [] });
});

test.each([
  [["stat"], /Which statistic\?; there are gi-star, .*, aoristic/],
  [["stat", "crime"], /There is no statistic "crime"; there are gi-star, .*, aoristic/],
  [["stat", "crime", "--help"], /There is no statistic "crime"/],
  [["stat", "constructor"], /There is no statistic "constructor"/],
  [["stat", "wdd", "more"], /Unexpected argument: "more"/],
  [["import"], /FILE is missing/],
  [["undo"], /BATCH is missing/],
  [["import-calendar"], /FILE\.ics is missing/],
])("%j is a wrong call: exit 2 with the usage line", async (words, message) => {
  const { exit, err, out } = await run(words);
  expect(exit).toBe(2);
  expect(out).toEqual([]);
  expect(err[0]).toMatch(message);
  expect(err[1]).toMatch(/^usage: boxster /);
});

test("a wrong input is refused in plain words, exit 1, and with --json in one document", async () => {
  const { exit, err, out } = await run(["stat", "gi-star"], '{"counts": 3}');
  expect(exit).toBe(1);
  expect(err).toEqual(["boxster: counts: must be a list in square brackets, not 3"]);
  expect(out).toEqual([]);
  const asJson = await run(["stat", "gi-star", "--json"], '{"counts": 3}');
  expect(asJson).toMatchObject({ exit: 1, err });
  const error = "counts: must be a list in square brackets, not 3";
  expect(asJson.out.map((text) => JSON.parse(text) as unknown)).toEqual([{ error }]);
});
