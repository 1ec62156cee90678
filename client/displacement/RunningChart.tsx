import { type AssessedRow, estimateWords } from "#client/displacement/verdict-words.ts";
import { useWidth } from "#client/ui/use-width.ts";
import { formatCount } from "#core/text/numbers.ts";
import { formatMonth } from "#core/time/words.ts";

/** Drawn as wide as it stands, so that letters keep their size. */
const firstWidth = 480;
const usualHeight = 200;
const left = 44;
const right = 72;
const top = 12;
const bottom = 28;
/** "Sep 2021" and the space to the next. */
const monthWidth = 62;

/** The difference from the start to the end of each month, with its interval as a band. */
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
  const last = points.at(-1);
  if (!last) return <p className="quiet">Too little was counted here to draw the months.</p>;
  return (
    <figure className="running">
      <figcaption>
        <h2>{row.name}: running difference</h2>
        <p className="quiet small">
          Reports more or fewer than expected, from the start to the end of each month; the band is
          the 95% interval.
        </p>
      </figcaption>
      <Plot points={points} last={last} label={summary(row)} height={height} />
    </figure>
  );
}

interface Point {
  readonly month: string;
  readonly wdd: number;
  readonly low: number;
  readonly high: number;
}

interface PlotProps {
  readonly points: readonly Point[];
  readonly last: Point;
  readonly label: string;
  readonly height: number;
}

function Plot({ points, last, label, height }: PlotProps) {
  const [box, width] = useWidth<HTMLDivElement>(firstWidth);
  const most = Math.max(10, ...points.flatMap(({ low, high }) => [Math.abs(low), Math.abs(high)]));
  const x = (index: number) => left + ((index + 0.5) / points.length) * (width - left - right);
  const y = (value: number) => top + ((most - value) / (2 * most)) * (height - top - bottom);
  const labelStep = Math.ceil((points.length * monthWidth) / (width - left - right));
  const line = (values: readonly number[]) =>
    values.map((value, index) => `${index ? "L" : "M"}${x(index)} ${y(value)}`).join("");
  const band = `${line(points.map(({ high }) => high))}${points
    .map(({ low }, index) => `L${x(index)} ${y(low)}`)
    .reverse()
    .join("")}Z`;
  return (
    <div ref={box}>
      <svg width={width} height={height} role="img" aria-label={label}>
        {[-most, 0, most].map((value) => (
          <g key={value}>
            <path
              className={value === 0 ? "running__zero" : "running__grid"}
              d={`M${left} ${y(value)}H${width - right}`}
            />
            <text className="running__tick" x={left - 6} y={y(value)}>
              {value > 0 ? `+${formatCount(value)}` : formatCount(value)}
            </text>
          </g>
        ))}
        <path className="running__band" d={band} />
        <path className="running__line" d={line(points.map(({ wdd }) => wdd))} />
        {points.map((point, index) => (
          <g key={point.month}>
            <circle className="running__point" cx={x(index)} cy={y(point.wdd)} r={3.5} />
            <text className="running__month" x={x(index)} y={height - 8}>
              {index % labelStep === 0 ? formatMonth(point.month) : ""}
            </text>
          </g>
        ))}
        <text className="running__label" x={width - right + 8} y={y(last.wdd)}>
          {estimateWords(last.wdd)}
        </text>
      </svg>
    </div>
  );
}

function summary(row: AssessedRow): string {
  const parts = row.running.map(
    ({ month, wdd, canTell }) =>
      `${formatMonth(month)} ${canTell ? estimateWords(wdd) : "too few to tell"}`,
  );
  return `${row.name}, running difference: ${parts.join(", ")}`;
}
