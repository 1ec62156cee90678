import type { MapPart } from "#client/map/map-canvas.ts";

/** Width by height of the map on a page of A4, with room for title, legend and sources. */
export const shapes = { landscape: 2, portrait: 0.85 } as const;
export type Shape = keyof typeof shapes;

const leastPx = 96;
const startShare = 0.8;

/** In the middle of what is open. */
export function startFrame(ratio: number, open: MapPart): MapPart {
  const width = startShare * mostWidth(ratio, open);
  const height = width / ratio;
  return { x: (open.width - width) / 2, y: (open.height - height) / 2, width, height };
}

/** Never beyond what is open, and no larger. */
export function moved(
  frame: MapPart,
  [right, down]: readonly [number, number],
  open: MapPart,
): MapPart {
  const shrunk = Math.min(1, open.width / frame.width, open.height / frame.height);
  const [width, height] = [frame.width * shrunk, frame.height * shrunk];
  return {
    x: within(frame.x + right, open.width - width),
    y: within(frame.y + down, open.height - height),
    width,
    height,
  };
}

/** In its proportions, about its middle or from its upper left corner. */
export function sized(
  frame: MapPart,
  by: number,
  open: MapPart,
  about: "middle" | "corner" = "middle",
): MapPart {
  const ratio = frame.width / frame.height;
  const isCorner = about === "corner";
  const most = isCorner
    ? Math.min(open.width - frame.x, ratio * (open.height - frame.y))
    : mostWidth(ratio, open);
  const width = Math.min(most, Math.max(leastPx, frame.width * by));
  const height = width / ratio;
  const shift = isCorner ? 0 : 0.5;
  const x = frame.x + shift * (frame.width - width);
  const y = frame.y + shift * (frame.height - height);
  return moved({ x, y, width, height }, [0, 0], open);
}

function mostWidth(ratio: number, open: MapPart): number {
  return Math.min(open.width, ratio * open.height);
}

function within(at: number, last: number): number {
  return Math.max(0, Math.min(at, last));
}
