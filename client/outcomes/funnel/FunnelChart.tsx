import { layOutBars } from "#client/charts/bars.ts";
import { EmptyChart } from "#client/charts/EmptyChart.tsx";
import { ChartSection, pictureTerms } from "#client/outcomes/charts/ChartSection.tsx";
import { SortableTable, type TableColumn } from "#client/ui/SortableTable.tsx";
import type { OutcomesReply, ShareReply, StageReply } from "#core/outcomes/wire/outcomes.ts";
import { shareWords } from "#core/outcomes/words.ts";

const title = "Diversion courses, from offer to completion";

/** Each stage is a part of the one before: its share says of what. */
export function FunnelChart(props: {
  readonly reply: OutcomesReply;
  readonly mark: string | null;
}) {
  const { reply, mark } = props;
  const { stages, sentence } = reply.funnel;
  if (stages.every(({ count }) => count === null)) return <EmptyChart title={title} />;
  return (
    <ChartSection
      title={title}
      sentence={sentence}
      layOut={(width) =>
        layOutBars(
          stages.map(({ label, count, words }) => ({
            label,
            value: count,
            words: width > 560 ? words : (words.split(" of the")[0] ?? words),
          })),
          width,
        )
      }
      table={
        <SortableTable
          caption={title}
          columns={columns}
          rows={stages}
          rowKey={({ measure }) => measure}
        />
      }
      picture={pictureTerms(reply, "diversion-courses", mark)}
    />
  );
}

const columns: readonly TableColumn<StageReply>[] = [
  { key: "label", label: "Stage", cell: ({ label }) => label },
  { key: "count", label: "Places, and share of the stage before", cell: ({ words }) => words },
  {
    key: "ofOffered",
    label: "Of those offered",
    isNumber: true,
    cell: ({ ofOffered }) => share(ofOffered),
  },
];

const share = (value: ShareReply | null) => (value === null ? "" : shareWords(value));
