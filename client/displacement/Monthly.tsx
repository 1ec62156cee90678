import { usePicture } from "#client/accounts/use-picture.ts";
import { ChartSvg } from "#client/charts/ChartSvg.tsx";
import type { ChartLayout } from "#client/charts/marks.ts";
import {
  bandMark,
  cutMarks,
  endLabels,
  isPartOfMonth,
  layoutOf,
  monthPartName,
  monthPlot,
  pointMarks,
  throughMark,
} from "#client/charts/month-plot.ts";
import { RunningChart, type StartedPhase } from "#client/displacement/RunningChart.tsx";
import { type AssessedRow, intervalWords } from "#client/displacement/VerdictMark.tsx";
import { formatDecimal } from "#client/ui/format.ts";
import { SortableTable, type TableColumn } from "#client/ui/SortableTable.tsx";
import { reportedSentence } from "#core/displacement/report-table.ts";
import { formatCount } from "#core/text/numbers.ts";
import { formatMonth } from "#core/time/words.ts";
import "#client/displacement/monthly.css";

export function Monthly({
  row,
  phases,
  banner,
}: {
  readonly row: AssessedRow;
  readonly phases: readonly StartedPhase[];
  /** Goes with the picture: a fall is never shown without the rise beside it (SAFEGUARDS 11). */
  readonly banner: string | null;
}) {
  const picture = usePicture(
    "displacement",
    `${banner === null ? "" : `${banner} `}${row.name}: running difference. ${reportedSentence(row)} Reports above or below expected, from the start to the end of each month. The band is the 95% interval.`,
    "neighbour" in row ? "No picture: the months of one boundary stay on screen." : null,
  );
  if (row.series.length === 0) return null;
  const months = row.series.map((month) => ({ ...month, running: runningWords(row, month) }));
  return (
    <section className="monthly start grid gap-5" aria-labelledby="monthly-title">
      <div className="monthly__charts grid gap-5">
        <RunningChart row={row} phases={phases} picture={picture} />
        <div>
          <h2 id="monthly-title">{row.name}: reports by month</h2>
          <p className="quiet small">
            Expected: the comparison area’s count, scaled. By chance, 95 in 100 months fall inside
            the band. Hollow: part of a month.
          </p>
          <ChartSvg label={monthsSummary(row)} layOut={(width) => layOutMonths(row, width)} />
        </div>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls has to be reached by key. */}
      <section className="monthly__table" tabIndex={0} aria-label="Figures by month">
        <SortableTable
          caption={`${row.name}: figures by month`}
          columns={columns}
          rows={months}
          rowKey={({ from }) => from}
        />
      </section>
    </section>
  );
}

function runningWords({ running }: AssessedRow, month: AssessedRow["series"][number]): string {
  const figure = month.isAfter ? running.find(({ to }) => to === month.to) : undefined;
  if (!figure) return "";
  const verdict = figure.canTell ? "no_clear_change" : "cannot_tell";
  return intervalWords({ ...figure, verdict }) ?? "not enough to compare";
}

function monthsSummary({ name, series }: AssessedRow): string {
  const [first, last] = [series[0]?.month ?? "", series.at(-1)?.month ?? ""];
  return `${name}: reports by month from ${formatMonth(first)} to ${formatMonth(last)}; the table beside it has the figures.`;
}

function layOutMonths({ series }: AssessedRow, width: number): ChartLayout {
  const plot = monthPlot({
    width,
    height: 220,
    right: 84,
    tick: formatCount,
    months: series.map(({ month }) => month),
    values: [0, Math.max(10, ...series.flatMap(({ treated, high }) => [treated, high ?? 0]))],
  });
  const known = series.flatMap(({ expected, low, high }, at) =>
    expected === null || low === null || high === null ? [] : [{ at, value: expected, low, high }],
  );
  const reported = series.map((month, at) => ({
    at,
    value: month.treated,
    isPart: isPartOfMonth(month),
  }));
  const firstAfter = series.findIndex(({ isAfter }) => isAfter);
  const [last, lastKnown] = [reported.at(-1), series.at(-1)?.expected ?? null];
  return layoutOf(plot, [
    ...plot.axes,
    ...(known.length > 1
      ? [bandMark(plot, known), throughMark(plot, known, { tone: "quiet", isDashed: true })]
      : []),
    ...(firstAfter > 0 ? cutMarks(plot, firstAfter, "start") : []),
    throughMark(plot, reported),
    ...pointMarks(plot, reported),
    ...(last
      ? endLabels(plot, last.at, [
          { value: last.value, text: "reported", tone: "ink" },
          ...(lastKnown === null
            ? []
            : [{ value: lastKnown, text: "expected", tone: "quiet" } as const]),
        ])
      : []),
  ]);
}

type Month = AssessedRow["series"][number] & { readonly running: string };

const columns: readonly TableColumn<Month>[] = [
  { label: "Month", cell: monthPartName },
  { label: "Reported", isNumber: true, cell: ({ treated }) => formatCount(treated) },
  {
    label: "Expected",
    isNumber: true,
    cell: ({ expected }) =>
      expected === null ? (
        <span className="quiet">not enough reports to tell</span>
      ) : (
        formatDecimal(expected)
      ),
  },
  {
    label: "By chance",
    isNumber: true,
    cell: ({ low, high }) =>
      low === null || high === null
        ? ""
        : `${formatCount(Math.ceil(low))} to ${formatCount(Math.floor(high))}`,
  },
  { label: "Running difference, 95% interval", cell: ({ running }) => running },
];
