import type { PanelArea } from "#core/places/wire/places.ts";
import {
  isInside,
  type PanelDrawing,
  type PanelShape,
  type Point,
} from "#core/releases/presentation/shapes.ts";
import { isOfLevel, type PanelLevel } from "#core/releases/presentation/view.ts";

/** Position of an area's name and figure: the same in every month. */
export interface MapName {
  readonly areaId: string;
  readonly lines: readonly string[];
  readonly anchor: "start" | "middle" | "end";
  readonly x: number;
  /** Middle of the first line. */
  readonly y: number;
  /** From a name beside the map to its area; null for a name inside it. */
  readonly leader: { readonly from: Point; readonly to: Point } | null;
}

export interface MapPlan {
  readonly names: Readonly<Record<PanelLevel, readonly MapName[]>>;
  /** Holds shapes and names of both levels, so that the map stays fixed. */
  readonly viewBox: Box;
  readonly letters: Letters;
}

/** In units of the drawing, which is 1,000 high. */
interface Letters {
  readonly name: number;
  /** For a figure inside its area. */
  readonly count: number;
}

export interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** The largest size for columns of up to a dozen names; smaller for more. */
const largeLetters: Letters = { name: 52, count: 64 };
const smallLetters: Letters = { name: 40, count: 54 };
const mostLargeNames = 24;
export const lineHeight = 1.15;
/** Widest common letter, so that no name is wider than estimated. */
const letterShare = 0.58;
/** " 1,000" */
const figureLetters = 4;
const gap = 12;

/**
 * Name position for every area, depending on shapes and names only, never on figures: inside its
 * area where name and figure fit, else in a column beside the map with a line to its area.
 */
export function planMap(areas: readonly PanelArea[], drawing: PanelDrawing): MapPlan {
  const shapes = new Map(drawing.shapes.map((shape) => [shape.area, shape]));
  const parts = areas.filter((area) => isOfLevel(area, "part"));
  const letters = parts.length > mostLargeNames ? smallLetters : largeLetters;
  const levels = [parts, areas.filter((area) => isOfLevel(area, "borough"))].map((own) =>
    namesOf(own, { shapes, drawing, letters }),
  );
  const boxes = levels.flatMap(({ boxes: own }) => own);
  return {
    letters,
    names: { part: levels[0]?.names ?? [], borough: levels[1]?.names ?? [] },
    viewBox: {
      left: Math.min(0, ...boxes.map(({ left }) => left)) - gap,
      right: Math.max(drawing.width, ...boxes.map(({ right }) => right)) + gap,
      top: Math.min(0, ...boxes.map(({ top }) => top)) - gap,
      bottom: Math.max(drawing.height, ...boxes.map(({ bottom }) => bottom)) + gap,
    },
  };
}

interface Placed {
  readonly names: readonly MapName[];
  readonly boxes: readonly Box[];
}

interface Ground {
  readonly shapes: ReadonlyMap<string, PanelShape>;
  readonly drawing: PanelDrawing;
  readonly letters: Letters;
}

function namesOf(areas: readonly PanelArea[], ground: Ground): Placed {
  const { shapes, drawing, letters } = ground;
  const names: MapName[] = [];
  const outside: { readonly area: PanelArea; readonly at: Point }[] = [];
  for (const area of areas) {
    const shape = shapes.get(area.id);
    if (!shape) continue;
    const name = nameInside(area, shape, letters);
    if (name) names.push(name);
    else outside.push({ area, at: shape.label });
  }
  outside.sort((a, b) => a.at[0] - b.at[0] || (a.area.id < b.area.id ? -1 : 1));
  // Each on its own side of the map, while neither column grows to twice the other.
  const third = outside.length / 3;
  const west = outside.filter(({ at }) => at[0] < drawing.width / 2).length;
  const half = Math.min(Math.max(west, Math.ceil(third)), Math.floor(2 * third));
  const columns = [
    column(outside.slice(0, half), "left", ground),
    column(outside.slice(half), "right", ground),
  ];
  return {
    names: [...names, ...columns.flatMap((each) => each.names)],
    boxes: columns.flatMap((each) => each.boxes),
  };
}

/** Where the name and room for a figure lie wholly inside, near the middle; else null. */
function nameInside(
  area: PanelArea,
  { label, outline }: PanelShape,
  letters: Letters,
): MapName | null {
  const lines = linesOf(area.name, 10);
  const half = (widthOf(lines, letters.name) / 2) * 1.04;
  const height = (lines.length * letters.name + letters.count) * lineHeight;
  for (const [right, down] of shifts) {
    const [x, middle] = [label[0] + right, label[1] + down];
    const top = middle - height / 2;
    const rows = [top, middle, top + height];
    const probes = rows.flatMap((y): Point[] => [x - half, x, x + half].map((at) => [at, y]));
    if (!probes.every((probe) => isInside(probe, outline))) continue;
    const y = top + (letters.name * lineHeight) / 2;
    return { areaId: area.id, lines, anchor: "middle", x, y, leader: null };
  }
  return null;
}

const shifts: readonly Point[] = [0, -30, 30, -60, 60].flatMap((down) =>
  [0, -25, 25, -50, 50].map((right): Point => [right, down]),
);

function column(
  items: readonly { readonly area: PanelArea; readonly at: Point }[],
  side: "left" | "right",
  { drawing, letters }: Ground,
): Placed {
  if (items.length === 0) return { names: [], boxes: [] };
  const entries = items.map(({ area, at }) => {
    const lines = linesOf(area.name, 14);
    const last = (lines.at(-1) ?? "").length * letters.name * letterShare;
    const width = Math.max(
      widthOf(lines, letters.name),
      last + figureLetters * letters.count * letterShare,
    );
    return { area, at, lines, width, height: lines.length * letters.name * lineHeight + gap };
  });
  const { order, tops } = spreadColumn(entries, side, drawing);
  const first = tops[0] ?? 0;
  const end = (tops.at(-1) ?? 0) + (order.at(-1)?.height ?? 0);
  const x = besideMap(drawing, side, first, end);
  const names: MapName[] = [];
  const boxes: Box[] = [];
  order.forEach((entry, index) => {
    const top = tops[index] ?? 0;
    const bottom = top + entry.height;
    const away = side === "left" ? gap / 2 : -gap / 2;
    names.push({
      areaId: entry.area.id,
      lines: entry.lines,
      anchor: side === "left" ? "end" : "start",
      x,
      y: top + gap / 2 + (letters.name * lineHeight) / 2,
      leader: { from: [x + away, (top + bottom) / 2], to: entry.at },
    });
    const [left, right] = side === "left" ? [x - entry.width, x] : [x, x + entry.width];
    boxes.push({ left, right, top, bottom });
  });
  return { names, boxes };
}

/** As near as the shapes at that height allow. */
function besideMap(
  { shapes }: PanelDrawing,
  side: "left" | "right",
  top: number,
  bottom: number,
): number {
  const across = shapes.flatMap(({ outline }) =>
    outline.filter(([, y]) => y >= top && y <= bottom).map(([x]) => x),
  );
  return side === "left" ? Math.min(...across) - 3 * gap : Math.max(...across) + 3 * gap;
}

function widthOf(lines: readonly string[], size: number): number {
  return Math.max(...lines.map((line) => line.length)) * size * letterShare;
}

function linesOf(name: string, most: number): readonly string[] {
  const words = name.split(" ");
  if (name.length <= most || words.length === 1) return [name];
  const half = Math.ceil(words.length / 2);
  return [words.slice(0, half).join(" "), words.slice(half).join(" ")];
}

interface Entry {
  readonly at: Point;
  readonly height: number;
}

interface Column<Item extends Entry> {
  /** Top to bottom. */
  readonly order: readonly Item[];
  readonly tops: readonly number[];
}

/** Each as close to its area's height as possible, ordered so that leaders do not cross. */
function spreadColumn<Item extends Entry>(
  entries: readonly Item[],
  side: "left" | "right",
  drawing: { readonly width: number; readonly height: number },
): Column<Item> {
  const order = entries.toSorted((a, b) => a.at[1] - b.at[1] || a.at[0] - b.at[0]);
  const x = side === "left" ? 0 : drawing.width;
  // Terminates: each swap of neighbours with crossing lines shortens the lines.
  for (let pass = 0; pass < order.length; pass += 1) {
    const tops = topsOf(order, drawing.height);
    const from = (index: number): Point => [
      x,
      (tops[index] ?? 0) + (order[index]?.height ?? 0) / 2,
    ];
    let hasChanged = false;
    for (let index = 0; index + 1 < order.length; index += 1) {
      const [upper, lower] = [order[index], order[index + 1]];
      if (!upper || !lower) continue;
      if (!doCross(from(index), upper.at, from(index + 1), lower.at)) continue;
      order[index] = lower;
      order[index + 1] = upper;
      hasChanged = true;
      break;
    }
    if (!hasChanged) break;
  }
  return { order, tops: topsOf(order, drawing.height) };
}

function topsOf(order: readonly Entry[], foot: number): number[] {
  const tops: number[] = [];
  let least = Number.NEGATIVE_INFINITY;
  for (const { at, height } of order) {
    const top = Math.max(at[1] - height / 2, least);
    tops.push(top);
    least = top + height;
  }
  let most = foot;
  for (let index = tops.length - 1; index >= 0; index -= 1) {
    const height = order[index]?.height ?? 0;
    tops[index] = Math.min(tops[index] ?? 0, most - height);
    most = tops[index] ?? 0;
  }
  return tops;
}

function doCross(a: Point, b: Point, c: Point, d: Point): boolean {
  return turn(a, b, c) !== turn(a, b, d) && turn(c, d, a) !== turn(c, d, b);
}

function turn([ax, ay]: Point, [bx, by]: Point, [cx, cy]: Point): boolean {
  return (bx - ax) * (cy - ay) - (by - ay) * (cx - ax) > 0;
}
