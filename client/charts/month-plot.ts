import { scaleBand, scaleLinear } from "d3-scale";
import {
  type ChartLayout,
  type Mark,
  stroke,
  type Tone,
  textMark,
  textWidth,
} from "#client/charts/marks.ts";
import { formatMonth } from "#core/time/words.ts";

export interface MonthPlotInput {
  readonly width: number;
  readonly height: number;
  /** `2021-09`, in order. */
  readonly months: readonly string[];
  /** Drawn range, rounded outwards to a tick. */
  readonly values: readonly [least: number, most: number];
  readonly tick: (value: number) => string;
  readonly right?: number;
  /** About how many ticks; 4 unless said. */
  readonly ticks?: number;
}

export interface MonthPlot {
  readonly width: number;
  readonly height: number;
  /** Centre of a month by its index; .5 is between two. */
  readonly x: (index: number) => number;
  readonly y: (value: number) => number;
  readonly step: number;
  readonly axes: readonly Mark[];
}

const top = 20;
const bottom = 28;
const letterRoom = 8;
const monthRoom = 14;

export function monthPlot(input: MonthPlotInput): MonthPlot {
  const { width, height, months, values, tick, right = 12, ticks: about = 4 } = input;
  const level = scaleLinear(values, [height - bottom, top]).nice(about);
  const ticks = level.ticks(about);
  const left = Math.max(...ticks.map((value) => textWidth(tick(value)))) + 2 * letterRoom;
  const band = scaleBand(months.keys(), [left, width - right]);
  const step = band.step();
  const plot = {
    width,
    height,
    step,
    x: (index: number) => left + (index + 0.5) * step,
    y: (value: number) => level(value),
  };
  const grid = ticks.flatMap((value): Mark[] => [
    stroke([left, level(value)], [width - right, level(value)], value === 0 ? "quiet" : "line"),
    textMark(tick(value), [left - letterRoom, level(value)], "quiet", { anchor: "end" }),
  ]);
  const every = Math.max(1, Math.ceil((textWidth("Sep 2021") + monthRoom) / step));
  const names = months.flatMap((month, index): Mark[] =>
    index % every === 0
      ? [
          textMark(formatMonth(month), [plot.x(index), height - letterRoom], "quiet", {
            anchor: "middle",
          }),
        ]
      : [],
  );
  return { ...plot, axes: [...grid, ...names] };
}

interface Valued {
  readonly at: number;
}

export function bandMark(
  { x, y }: MonthPlot,
  points: readonly (Valued & { readonly low: number; readonly high: number })[],
): Mark {
  return {
    kind: "area",
    points: [
      ...points.map(({ at, high }) => [x(at), y(high)] as const),
      ...points.map(({ at, low }) => [x(at), y(low)] as const).reverse(),
    ],
    tone: "band",
  };
}

export function throughMark(
  { x, y }: MonthPlot,
  points: readonly (Valued & { readonly value: number })[],
  { tone = "accent", isDashed = false }: { readonly tone?: Tone; readonly isDashed?: boolean } = {},
): Mark {
  const line = points.map(({ at, value }) => [x(at), y(value)] as const);
  return { kind: "line", points: line, tone, width: 1.5, ...(isDashed && { isDashed }) };
}

/** A ring for a partial month. */
export function pointMarks(
  { x, y }: MonthPlot,
  points: readonly (Valued & { readonly value: number; readonly isPart?: boolean })[],
): readonly Mark[] {
  return points.map(({ at, value, isPart = false }) => ({
    kind: "dot",
    x: x(at),
    y: y(value),
    radius: 3,
    tone: "accent",
    isHollow: isPart,
  }));
}

export function cutMarks(
  { x, width, height }: MonthPlot,
  before: number,
  word: string,
): readonly Mark[] {
  const at = x(before - 0.5);
  const isLate = at > width - textWidth(word) - 2 * letterRoom;
  return [
    stroke([at, top - 4], [at, height - bottom], "ink", 1.5),
    textMark(word, [at + (isLate ? -4 : 4), top - letterRoom], "ink", {
      anchor: isLate ? "end" : "start",
    }),
  ];
}

const labelHeight = 16;

/** Behind the last month at the height of their values, moved apart where they overlap. */
export function endLabels(
  { x, y, step }: MonthPlot,
  last: number,
  labels: readonly { readonly value: number; readonly text: string; readonly tone: Tone }[],
): readonly Mark[] {
  const placed = labels
    .map((label) => ({ ...label, at: y(label.value) }))
    .toSorted((a, b) => a.at - b.at);
  let free = Number.NEGATIVE_INFINITY;
  return placed.map(({ text, tone, at }) => {
    const height = Math.max(at, free);
    free = height + labelHeight;
    return textMark(text, [x(last) + step / 2 + letterRoom, height], tone, { anchor: "start" });
  });
}

export function layoutOf({ width, height }: MonthPlot, marks: readonly Mark[]): ChartLayout {
  return { width, height, marks };
}

/** The start or the end of the data cuts it. */
export function isPartOfMonth({
  month,
  days,
}: {
  readonly month: string;
  readonly days: number;
}): boolean {
  const [year = 0, number = 0] = month.split("-").map(Number);
  return days < new Date(Date.UTC(year, number, 0)).getUTCDate();
}

/** "Nov 2021", or "Nov 2021, 1 to 26" for a part of it. */
export function monthPartName(part: {
  readonly month: string;
  readonly days: number;
  readonly from: string;
  readonly to: string;
}): string {
  const name = formatMonth(part.month);
  if (!isPartOfMonth(part)) return name;
  return `${name}, ${Number(part.from.slice(8))} to ${Number(part.to.slice(8))}`;
}
