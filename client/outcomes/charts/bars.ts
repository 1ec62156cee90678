import { type ChartLayout, fitText, type Mark } from "#client/outcomes/charts/marks.ts";

export interface BarRow {
  readonly label: string;
  /** Null: withheld or not typed; no bar, but its words. */
  readonly value: number | null;
  /** Behind the bar: "24 (40 %)". */
  readonly words: string;
}

const rowHeight = 30;
const barHeight = 18;
const labelWidth = 148;
const wordsWidth = 132;

/** Bars from nought, each with its label before and its figure behind it. */
export function layOutBars(rows: readonly BarRow[], width: number): ChartLayout {
  const most = Math.max(1, ...rows.map(({ value }) => value ?? 0));
  const room = Math.max(40, width - labelWidth - wordsWidth);
  const marks = rows.flatMap(({ label, value, words }, at): Mark[] => {
    const y = at * rowHeight + (rowHeight - barHeight) / 2;
    const middle = y + barHeight / 2;
    const length = value === null ? 0 : Math.max(2, (value / most) * room);
    return [
      {
        kind: "text",
        x: labelWidth - 8,
        y: middle,
        text: fitText(label, labelWidth - 8),
        tone: "ink",
        anchor: "end",
      },
      ...(value === null
        ? []
        : [
            {
              kind: "rect",
              x: labelWidth,
              y,
              width: length,
              height: barHeight,
              tone: "accent",
            } as const,
          ]),
      {
        kind: "text",
        x: labelWidth + length + 8,
        y: middle,
        text: value === null ? fitText(words, width - labelWidth - 8) : words,
        tone: value === null ? "quiet" : "ink",
        isStrong: value !== null,
      },
    ];
  });
  const height = rows.length * rowHeight;
  const axis: Mark = {
    kind: "line",
    points: [
      [labelWidth, 0],
      [labelWidth, height],
    ],
    tone: "quiet",
    width: 1,
  };
  return { width, height, marks: [...marks, axis] };
}
