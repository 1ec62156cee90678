import { setImmediate } from "node:timers/promises";
import { expect, test } from "vitest";
import { oneAhead } from "#server/places/streets/read-tiles.ts";

test("the next one is worked on while the one before is asked about, in their order", async () => {
  const begun: number[] = [];
  const seen: (readonly [made: number, begun: number])[] = [];
  const work = async (one: number) => {
    begun.push(one);
    return 10 * one;
  };
  for await (const made of oneAhead([1, 2, 3, 4], work)) seen.push([made, begun.length]);
  expect(seen).toEqual([
    [10, 2],
    [20, 3],
    [30, 4],
    [40, 4],
  ]);
});

test("one that fails ends it in its turn, and one that nobody asks for any more ends nothing", async () => {
  const work = (one: number) =>
    one === 2 ? Promise.reject(new Error("no")) : Promise.resolve(one);
  const seen: number[] = [];
  const all = async () => {
    for await (const made of oneAhead([1, 2, 3], work)) {
      seen.push(made);
      // The next has failed by now, before anybody asked for it.
      await setImmediate();
    }
  };
  await expect(all()).rejects.toThrow("no");
  expect(seen).toEqual([1]);
  for await (const made of oneAhead([1, 2, 3], work)) {
    expect(made).toBe(1);
    break;
  }
});
