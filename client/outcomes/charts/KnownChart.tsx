import { EmptyChart } from "#client/charts/EmptyChart.tsx";
import { ChartSection } from "#client/outcomes/charts/ChartSection.tsx";
import { pictureTerms } from "#client/outcomes/charts/picture-terms.ts";
import { layOutShares } from "#client/outcomes/charts/shares.ts";
import { SortableTable, type TableColumn } from "#client/ui/SortableTable.tsx";
import type { KnownReply, OutcomesReply } from "#core/outcomes/wire/outcomes.ts";
import { shareWords } from "#core/outcomes/words.ts";

const title = "Previously known to police";

/** Chart 2: one share for each group, with its base and its interval. */
export function KnownChart(props: { readonly reply: OutcomesReply; readonly mark: string | null }) {
  const { reply, mark } = props;
  if (reply.known.length === 0) return <EmptyChart title={title} />;
  const about = reply.isExact ? "" : "about ";
  return (
    <ChartSection
      title={title}
      sentence={reply.known.map(({ sentence }) => sentence).join(" ")}
      layOut={(width) =>
        layOutShares(
          reply.known.map((known) => ({
            ...known,
            label: groupOf(known),
            words: words(known, about),
          })),
          width,
        )
      }
      table={
        <SortableTable
          caption={title}
          columns={columns}
          rows={reply.known}
          rowKey={({ measure }) => measure}
        />
      }
      picture={pictureTerms(reply, "previously-known", mark)}
    />
  );
}

/** "Sex workers" */
function groupOf({ label }: Pick<KnownReply, "label">): string {
  const group = label.replace("People identified by police as ", "");
  return group.charAt(0).toUpperCase() + group.slice(1);
}

function words({ share, low, high, base }: KnownReply, about: string): string {
  if (share === null || low === null || high === null) return "cannot be shown";
  return `${shareWords({ low, high })}, best estimate ${shareWords(share)} of ${about}${base}`;
}

const number = (value: number | null) => value ?? "withheld or not typed";

const columns: readonly TableColumn<KnownReply>[] = [
  { key: "group", label: "Group", cell: groupOf },
  { key: "yes", label: "Known", isNumber: true, cell: ({ yes }) => number(yes) },
  { key: "no", label: "Not known", isNumber: true, cell: ({ no }) => number(no) },
  {
    key: "notRecorded",
    label: "Not recorded",
    isNumber: true,
    cell: ({ notRecorded }) => number(notRecorded),
  },
  {
    key: "interval",
    label: "Share, 95% interval",
    cell: ({ low, high }) => (low === null || high === null ? "" : shareWords({ low, high })),
  },
  {
    key: "share",
    label: "Best estimate",
    isNumber: true,
    cell: ({ share }) => (share === null ? "" : shareWords(share)),
  },
];
