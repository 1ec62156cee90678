import { type AssessedRow, estimateWords } from "#client/displacement/verdict-words.ts";
import { formatCount, formatMonth } from "#client/ui/format.ts";

const width = 480;
const height = 200;
const left = 44;
const right = 96;
const top = 12;
const bottom = 28;

/** The difference from the start to the end of each month, with its interval as a band. */
export function RunningChart({ row }: { readonly row: AssessedRow }) {
  const points = row.running.flatMap((point) =>
    point.wdd === null || point.low === null || point.high === null
      ? []
      : [
          {
            month: point.month,
            wdd: point.wdd,
            low: point.low,
            high: point.high,
            canTell: point.canTell,
          },
        ],
  );
  const last = points.at(-1);
  if (!last) return <p className="quiet">Nothing was counted here before the start.</p>;
  const most = Math.max(10, ...points.flatMap(({ low, high }) => [Math.abs(low), Math.abs(high)]));
  const x = (index: number) => left + ((index + 0.5) / points.length) * (width - left - right);
  const y = (value: number) => top + ((most - value) / (2 * most)) * (height - top - bottom);
  const line = (values: readonly number[]) =>
    values.map((value, index) => `${index ? "L" : "M"}${x(index)} ${y(value)}`).join("");
  const band = `${line(points.map(({ high }) => high))}${points
    .map(({ low }, index) => `L${x(index)} ${y(low)}`)
    .reverse()
    .join("")}Z`;
  return (
    <figure className="running">
      <figcaption>
        <h2>{row.name}: running difference</h2>
        <p className="quiet small">
          Reports more or fewer than expected, from the start to the end of each month; the band is
          the 95 % interval.
        </p>
      </figcaption>
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={summary(row)}>
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
            <circle
              className={point.canTell ? "running__point" : "running__point running__point--few"}
              cx={x(index)}
              cy={y(point.wdd)}
              r={3.5}
            />
            <text className="running__month" x={x(index)} y={height - 8}>
              {formatMonth(point.month)}
            </text>
          </g>
        ))}
        <text className="running__label" x={width - right + 8} y={y(last.wdd)}>
          {estimateWords(last.wdd)}
        </text>
      </svg>
    </figure>
  );
}

function summary(row: AssessedRow): string {
  const parts = row.running.map(({ month, wdd }) => `${formatMonth(month)} ${estimateWords(wdd)}`);
  return `${row.name}, running difference: ${parts.join(", ")}`;
}
