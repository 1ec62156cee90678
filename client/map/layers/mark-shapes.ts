export const markShapes = ["up", "down", "bar", "ring", "cross", "dot", "dash"] as const;
export type MarkShape = (typeof markShapes)[number];

type Outline = readonly (readonly [x: number, y: number])[];

/** In a square from -1 to 1, y upward; holes after the outer line. The list and the legend draw the same. */
export const markOutlines: Readonly<Record<MarkShape, readonly Outline[]>> = {
  up: [
    [
      [0, 0.85],
      [0.9, -0.7],
      [-0.9, -0.7],
    ],
  ],
  down: [
    [
      [0, -0.85],
      [0.9, 0.7],
      [-0.9, 0.7],
    ],
  ],
  bar: [
    [
      [-0.9, 0.3],
      [0.9, 0.3],
      [0.9, -0.3],
      [-0.9, -0.3],
    ],
  ],
  ring: [circle(0.85), circle(0.45)],
  cross: [
    [
      [-0.9, 0.55],
      [-0.55, 0.9],
      [0, 0.35],
      [0.55, 0.9],
      [0.9, 0.55],
      [0.35, 0],
      [0.9, -0.55],
      [0.55, -0.9],
      [0, -0.35],
      [-0.55, -0.9],
      [-0.9, -0.55],
      [-0.35, 0],
    ],
  ],
  dot: [circle(0.3)],
  dash: [
    [
      [-0.6, 0.18],
      [0.6, 0.18],
      [0.6, -0.18],
      [-0.6, -0.18],
    ],
  ],
};

function circle(radius: number): Outline {
  const corners = 16;
  return Array.from({ length: corners }, (_, corner) => {
    const angle = (2 * Math.PI * corner) / corners;
    return [radius * Math.cos(angle), radius * Math.sin(angle)] as const;
  });
}

/** A hollow hexagon grows with its class from a third to most of its cell. */
export const hollowSizes: readonly number[] = [0, 0.32, 0.44, 0.56, 0.68, 0.8];
