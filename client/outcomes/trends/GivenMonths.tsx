import { layOutBars } from "#client/charts/bars.ts";
import { ChartSection } from "#client/outcomes/charts/ChartSection.tsx";
import { pictureTerms } from "#client/outcomes/charts/picture-terms.ts";
import { SortableTable, type TableColumn } from "#client/ui/SortableTable.tsx";
import type { GivenMonthsReply, OutcomesReply } from "#core/outcomes/wire/outcomes.ts";
import { formatMonth } from "#core/time/words.ts";

type Month = GivenMonthsReply["months"][number];

const words = ({ count }: Month) =>
  count === null ? "fewer than 10, or withheld" : `about ${count}`;

const columns: readonly TableColumn<Month>[] = [
  { key: "month", label: "Month", cell: ({ month }) => formatMonth(month) },
  { key: "count", label: "Figure", isNumber: true, cell: words },
];

/** Months that may leave: totals that were typed, or counted, for exactly these months. */
export function GivenMonths(props: {
  readonly reply: OutcomesReply;
  readonly mark: string | null;
}) {
  const { reply, mark } = props;
  if (reply.givenMonths.length === 0) return null;
  return (
    <section className="outcomes__trends" aria-labelledby="given-months">
      <h2 id="given-months">By month</h2>
      {reply.givenMonths.map(({ measure, label, months, sentence }) => (
        <ChartSection
          key={measure}
          title={`${label} by month`}
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
          table={
            <SortableTable
              caption={`${label} by month`}
              columns={columns}
              rows={months}
              rowKey={({ month }) => month}
            />
          }
          picture={pictureTerms(reply, `by-month-${measure.replaceAll("_", "-")}`, mark)}
        />
      ))}
    </section>
  );
}
