export type Pixel = readonly [number, number];

/** What the pointer leaves while it is held. */
export interface Stroke {
  readonly add: (at: Pixel) => void;
  readonly points: () => readonly Pixel[];
  /** The corners of what it went around; null where it was no more than a click. */
  readonly loop: () => readonly Pixel[] | null;
}

/** Points nearer together than this are one. */
const stepPx = 6;
/** A hand that clicks may shake this far. */
const clickPx = 12;
const fewestPoints = 4;

export function strokeFrom(start: Pixel): Stroke {
  const points: Pixel[] = [start];
  let reach = 0;
  return {
    add: (at) => {
      const last = points.at(-1) ?? start;
      if (Math.hypot(at[0] - last[0], at[1] - last[1]) < stepPx) return;
      points.push(at);
      reach = Math.max(reach, Math.hypot(at[0] - start[0], at[1] - start[1]));
    },
    points: () => points,
    loop: () => (points.length >= fewestPoints && reach > clickPx ? points : null),
  };
}

/** A line through the points and on to where the pointer is; around an area it goes back to the first. */
export function pathOf(
  points: readonly Pixel[],
  pointed: Pixel | null,
  shape: "area" | "line" = "area",
): string {
  if (points.length === 0) return "";
  const all = pointed ? [...points, pointed] : points;
  const line = `M${all.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join("L")}`;
  return shape === "area" ? `${line}Z` : line;
}
