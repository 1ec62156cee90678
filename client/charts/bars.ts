import {
  type ChartLayout,
  fitText,
  type Mark,
  stroke,
  textMark,
  textWidth,
} from "#client/charts/marks.ts";

export interface BarRow {
  readonly label: string;
  /** Null: withheld or not typed; no bar, but its words. */
  readonly value: number | null;
  /** Behind the bar: "24 (40%)". */
  readonly words: string;
}

const rowHeight = 30;
const barHeight = 18;
const gap = 8;
const leastRoom = 40;

/** Bars start at zero, as long as the figures behind them leave room. */
export function layOutBars(rows: readonly BarRow[], width: number): ChartLayout {
  const most = Math.max(1, ...rows.map(({ value }) => value ?? 0));
  const labelWidth = roomForLabels(rows, width);
  const room = roomForBars(rows, most, width - labelWidth);
  const bar = { kind: "rect", x: labelWidth, height: barHeight, tone: "accent" } as const;
  const marks = rows.flatMap(({ label, value, words }, at): Mark[] => {
    const y = at * rowHeight + (rowHeight - barHeight) / 2;
    const middle = y + barHeight / 2;
    const length = value === null ? 0 : Math.max(2, (value / most) * room);
    return [
      textMark(fitText(label, labelWidth - gap), [labelWidth - gap, middle], "ink", {
        anchor: "end",
      }),
      ...(value === null ? [] : [{ ...bar, y, width: length }]),
      textMark(
        fitText(words, width - labelWidth - length - gap),
        [labelWidth + length + gap, middle],
        value === null ? "quiet" : "ink",
        { isStrong: value !== null },
      ),
    ];
  });
  const height = rows.length * rowHeight;
  const axis = stroke([labelWidth, 0], [labelWidth, height], "quiet");
  return { width, height, marks: [...marks, axis] };
}

/** As wide as the longest label, at most two fifths. */
function roomForLabels(rows: readonly BarRow[], width: number): number {
  const longest = Math.max(0, ...rows.map(({ label }) => textWidth(label)));
  return Math.min(longest + 2 * gap, 0.4 * width);
}

function roomForBars(rows: readonly BarRow[], most: number, width: number): number {
  const rooms = rows.flatMap(({ value, words }) => {
    const left = width - gap - textWidth(words);
    return value === null || value === 0 ? [] : [Math.floor((left * most) / value)];
  });
  return Math.max(leastRoom, Math.min(width - gap, ...rooms));
}
