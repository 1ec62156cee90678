import { expect, test } from "vitest";
import { moved, shapes, sized, startFrame } from "#client/map/print-frame.ts";

const open = { x: 0, y: 0, width: 800, height: 450 };
const isInside = ({ x, y, width, height }: typeof open) =>
  x >= -1e-9 && y >= -1e-9 && x + width <= 800 + 1e-9 && y + height <= 450 + 1e-9;

test.each(Object.entries(shapes))(
  "a %s frame keeps its proportions and stays on the map, however it is moved and sized",
  (_, ratio) => {
    let frame = startFrame(ratio, open);
    expect(frame.x + frame.width / 2).toBeCloseTo(400);
    for (let step = 0; step < 200; step += 1) {
      frame = moved(frame, [97 * Math.sin(step), 61 * Math.cos(3 * step)], open);
      frame = sized(frame, 1 + 0.4 * Math.sin(step * step), open, step % 2 ? "corner" : "middle");
      expect(isInside(frame)).toBe(true);
      expect(frame.width / frame.height).toBeCloseTo(ratio);
      expect(frame.width).toBeGreaterThanOrEqual(96 * 0.999);
    }
  },
);

test("on a map that became smaller it shrinks with it", () => {
  const frame = moved(startFrame(2, open), [0, 0], { ...open, width: 300 });
  expect([frame.width, frame.height, frame.x]).toEqual([300, 150, 0]);
});
