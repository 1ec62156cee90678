import { expect, test } from "vitest";
import { createTally } from "#server/tally.ts";

test("work is counted while it runs, and by how it ended, with its seconds", async () => {
  const tally = createTally();
  let finish: (value: string) => void = () => undefined;
  const work = tally.count(
    () =>
      new Promise<string>((resolve) => {
        finish = resolve;
      }),
  );
  expect(tally.now()).toEqual({ running: 1, done: 0, failed: 0, seconds: 0 });
  await new Promise((resolve) => setTimeout(resolve, 20));
  finish("made");
  expect(await work).toBe("made");
  await expect(tally.count(() => Promise.reject(new Error("on purpose")))).rejects.toThrow();
  expect(tally.now()).toMatchObject({ running: 0, done: 1, failed: 1 });
  expect(tally.now().seconds).toBeGreaterThan(0.01);
});
