import { type BarRow, layOutBars } from "#client/charts/bars.ts";
import { EmptyChart } from "#client/charts/EmptyChart.tsx";
import { ChartSection } from "#client/outcomes/charts/ChartSection.tsx";
import { capitalised } from "#client/ui/format.ts";
import { SortableTable, type TableColumn } from "#client/ui/SortableTable.tsx";
import type {
  BarReply,
  OutcomesReply,
  ShareReply,
  StageReply,
} from "#core/outcomes/wire/outcomes.ts";
import { shareWords } from "#core/outcomes/words.ts";

const title = "Where those identified live";

/** Chart 1: bands, never a place; a chart for each of the two groups. */
export function ResidenceCharts({ reply }: { readonly reply: OutcomesReply }) {
  if (reply.residence.length === 0) return <EmptyChart title={title} />;
  return (
    <div className="outcomes__pair grid gap-5">
      {reply.residence.map(({ measure, label, bars, sentence }) => (
        <ChartSection
          key={measure}
          title={`${title}: ${label.replace("People identified by police as ", "")}`}
          sentence={sentence}
          lead={capitalised(sentence.replace(`${label}: `, ""))}
          layOut={(width) =>
            layOutBars(
              bars.map(
                ({ label, count, share }: BarReply): BarRow => ({
                  label,
                  value: count,
                  words: barWords({ count, share }, reply.isExact),
                }),
              ),
              width,
            )
          }
          table={
            <SortableTable
              caption={`${title}: ${label}`}
              columns={[
                { label: "Group", cell: ({ label }) => label },
                {
                  label: "People",
                  isNumber: true,
                  cell: ({ count }) => barWords({ count, share: null }, reply.isExact),
                },
                {
                  label: "Share",
                  isNumber: true,
                  cell: ({ share }) => (share === null ? "" : shareWords(share)),
                },
              ]}
              rows={bars}
              rowKey={({ part }) => part}
            />
          }
        />
      ))}
    </div>
  );
}

function barWords({ count, share }: Pick<BarReply, "count" | "share">, isExact: boolean): string {
  if (count === null) return isExact ? "not entered" : "fewer than 10, or withheld";
  const about = isExact ? "" : "about ";
  return share === null ? `${about}${count}` : `${about}${count} (${shareWords(share)})`;
}

const funnelTitle = "Diversion courses, from offer to completion";

/** Each stage is a part of the one before: its share says of what. */
export function FunnelChart({ reply }: { readonly reply: OutcomesReply }) {
  const { stages, sentence } = reply.funnel;
  if (stages.every(({ count }) => count === null)) return <EmptyChart title={funnelTitle} />;
  return (
    <ChartSection
      title={funnelTitle}
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
          caption={funnelTitle}
          columns={funnelColumns}
          rows={stages}
          rowKey={({ measure }) => measure}
        />
      }
    />
  );
}

const funnelColumns: readonly TableColumn<StageReply>[] = [
  { label: "Stage", cell: ({ label }) => label },
  { label: "Places, and share of the stage before", cell: ({ words }) => words },
  { label: "Of those offered", isNumber: true, cell: ({ ofOffered }) => share(ofOffered) },
];

const share = (value: ShareReply | null) => (value === null ? "" : shareWords(value));
