import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { runPart } from "#tests/bench/run-part.ts";
import { atMost } from "#tests/bench/timing.ts";
import { scratchFolder } from "#tests/support/scratch.ts";

const folder = scratchFolder("part");

/** A part of the bench that does this. */
function runOf(does: string, limitMs = 30_000) {
  const script = join(folder, "part.mjs");
  writeFileSync(script, does);
  return runPart({ script, name: "page", folder, limitMs });
}

test("the rows of a part come back, by its name and with a scratch folder", async () => {
  const figure = atMost(4, "ms", 5);
  const row = { work: "page", measured: "4 ms", beside: "", ratio: "", figure };
  const does = `process.send([{ ...${JSON.stringify(row)}, beside: process.argv.slice(2).join() }], () => process.exit());`;
  expect(await runOf(does)).toEqual({
    failed: false,
    lines: [{ ...row, beside: `page,${folder}` }],
  });
});

test.each([
  ["hangs", "for (;;);", 1_500, /^failed: stopped after 2 s$/],
  ["waits for ever", "setInterval(() => {}, 1000);", 1_500, /^failed: stopped after 2 s$/],
  ["breaks", "process.exitCode = 3;", 30_000, /^failed: ended with 3$/],
])("a part that %s is a row that says so", async (_, does, limitMs, said) => {
  const { failed, lines } = await runOf(does, limitMs);
  expect(failed).toBe(true);
  expect(lines).toEqual([
    {
      work: "page",
      measured: expect.stringMatching(said),
      beside: "",
      ratio: "",
      figure: { value: null, unit: "", target: null, ok: false },
    },
  ]);
});
