import { expect, test } from "vitest";
import { type Pixel, pathOf, strokeFrom } from "#client/hotspots/drawn-area/DrawArea.tsx";

test("a hand that shakes while it clicks draws nothing", () => {
  const stroke = strokeFrom([100, 100]);
  for (const at of [
    [101, 100],
    [106, 101],
    [99, 104],
    [104, 98],
    [100, 100],
  ] as Pixel[]) {
    stroke.add(at);
  }
  expect(stroke.loop()).toBeNull();
});

test("what the pointer went around is its corners, without those that lie together", () => {
  const stroke = strokeFrom([0, 0]);
  for (let step = 0; step <= 100; step += 1) stroke.add([step, 0]);
  for (let step = 0; step <= 100; step += 1) stroke.add([100, step]);
  const loop = stroke.loop() ?? [];
  expect(loop[0]).toEqual([0, 0]);
  expect(loop.length).toBeGreaterThan(25);
  expect(loop.length).toBeLessThan(40);
});

test("the line runs on to the pointer and back to its begin", () => {
  expect(pathOf([], [1, 1])).toBe("");
  expect(
    pathOf(
      [
        [0, 0],
        [10, 0],
      ],
      [5, 5],
    ),
  ).toBe("M0.0 0.0L10.0 0.0L5.0 5.0Z");
});
