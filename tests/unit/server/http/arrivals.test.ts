import { expect, test } from "vitest";
import { createArrivals } from "#server/http/arrivals.ts";

const times = (count: number, work: () => boolean) =>
  Array.from({ length: count }, work).filter(Boolean).length;

test("an address that opens connections without end has its burst, and ten a second from then on", () => {
  const { isFlood } = createArrivals(200);
  expect(times(1_000, () => isFlood("192.0.2.1", 100))).toBe(800);
  // Somebody else, in the same second.
  expect(times(200, () => isFlood("192.0.2.2", 100.5))).toBe(0);
  expect(times(300, () => isFlood("192.0.2.1", 101))).toBe(290);
});

test("who opens no more than a few is let in, however often, once the flood is over", () => {
  const { isFlood, forget } = createArrivals(200);
  times(1_000, () => isFlood("192.0.2.1", 100));
  expect(times(100, () => isFlood("192.0.2.1", 103))).toBe(0);
  forget(200);
  expect(times(200, () => isFlood("192.0.2.1", 200))).toBe(0);
});
