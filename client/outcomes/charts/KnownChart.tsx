import { EmptyChart } from "#client/charts/EmptyChart.tsx";
import type { ChartLayout, Mark } from "#client/charts/marks.ts";
import { ChartSection } from "#client/outcomes/charts/ChartSection.tsx";
import { SortableTable, type TableColumn } from "#client/ui/SortableTable.tsx";
import type { KnownReply, OutcomesReply, ShareReply } from "#core/outcomes/wire/outcomes.ts";
import { shareWords } from "#core/outcomes/words.ts";

const title = "Previously known to police";

export function KnownChart({ reply }: { readonly reply: OutcomesReply }) {
  if (reply.known.length === 0) return <EmptyChart title={title} />;
  const about = reply.isExact ? "" : "about ";
  return (
    <ChartSection
      title={title}
      sentence={reply.known.map(({ sentence }) => sentence).join(" ")}
      lead={null}
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
    />
  );
}

interface ShareRow {
  readonly label: string;
  /** 0 to 1, with its interval; null where it cannot be shown. */
  readonly share: ShareReply | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly words: string;
}

const edge = 10;

const rowHeight = 58;

/** 0 to 100%: interval as a bar, share as a dot (thick bar for a range), base in words. */
function layOutShares(rows: readonly ShareRow[], place: number): ChartLayout {
  // During a relayout the width is briefly 0.
  const width = Math.max(4 * edge, place);
  const x = (share: number) => edge + share * (width - 2 * edge);
  const bottom = rows.length * rowHeight;
  const ticks = [0, 0.25, 0.5, 0.75, 1].flatMap((share): Mark[] => [
    {
      kind: "line",
      points: [
        [x(share), 22],
        [x(share), bottom],
      ],
      tone: "line",
      width: 1,
    },
    {
      kind: "text",
      x: x(share),
      y: bottom + 10,
      text: `${100 * share}%`,
      tone: "quiet",
      anchor: anchorOf(share),
    },
  ]);
  const marks = rows.flatMap(({ label, share, low, high, words }, at): Mark[] => {
    const top = at * rowHeight;
    const y = top + 36;
    const shown: Mark[] =
      share === null || low === null || high === null
        ? []
        : [
            {
              kind: "rect",
              x: x(low),
              y: y - 5,
              width: x(high) - x(low),
              height: 10,
              tone: "band",
            },
            {
              kind: "line",
              points: [
                [x(low), y - 7],
                [x(low), y + 7],
              ],
              tone: "accent",
              width: 2,
            },
            {
              kind: "line",
              points: [
                [x(high), y - 7],
                [x(high), y + 7],
              ],
              tone: "accent",
              width: 2,
            },
            shareMark(x(share.low), x(share.high), y),
          ];
    return [
      { kind: "text", x: edge, y: top + 10, text: `${label}: ${words}`, tone: "ink" },
      {
        kind: "line",
        points: [
          [x(0), y],
          [x(1), y],
        ],
        tone: "quiet",
        width: 1,
      },
      ...shown,
    ];
  });
  return { width, height: bottom + 20, marks: [...ticks, ...marks] };
}

function anchorOf(share: number): "start" | "middle" | "end" {
  if (share === 0) return "start";
  return share === 1 ? "end" : "middle";
}

function words({ share, low, high, base }: KnownReply, about: string): string {
  if (share === null || low === null || high === null) return "cannot be shown";
  return `${shareWords({ low, high })}, best estimate ${shareWords(share)} of ${about}${base}`;
}

function shareMark(from: number, to: number, y: number): Mark {
  const radius = 5;
  return to - from < 2 * radius
    ? { kind: "dot", x: (from + to) / 2, y, radius, tone: "accent" }
    : { kind: "rect", x: from, y: y - 3, width: to - from, height: 6, tone: "accent" };
}

/** "Sex workers" */
function groupOf({ label }: Pick<KnownReply, "label">): string {
  const group = label.replace("People identified by police as ", "");
  return group.charAt(0).toUpperCase() + group.slice(1);
}

const columns: readonly TableColumn<KnownReply>[] = [
  { label: "Group", cell: groupOf },
  { label: "Known", isNumber: true, cell: ({ yes }) => number(yes) },
  { label: "Not known", isNumber: true, cell: ({ no }) => number(no) },
  { label: "Not recorded", isNumber: true, cell: ({ notRecorded }) => number(notRecorded) },
  {
    label: "Share, 95% interval",
    cell: ({ low, high }) => (low === null || high === null ? "" : shareWords({ low, high })),
  },
  {
    label: "Best estimate",
    isNumber: true,
    cell: ({ share }) => (share === null ? "" : shareWords(share)),
  },
];

const number = (value: number | null) => value ?? "withheld or not entered";
