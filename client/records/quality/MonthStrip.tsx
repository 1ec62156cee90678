import { missingWords, stripSentence } from "#client/records/quality/strip-words.ts";
import { formatMonth, formatQuantity } from "#client/ui/format.ts";
import type { QualityGroup } from "#core/records/wire/quality.ts";

export type Months = QualityGroup["months"];

const width = 12;
const gap = 2;
const height = 40;

/** A bar a month, from zero; a month without any is a crossed box, so that it is not taken for a small one. */
export function MonthStrip({ months }: { readonly months: Months }) {
  const most = Math.max(1, ...months.map(({ count }) => count));
  const first = months[0];
  const last = months.at(-1);
  if (!first || !last) return null;
  return (
    <figure className="month-strip">
      <div className="month-strip__scroll">
        <svg
          role="img"
          aria-label={stripSentence(months)}
          viewBox={`0 0 ${months.length * (width + gap)} ${height}`}
          width={months.length * (width + gap)}
          height={height}
        >
          {months.map(({ month, count }, index) => {
            const left = index * (width + gap);
            const tall = count === 0 ? 0 : Math.max(2, (count / most) * height);
            return (
              <g key={month}>
                <title>{`${formatMonth(month)}: ${formatQuantity(count, "event")}`}</title>
                {count === 0 ? (
                  <path
                    className="month-strip__none"
                    d={`M${left + 1} ${height - 11}h10v10h-10zl10 10M${left + 11} ${height - 11}l-10 10`}
                  />
                ) : (
                  <rect
                    className="month-strip__bar"
                    x={left}
                    y={height - tall}
                    width={width}
                    height={tall}
                  />
                )}
              </g>
            );
          })}
        </svg>
      </div>
      <figcaption className="quiet small">
        {formatMonth(first.month)} to {formatMonth(last.month)}, at most{" "}
        {formatQuantity(most, "event")} a month{missingWords(months)}
      </figcaption>
    </figure>
  );
}
