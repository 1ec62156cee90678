import { expect, test, vi } from "vitest";
import { createWorker } from "#server/live/batch-worker.ts";

test("a failure is told once, and all is looked at again until it works", async () => {
  vi.useFakeTimers();
  const told: unknown[] = [];
  const seen: unknown[] = [];
  let fails = 2;
  const worker = createWorker(
    async (batch) => {
      seen.push(batch);
      if (fails-- > 0) throw new Error("no answer");
    },
    { onFailure: (error) => told.push(error) },
  );
  const alert = { table: "alert", id: "1" };
  worker.add(alert);
  await vi.advanceTimersByTimeAsync(3_000);
  expect(seen).toEqual([[alert], null, null]);
  expect(told).toEqual([new Error("no answer")]);
  // After a success, a later failure is news.
  fails = 1;
  worker.add(alert);
  await vi.advanceTimersByTimeAsync(3_000);
  expect(told).toHaveLength(2);
  await worker.stop();
  vi.useRealTimers();
});
