import { SortableTable } from "#client/ui/SortableTable.tsx";
import type { CellStory } from "#core/hotspots/cell-story.ts";
import { formatQuantity } from "#core/text/numbers.ts";
import { formatMonth } from "#core/time/words.ts";

export interface MonthBarsProps {
  readonly months: CellStory["months"];
  readonly range: { readonly from: string; readonly to: string };
  readonly noun: { readonly one: string; readonly many: string };
}

const height = 40;

export function MonthBars({ months, range, noun }: MonthBarsProps) {
  const most = Math.max(1, ...months.map(({ count }) => count));
  const [first, last] = [months[0], months.at(-1)];
  if (!first || !last) return null;
  const isChosen = (month: string) =>
    month >= range.from.slice(0, 7) && month <= range.to.slice(0, 7);
  return (
    <figure className="month-bars">
      <figcaption className="small quiet">
        By month, {formatMonth(first.month)} to {formatMonth(last.month)}; most in a month:{" "}
        {Math.max(...months.map(({ count }) => count))}
      </figcaption>
      <svg
        className="month-bars__picture block line-below full"
        viewBox={`0 0 ${months.length} ${height}`}
        preserveAspectRatio="none"
        aria-hidden="true"
      >
        {months.map(({ month, count }, at) => (
          <rect
            key={month}
            className={isChosen(month) ? "month-bars__bar" : "month-bars__bar month-bars__bar--out"}
            x={at + 0.1}
            width={0.8}
            y={height - (height * count) / most}
            height={(height * count) / most}
          >
            <title>{`${formatMonth(month)}: ${formatQuantity(count, noun.one, noun.many)}`}</title>
          </rect>
        ))}
      </svg>
      <details className="month-bars__table small">
        <summary>Months as a table</summary>
        <SortableTable
          caption={`${noun.many} by month`}
          columns={[
            { label: "Month", cell: ({ month }) => formatMonth(month) },
            { label: noun.many, isNumber: true, cell: ({ count }) => count },
          ]}
          rows={months}
          rowKey={({ month }) => month}
        />
      </details>
    </figure>
  );
}
