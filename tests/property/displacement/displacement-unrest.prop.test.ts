import { expect, test } from "vitest";
import { falseCalls } from "#tests/support/simulated-command.ts";

const runs = 100;

test.each([
  ["scatter 2, four months each side", { months: 4, scatter: 2, drift: 0, neighbourhoods: 7 }],
  ["drift of .12 a month, four months", { months: 4, scatter: 1, drift: 0.12, neighbourhoods: 7 }],
])("an operation that did nothing is hardly ever called a change: %s", (name, command) => {
  const { core, edge } = falseCalls(command, runs);
  console.info(`${name}: treated area ${100 * core}%, any edge ${100 * edge}% of ${runs} runs`);
  expect(core).toBeLessThanOrEqual(0.06);
  expect(edge).toBeLessThanOrEqual(0.06);
});
