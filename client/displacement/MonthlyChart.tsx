import { ChartSvg } from "#client/charts/ChartSvg.tsx";
import type { ChartLayout } from "#client/charts/marks.ts";
import {
  bandMark,
  cutMarks,
  endLabels,
  isPartOfMonth,
  layoutOf,
  monthPlot,
  pointMarks,
  throughMark,
} from "#client/charts/month-plot.ts";
import type { AssessedRow } from "#client/displacement/verdict-words.ts";
import { formatCount } from "#core/text/numbers.ts";
import { formatMonth } from "#core/time/words.ts";

/** Reports by month against what the control says they would have been, with where chance would put them. */
export function MonthlyChart({ row }: { readonly row: AssessedRow }) {
  return <ChartSvg label={summary(row)} layOut={(width) => layOut(row, width)} />;
}

function layOut({ series }: AssessedRow, width: number): ChartLayout {
  const plot = monthPlot({
    ...{ width, height: 220, right: 84, tick: formatCount },
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

function summary({ name, series }: AssessedRow): string {
  const first = series[0];
  const last = series.at(-1);
  if (!first || !last) return `${name}: no months`;
  return `${name}: reports by month from ${formatMonth(first.month)} to ${formatMonth(last.month)}; the table beside it has the figures.`;
}
