import { layOutBars } from "#client/charts/bars.ts";
import type { ChartLayout } from "#client/charts/marks.ts";
import {
  bandMark,
  cutMarks,
  isPartOfMonth,
  layoutOf,
  monthPartName,
  monthPlot,
  pointMarks,
  throughMark,
} from "#client/charts/month-plot.ts";
import { ChartSection } from "#client/outcomes/charts/ChartSection.tsx";
import { capitalised, formatDecimal, formatProbability } from "#client/ui/format.ts";
import type { TableColumn } from "#client/ui/SortableTable.tsx";
import type {
  GivenMonthsReply,
  OutcomesReply,
  TrendMonth,
  TrendReply,
} from "#core/outcomes/wire/outcomes.ts";
import { formatCount } from "#core/text/numbers.ts";
import { formatMonth } from "#core/time/words.ts";

/** By month, for police alone: beside a total over them, months would give small counts back. */
export function Trends({ trends }: { readonly trends: OutcomesReply["trends"] }) {
  if (trends === null) return null;
  return (
    <section className="outcomes__trends" aria-labelledby="trends">
      <h2 id="trends">By month</h2>
      <p className="quiet small broad">
        Reports of the last two years in the area. These months cannot be printed or downloaded.
        Manual totals for one whole month can be shared, with that month’s arrests and stops,
        rounded to 5.
      </p>
      {trends.map((trend) => (
        <ChartSection
          key={trend.id}
          title={trend.label}
          heading="h3"
          sentence={`${trend.sentence}${chanceWords(trend)}`}
          lead={capitalised(
            `${trend.sentence}${chanceWords(trend)}`.replace(`${trend.label}: `, ""),
          )}
          layOut={(width) => layOutTrend(trend, width)}
          caption={`${trend.label} by month`}
          columns={columns}
          rows={trend.months}
          rowKey={({ month }) => month}
        />
      ))}
      <details>
        <summary>How the months are tested</summary>
        <p className="quiet small broad">
          The band is the 95% interval of each month’s mean (Garwood). The dashed line is the level.
          A hollow point is part of a month, because months run from the first record to the last. A
          change point has the greatest likelihood ratio of two Poisson levels, tested with 999
          random orders of the months. The three series share a 5% chance of error. Seasons and
          changes in recording also show as changes.
        </p>
      </details>
    </section>
  );
}

function chanceWords({ changes }: TrendReply): string {
  if (changes.length === 0) return "";
  return ` (p ${changes.map(({ p }) => formatProbability(p)).join(", ")})`;
}

function layOutTrend({ months, changes }: TrendReply, width: number): ChartLayout {
  const plot = monthPlot({
    width,
    height: 180,
    tick: formatCount,
    months: months.map(({ month }) => month),
    values: [0, Math.max(10, ...months.map(({ high }) => high))],
  });
  const counts = months.map((one, at) => ({
    at,
    value: one.count,
    low: one.low,
    high: one.high,
    isPart: isPartOfMonth(one),
  }));
  const levels = months.map(({ level }, at) =>
    throughMark(
      plot,
      [at - 0.5, at + 0.5].map((edge) => ({ at: edge, value: level })),
      { tone: "quiet", isDashed: true },
    ),
  );
  return layoutOf(plot, [
    ...plot.axes,
    bandMark(plot, counts),
    ...levels,
    ...changes.flatMap(({ month }) =>
      cutMarks(
        plot,
        months.findIndex((one) => one.month === month),
        "change",
      ),
    ),
    throughMark(plot, counts),
    ...pointMarks(plot, counts),
  ]);
}

const columns: readonly TableColumn<TrendMonth>[] = [
  { label: "Month", cell: monthPartName },
  { label: "Counted", isNumber: true, cell: ({ count }) => formatCount(count) },
  {
    label: "95% interval of the mean",
    cell: ({ low, high }) => `${formatDecimal(low)} to ${formatDecimal(high)}`,
  },
  { label: "Level", isNumber: true, cell: ({ level }) => formatDecimal(level) },
];

type Month = GivenMonthsReply["months"][number];

const words = ({ count }: Month) =>
  count === null ? "fewer than 10, or withheld" : `about ${count}`;

const monthColumns: readonly TableColumn<Month>[] = [
  { label: "Month", cell: ({ month }) => formatMonth(month) },
  { label: "Figure", isNumber: true, cell: words },
];

export function GivenMonths({ reply }: { readonly reply: OutcomesReply }) {
  if (reply.givenMonths.length === 0) return null;
  return (
    <section className="outcomes__trends" aria-labelledby="given-months">
      <h2 id="given-months">By month</h2>
      {reply.givenMonths.map(({ measure, label, months, sentence }) => (
        <ChartSection
          key={measure}
          title={`${label} by month`}
          heading="h3"
          sentence={sentence}
          layOut={(width) =>
            layOutBars(
              months.map((month) => ({
                label: formatMonth(month.month),
                value: month.count,
                words: words(month),
              })),
              width,
            )
          }
          columns={monthColumns}
          rows={months}
          rowKey={({ month }) => month}
        />
      ))}
    </section>
  );
}
