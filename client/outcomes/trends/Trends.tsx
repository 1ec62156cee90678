import type { ChartLayout, Mark } from "#client/charts/marks.ts";
import { ChartSection } from "#client/outcomes/charts/ChartSection.tsx";
import { formatDecimal, formatProbability } from "#client/ui/format.ts";
import { SortableTable, type TableColumn } from "#client/ui/SortableTable.tsx";
import type { OutcomesReply, TrendMonth, TrendReply } from "#core/outcomes/wire/outcomes.ts";
import { formatCount } from "#core/text/numbers.ts";
import { formatMonth } from "#core/time/words.ts";

const height = 180;
const left = 40;
const right = 12;
const top = 18;
const bottom = 24;
/** "Sep 2021" and the space to the next. */
const monthWidth = 62;

/** A point a month in the interval of its mean, the level as a line, and a mark where the level changes. */
function layOutTrend({ months, changes }: TrendReply, width: number): ChartLayout {
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

const columns: readonly TableColumn<TrendMonth>[] = [
  { key: "month", label: "Month", cell: ({ month, from, to }) => monthWords(month, from, to) },
  { key: "count", label: "Counted", isNumber: true, cell: ({ count }) => formatCount(count) },
  {
    key: "interval",
    label: "95% interval of the mean",
    cell: ({ low, high }) => `${formatDecimal(low)} to ${formatDecimal(high)}`,
  },
  { key: "level", label: "Level", isNumber: true, cell: ({ level }) => formatDecimal(level) },
];

/** By month, for police alone: beside a total over them, months would give small counts back. */
export function Trends({ trends }: { readonly trends: OutcomesReply["trends"] }) {
  if (trends === null) return null;
  return (
    <section className="outcomes__trends" aria-labelledby="trends">
      <h2 id="trends">By month</h2>
      <p className="quiet small outcomes__reading">
        Counted from the records of the last two years, in the command. The band is the 95% interval
        of each month's mean (Garwood), the dashed line the level, a hollow point part of a month:
        months reach from the first record to the last, a week without any being known as well. A
        change is the split with the greatest likelihood ratio of two Poisson levels, judged by 999
        random orders of the months; all three series share a 5% chance of error. A season, or
        another way of recording, is marked as a change too: what changed, it does not say. These
        months stay on this screen. A total that is typed for one whole month may leave, and the
        arrests and stops of that month with it, in fives.
      </p>
      {trends.map((trend) => (
        <ChartSection
          key={trend.id}
          title={trend.label}
          sentence={`${trend.sentence}${chanceWords(trend)}`}
          layOut={(width) => layOutTrend(trend, width)}
          table={
            <SortableTable
              caption={`${trend.label} by month`}
              columns={columns}
              rows={trend.months}
              rowKey={({ month }) => month}
            />
          }
          picture={null}
        />
      ))}
    </section>
  );
}

function chanceWords({ changes }: TrendReply): string {
  if (changes.length === 0) return "";
  return ` (p ${changes.map(({ p }) => formatProbability(p)).join(", ")})`;
}

/** "Nov 2021, 1 to 26" where it is not the whole month. */
function monthWords(month: string, from: string, to: string): string {
  const next = new Date(`${to}T00:00Z`);
  next.setUTCDate(next.getUTCDate() + 1);
  const isWhole = from.endsWith("-01") && next.getUTCDate() === 1;
  return isWhole
    ? formatMonth(month)
    : `${formatMonth(month)}, ${Number(from.slice(8))} to ${Number(to.slice(8))}`;
}
