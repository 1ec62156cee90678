import type { AssessedRow } from "#client/displacement/verdict-words.ts";
import { useWidth } from "#client/ui/use-width.ts";
import { formatCount } from "#core/text/numbers.ts";
import { formatMonth } from "#core/time/words.ts";

/** Drawn as wide as it stands, so that letters keep their size. */
const firstWidth = 560;
const height = 220;
const left = 44;
const right = 84;
const top = 20;
const bottom = 28;
/** "Sep 2021" and the space to the next. */
const monthWidth = 62;
/** Lines of labels must not run into each other. */
const labelHeight = 16;

type Month = AssessedRow["series"][number];

/** Reports by month against what the control says they would have been, with where chance would put them. */
export function MonthlyChart({ row }: { readonly row: AssessedRow }) {
  const [box, width] = useWidth<HTMLDivElement>(firstWidth);
  const { series } = row;
  const scale = scaleOf(series, width);
  const labelStep = Math.max(1, Math.ceil((series.length * monthWidth) / (width - left - right)));
  const known = series.flatMap(({ expected, low, high }, index) =>
    expected === null || low === null || high === null ? [] : [{ index, expected, low, high }],
  );
  const firstAfter = series.findIndex(({ isAfter }) => isAfter);
  return (
    <div ref={box}>
      <svg width={width} height={height} role="img" aria-label={summary(row)}>
        {[0, scale.most / 2, scale.most].map((value) => (
          <g key={value}>
            <path
              className={value === 0 ? "running__zero" : "running__grid"}
              d={`M${left} ${scale.y(value)}H${width - right}`}
            />
            <text className="running__tick" x={left - 6} y={scale.y(value)}>
              {formatCount(value)}
            </text>
          </g>
        ))}
        {known.length > 1 ? (
          <>
            <path
              className="monthly__band"
              d={`${line(known.map(({ index, high }) => [scale.x(index), scale.y(high)]))}${line(
                known.map(({ index, low }) => [scale.x(index), scale.y(low)]).reverse(),
              ).replace("M", "L")}Z`}
            />
            <path
              className="monthly__expected"
              d={line(known.map(({ index, expected }) => [scale.x(index), scale.y(expected)]))}
            />
          </>
        ) : null}
        {firstAfter > 0 ? (
          <g>
            <path
              className="monthly__start"
              d={`M${scale.x(firstAfter - 0.5)} ${top - 6}V${height - bottom}`}
            />
            <text className="running__month" x={scale.x(firstAfter - 0.5)} y={top - 8}>
              start
            </text>
          </g>
        ) : null}
        <path
          className="running__line"
          d={line(series.map(({ treated }, index) => [scale.x(index), scale.y(treated)]))}
        />
        {series.map((month, index) => (
          <g key={month.from}>
            <circle
              className={isPart(month) ? "monthly__point monthly__point--part" : "monthly__point"}
              cx={scale.x(index)}
              cy={scale.y(month.treated)}
              r={3}
            />
            <text className="running__month" x={scale.x(index)} y={height - 8}>
              {index % labelStep === 0 ? formatMonth(month.month) : ""}
            </text>
          </g>
        ))}
        <Labels series={series} scale={scale} x={width - right + 8} />
      </svg>
    </div>
  );
}

interface Scale {
  readonly most: number;
  readonly x: (index: number) => number;
  readonly y: (value: number) => number;
}

function scaleOf(series: readonly Month[], width: number): Scale {
  const highest = Math.max(10, ...series.flatMap(({ treated, high }) => [treated, high ?? 0]));
  const step = 10 ** Math.floor(Math.log10(highest));
  const most = Math.ceil(highest / step) * step;
  return {
    most,
    x: (index) => left + ((index + 0.5) / series.length) * (width - left - right),
    y: (value) => top + ((most - value) / most) * (height - top - bottom),
  };
}

/** At the ends of both lines, moved apart where they meet. */
function Labels(props: {
  readonly series: readonly Month[];
  readonly scale: Scale;
  readonly x: number;
}) {
  const last = props.series.at(-1);
  if (!last) return null;
  const reported = props.scale.y(last.treated);
  const expected = last.expected === null ? null : props.scale.y(last.expected);
  const gap = expected === null ? labelHeight : expected - reported;
  const push = Math.max(0, (labelHeight - Math.abs(gap)) / 2) * (gap < 0 ? -1 : 1);
  return (
    <>
      <text className="running__label" x={props.x} y={reported - push}>
        reported
      </text>
      {expected === null ? null : (
        <text className="running__label monthly__label" x={props.x} y={expected + push}>
          expected
        </text>
      )}
    </>
  );
}

function line(points: readonly (readonly number[])[]): string {
  return points.map(([x = 0, y = 0], at) => `${at === 0 ? "M" : "L"}${x} ${y}`).join("");
}

/** Shorter than its month, because the start or the end of what is known cuts it. */
export function isPart({ month, days }: Pick<Month, "month" | "days">): boolean {
  const [year = 0, number = 0] = month.split("-").map(Number);
  return days < new Date(Date.UTC(year, number, 0)).getUTCDate();
}

function summary({ name, series }: AssessedRow): string {
  const first = series[0];
  const last = series.at(-1);
  if (!first || !last) return `${name}: no months`;
  return `${name}: reports by month from ${formatMonth(first.month)} to ${formatMonth(last.month)}; the table beside it has the figures.`;
}
