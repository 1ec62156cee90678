import { expect, test } from "vitest";
import { createArrivals } from "#server/http/arrivals.ts";

const times = (count: number, work: () => boolean) =>
  Array.from({ length: count }, work).filter(Boolean).length;

test("an address that opens connections without end has its burst, then ten a second and a few more", () => {
  const { isFlood } = createArrivals(200);
  expect(times(1_000, () => isFlood("192.0.2.1", 100))).toBe(800);
  // Somebody else, in the same second.
  expect(times(200, () => isFlood("192.0.2.2", 100.5))).toBe(0);
  // Ten, and 24 of those that come among the first 200.
  expect(times(300, () => isFlood("192.0.2.1", 101))).toBe(300 - 10 - 24);
});

test("whoever shares the address of a flood of 110 a second gets in soon, for a refusal costs nothing", () => {
  const { isFlood } = createArrivals(200);
  times(300, () => isFlood("192.0.2.1", 100));
  const letIn = [1, 2, 3, 4, 5].map((second) =>
    Array.from({ length: 110 }, (_, at) => isFlood("192.0.2.1", 100 + second + at / 110)),
  );
  for (const tries of letIn) {
    expect(tries.filter((isRefused) => !isRefused).length).toBeGreaterThanOrEqual(20);
    expect(tries.filter(Boolean).length).toBeGreaterThanOrEqual(80);
  }
});

test("a /48 has as many times the burst and the pace as it is given", () => {
  const { isFlood } = createArrivals(1_600, 80);
  expect(times(2_000, () => isFlood("2001:db8:0::/48", 100))).toBe(400);
  expect(times(300, () => isFlood("2001:db8:0::/48", 101))).toBe(300 - 80 - 15);
});

test("who opens no more than a few is let in, however often, once the flood is over", () => {
  const { isFlood, forget } = createArrivals(200);
  times(1_000, () => isFlood("192.0.2.1", 100));
  expect(times(100, () => isFlood("192.0.2.1", 103))).toBe(0);
  forget(200);
  expect(times(200, () => isFlood("192.0.2.1", 200))).toBe(0);
});
