export const markShapes = ["up", "down", "bar", "ring", "cross", "dot", "dash"] as const;
export type MarkShape = (typeof markShapes)[number];

type Outline = readonly (readonly [x: number, y: number])[];

/** In a square from -1 to 1, y upward; holes after the outer line. The list and the legend draw the same. */
export const markOutlines: Readonly<Record<MarkShape, readonly Outline[]>> = {
  up: [points("0 0.85, 0.9 -0.7, -0.9 -0.7")],
  down: [points("0 -0.85, 0.9 0.7, -0.9 0.7")],
  bar: [points("-0.9 0.3, 0.9 0.3, 0.9 -0.3, -0.9 -0.3")],
  ring: [circle(0.85), circle(0.45)],
  cross: [
    points(
      "-0.9 0.55, -0.55 0.9, 0 0.35, 0.55 0.9, 0.9 0.55, 0.35 0, 0.9 -0.55, 0.55 -0.9, 0 -0.35, -0.55 -0.9, -0.9 -0.55, -0.35 0",
    ),
  ],
  dot: [circle(0.3)],
  dash: [points("-0.6 0.18, 0.6 0.18, 0.6 -0.18, -0.6 -0.18")],
};

function points(written: string): Outline {
  return written.split(", ").map((point) => {
    const [x = 0, y = 0] = point.split(" ").map(Number);
    return [x, y];
  });
}

function circle(radius: number): Outline {
  return Array.from({ length: 16 }, (_, corner) => {
    const angle = (2 * Math.PI * corner) / 16;
    return [radius * Math.cos(angle), radius * Math.sin(angle)];
  });
}

/** By class: from a third to most of the cell. */
export const hollowSizes: readonly number[] = [0, 0.32, 0.44, 0.56, 0.68, 0.8];
