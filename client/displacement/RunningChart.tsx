import { ChartSvg } from "#client/charts/ChartSvg.tsx";
import type { ChartLayout } from "#client/charts/marks.ts";
import {
  bandMark,
  endLabels,
  layoutOf,
  monthPlot,
  pointMarks,
  throughMark,
} from "#client/charts/month-plot.ts";
import { type AssessedRow, estimateWords } from "#client/displacement/VerdictMark.tsx";
import { formatCount } from "#core/text/numbers.ts";
import { formatMonth } from "#core/time/words.ts";

const usualHeight = 200;

/** Cumulative difference at each month's end, with its interval. */
export function RunningChart({
  row,
  height = usualHeight,
}: {
  readonly row: AssessedRow;
  /** Pixels. */
  readonly height?: number;
}) {
  const points = row.running.flatMap(({ month, wdd, low, high, canTell }) =>
    wdd === null || low === null || high === null || !canTell ? [] : [{ month, wdd, low, high }],
  );
  if (points.length === 0) {
    return <p className="quiet">Not enough reports here for a monthly chart.</p>;
  }
  return (
    <figure className="running">
      <figcaption>
        <h2>{row.name}: running difference</h2>
        <p className="quiet small">
          Reports above or below expected, from the start to the end of each month. The band is the
          95% interval.
        </p>
      </figcaption>
      <ChartSvg label={summary(row)} layOut={(width) => layOut(points, width, height)} />
    </figure>
  );
}

interface Point {
  readonly month: string;
  readonly wdd: number;
  readonly low: number;
  readonly high: number;
}

function layOut(points: readonly Point[], width: number, height: number): ChartLayout {
  const most = Math.max(10, ...points.flatMap(({ low, high }) => [Math.abs(low), Math.abs(high)]));
  const plot = monthPlot({
    ...{ width, height, right: 72 },
    months: points.map(({ month }) => month),
    values: [-most, most],
    tick: (value) => (value > 0 ? `+${formatCount(value)}` : formatCount(value)),
  });
  const values = points.map(({ wdd, low, high }, at) => ({ at, value: wdd, low, high }));
  const last = values.at(-1);
  return layoutOf(plot, [
    ...plot.axes,
    bandMark(plot, values),
    throughMark(plot, values),
    ...pointMarks(plot, values),
    ...(last
      ? endLabels(plot, last.at, [
          { value: last.value, text: estimateWords(last.value), tone: "ink" },
        ])
      : []),
  ]);
}

function summary(row: AssessedRow): string {
  const parts = row.running.map(
    ({ month, wdd, canTell }) =>
      `${formatMonth(month)} ${canTell ? estimateWords(wdd) : "not enough reports to tell"}`,
  );
  return `${row.name}, running difference: ${parts.join(", ")}`;
}
