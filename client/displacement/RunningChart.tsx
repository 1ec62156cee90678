import { ChartSvg } from "#client/charts/ChartSvg.tsx";
import { type ChartLayout, fitText, type Mark } from "#client/charts/marks.ts";
import {
  bandMark,
  cutMarks,
  endLabels,
  layoutOf,
  type MonthPlot,
  monthPlot,
  pointMarks,
  throughMark,
} from "#client/charts/month-plot.ts";
import { type AssessedRow, estimateWords } from "#client/displacement/VerdictMark.tsx";
import type { PictureSubject } from "#client/ui/picture/still.ts";
import type { AssessmentReply } from "#core/displacement/wire/displacement.ts";
import { formatCount } from "#core/text/numbers.ts";
import { formatDate, formatMonth } from "#core/time/words.ts";

export type StartedPhase = Pick<AssessmentReply["phases"][number], "name" | "from" | "days">;

/**
 * Cumulative difference at each month's end, with its interval. In whole reports: read off a sharp
 * picture, finer values would reveal the counts of single months (SAFEGUARDS 7).
 */
export function RunningChart({
  row,
  phases,
  height = 200,
  picture,
}: {
  readonly row: AssessedRow;
  readonly phases: readonly StartedPhase[];
  /** Pixels. */
  readonly height?: number;
  readonly picture?: PictureSubject;
}) {
  const points = row.running.flatMap(({ month, wdd, low, high, canTell }) =>
    wdd === null || low === null || high === null || !canTell
      ? []
      : [{ month, value: Math.round(wdd), low: Math.round(low), high: Math.round(high) }],
  );
  const started = phases.filter(({ days }) => days > 0);
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
      <ChartSvg
        label={summary(row, started)}
        layOut={(width) => layOut(points, started, width, height)}
        picture={picture}
      />
    </figure>
  );
}

interface Point {
  readonly month: string;
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

function layOut(
  points: readonly Point[],
  phases: readonly StartedPhase[],
  width: number,
  height: number,
): ChartLayout {
  const most = Math.max(10, ...points.flatMap(({ low, high }) => [Math.abs(low), Math.abs(high)]));
  const plot = monthPlot({
    width,
    height,
    right: 72,
    months: points.map(({ month }) => month),
    values: [-most, most],
    tick: (value) => (value > 0 ? `+${formatCount(value)}` : formatCount(value)),
  });
  const values = points.map((point, at) => ({ ...point, at }));
  const last = values.at(-1);
  return layoutOf(plot, [
    ...plot.axes,
    bandMark(plot, values),
    ...phaseMarks(plot, points, phases),
    throughMark(plot, values),
    ...pointMarks(plot, values),
    ...(last
      ? endLabels(plot, last.at, [
          { value: last.value, text: estimateWords(last.value), tone: "ink" },
        ])
      : []),
  ]);
}

/** Where each starts, its name as far as there is room before the next. */
function phaseMarks(
  plot: MonthPlot,
  points: readonly Point[],
  phases: readonly StartedPhase[],
): readonly Mark[] {
  const starts = phases.map(({ from }) => {
    const [year = 0, month = 0, day = 1] = from.split("-").map(Number);
    const at = points.findIndex((point) => point.month >= from.slice(0, 7));
    const isWithin = points[at]?.month === from.slice(0, 7);
    return isWithin ? at + (day - 1) / new Date(Date.UTC(year, month, 0)).getUTCDate() : at;
  });
  return phases.flatMap(({ name }, at) => {
    const [start = -1, next] = starts.slice(at);
    if (start < 0) return [];
    const left = plot.x(start - 0.5) + textGap;
    const right = next === undefined ? plot.width : plot.x(next - 0.5);
    return cutMarks(plot, start, fitText(name, right - left));
  });
}

const textGap = 8;

function summary(row: AssessedRow, phases: readonly StartedPhase[]): string {
  const parts = row.running.map(
    ({ month, wdd, canTell }) =>
      `${formatMonth(month)} ${canTell ? estimateWords(wdd) : "not enough reports to tell"}`,
  );
  const marked = phases.map(({ name, from }) => `${name} from ${formatDate(from)}`);
  const words = marked.length === 0 ? "" : `. Phases: ${marked.join(", ")}`;
  return `${row.name}, running difference: ${parts.join(", ")}${words}`;
}
