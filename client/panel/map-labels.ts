import type { PanelShape } from "#client/panel/panel-shapes.ts";
import type { PanelFigure } from "#client/panel/panel-view.ts";

export interface MapLabel {
  readonly areaId: string;
  readonly lines: readonly string[];
  /** Empty for a figure that is not shown. */
  readonly count: string;
  readonly x: number;
  /** Of the first line's middle. */
  readonly y: number;
}

/** In units of the drawing, for the last row of the hall. */
export const nameSize = 32;
export const countSize = 48;
const lineHeight = 1.1;
const letterShare = 0.56;

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Figures first, then names alone, each only where it covers no other; the table holds them all. */
export function labelsThatFit(
  figures: readonly PanelFigure[],
  shapes: ReadonlyMap<string, PanelShape>,
): readonly MapLabel[] {
  const taken: Box[] = [];
  const labels: MapLabel[] = [];
  for (const { area, count } of figures) {
    const shape = shapes.get(area.id);
    if (!shape) continue;
    for (const wish of wishes(area.name, count)) {
      const box = boxOf(wish, [shape.label[0], shape.label[1] + wish.shift]);
      if (taken.some((other) => overlaps(box, other))) continue;
      taken.push(box);
      const y = box.top + ((wish.lines.length > 0 ? nameSize : countSize) * lineHeight) / 2;
      labels.push({
        areaId: area.id,
        lines: wish.lines,
        count: wish.count,
        x: shape.label[0],
        y,
      });
      break;
    }
  }
  return labels;
}

/** A figure is written a little higher or lower rather than not at all, at last without its name. */
function wishes(name: string, count: number | null) {
  const lines = linesOf(name);
  if (count === null) return [{ lines, count: "", shift: 0 }];
  const shifts = [0, -30, 30, -60, 60];
  return [
    ...shifts.map((shift) => ({ lines, count: String(count), shift })),
    ...shifts.map((shift) => ({ lines: [], count: String(count), shift })),
  ];
}

/** Long names stand on two lines. */
function linesOf(name: string): readonly string[] {
  const words = name.split(" ");
  if (name.length <= 10 || words.length === 1) return [name];
  const half = Math.ceil(words.length / 2);
  return [words.slice(0, half).join(" "), words.slice(half).join(" ")];
}

function boxOf(
  { lines, count }: Pick<MapLabel, "lines" | "count">,
  [x, y]: readonly [number, number],
): Box {
  const longest = Math.max(0, ...lines.map((line) => line.length));
  const half = Math.max(longest * nameSize, count.length * countSize) * (letterShare / 2);
  const height = (lines.length * nameSize + (count === "" ? 0 : countSize)) * lineHeight;
  return { left: x - half, right: x + half, top: y - height / 2, bottom: y + height / 2 };
}

function overlaps(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}
