import type { ChartLayout, Mark } from "#client/charts/marks.ts";
import type { ShareReply } from "#core/outcomes/wire/outcomes.ts";

export interface ShareRow {
  readonly label: string;
  /** 0 to 1, with its interval; null where it cannot be shown. */
  readonly share: ShareReply | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly words: string;
}

const rowHeight = 58;
const edge = 10;

/** Shares on a line from 0 to 100%: the interval as a bar, the share as a dot (as a thick bar where it is a range), the base in words. */
export function layOutShares(rows: readonly ShareRow[], place: number): ChartLayout {
  // A page that is laid out anew has no width for a moment.
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

function shareMark(from: number, to: number, y: number): Mark {
  const radius = 5;
  return to - from < 2 * radius
    ? { kind: "dot", x: (from + to) / 2, y, radius, tone: "accent" }
    : { kind: "rect", x: from, y: y - 3, width: to - from, height: 6, tone: "accent" };
}

function anchorOf(share: number): "start" | "middle" | "end" {
  if (share === 0) return "start";
  return share === 1 ? "end" : "middle";
}
