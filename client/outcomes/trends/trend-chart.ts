import type { ChartLayout, Mark } from "#client/charts/marks.ts";
import { formatCount, formatMonth } from "#client/ui/format.ts";
import type { TrendReply } from "#core/outcomes/wire/outcomes.ts";

const height = 180;
const left = 40;
const right = 12;
const top = 18;
const bottom = 24;
/** "Sep 2021" and the space to the next. */
const monthWidth = 62;

/** A point a month in the interval of its mean, the level as a line, and a mark where the level changes. */
export function layOutTrend({ months, changes }: TrendReply, width: number): ChartLayout {
  const highest = Math.max(10, ...months.map(({ high }) => high));
  const step = 10 ** Math.floor(Math.log10(highest));
  const most = Math.ceil(highest / step) * step;
  const column = (width - left - right) / Math.max(1, months.length);
  const x = (index: number) => left + (index + 0.5) * column;
  const y = (value: number) => top + ((most - value) / most) * (height - top - bottom);
  const labelStep = Math.max(1, Math.ceil(monthWidth / column));
  const grid = [0, most / 2, most].flatMap((value): Mark[] => [
    {
      kind: "line",
      points: [
        [left, y(value)],
        [width - right, y(value)],
      ],
      tone: value === 0 ? "quiet" : "line",
      width: 1,
    },
    {
      kind: "text",
      x: left - 6,
      y: y(value),
      text: formatCount(value),
      tone: "quiet",
      anchor: "end",
    },
  ]);
  const band: Mark = {
    kind: "area",
    points: [
      ...months.map(({ high }, index) => [x(index), y(high)] as const),
      ...months.map(({ low }, index) => [x(index), y(low)] as const).reverse(),
    ],
    tone: "band",
  };
  const levels = months.map(
    ({ level }, index): Mark => ({
      kind: "line",
      points: [
        [x(index) - column / 2, y(level)],
        [x(index) + column / 2, y(level)],
      ],
      tone: "quiet",
      width: 1.5,
      isDashed: true,
    }),
  );
  const marked = changes.flatMap(({ month }): Mark[] => {
    const index = months.findIndex((one) => one.month === month);
    const at = x(index) - column / 2;
    return [
      {
        kind: "line",
        points: [
          [at, top - 4],
          [at, height - bottom],
        ],
        tone: "ink",
        width: 1.5,
      },
      {
        kind: "text",
        x: at + 4,
        y: top - 8,
        text: "change",
        tone: "ink",
        anchor: at > width - 80 ? "end" : "start",
      },
    ];
  });
  const points = months.flatMap(({ month, count, days }, index): Mark[] => [
    {
      kind: "dot",
      x: x(index),
      y: y(count),
      radius: 3,
      tone: "accent",
      isHollow: days < daysIn(month),
    },
    ...(index % labelStep === 0
      ? [
          {
            kind: "text",
            x: x(index),
            y: height - 8,
            text: formatMonth(month),
            tone: "quiet",
            anchor: "middle",
          } as const,
        ]
      : []),
  ]);
  const line: Mark = {
    kind: "line",
    points: months.map(({ count }, index) => [x(index), y(count)] as const),
    tone: "accent",
    width: 1.5,
  };
  return { width, height, marks: [...grid, band, ...levels, ...marked, line, ...points] };
}

function daysIn(month: string): number {
  const [year = 0, number = 0] = month.split("-").map(Number);
  return new Date(Date.UTC(year, number, 0)).getUTCDate();
}
