import { scaleLinear } from "d3-scale";
import { type ChartLayout, type Mark, textWidth } from "#client/charts/marks.ts";
import { ChartSection } from "#client/outcomes/charts/ChartSection.tsx";
import { SortableTable } from "#client/ui/SortableTable.tsx";
import type { OutcomesReply, TrustReply } from "#core/outcomes/wire/outcomes.ts";
import { formatCount } from "#core/text/numbers.ts";
import { formatMonth } from "#core/time/words.ts";

const title = "Trust and enforcement";

/** All lines on the same months, each on its own scale from 0. */
export function TrustChart({ reply }: { readonly reply: OutcomesReply }) {
  const { trust, isExact } = reply;
  if (trust === null) return null;
  const { months, series, sentence } = trust;
  const rows = months.map((month, at) => ({ month, at }));
  const hasGaps = series.some(({ points }) => points.some(({ count }) => count === null));
  const why = isExact ? "not entered" : "fewer than 10, withheld or not entered";
  const gaps = hasGaps ? `Gaps: ${why}.` : "";
  return (
    <ChartSection
      title={title}
      sentence={[sentence, ...series.map((line) => line.sentence), gaps].join(" ")}
      lead={sentence}
      layOut={(width) => layOutTrust(trust, gaps, width)}
      table={
        <SortableTable
          caption={title}
          columns={[
            { label: "Month", cell: ({ month }) => formatMonth(month) },
            ...series.map(({ measure, label, points }) => ({
              ...{ key: measure, label, isNumber: true },
              cell: ({ at }: (typeof rows)[number]) => points[at]?.words,
            })),
          ]}
          rows={rows}
          rowKey={({ month }) => month}
        />
      }
    />
  );
}

const heads = { trust: "Trust", enforcement: "Enforcement" } as const;
const [left, right, gap] = [40, 60, 8];
const [headHeight, rowHeight] = [28, 84];

function layOutTrust({ months, series }: TrustReply, gaps: string, width: number): ChartLayout {
  const step = Math.max(1, width - left - right) / months.length;
  const x = (at: number) => left + (at + 0.5) * step;
  const marks: Mark[] = [];
  let top = 0;
  for (const side of ["trust", "enforcement"] as const) {
    const own = series.filter((line) => line.side === side);
    if (own.length > 0) marks.push(text(heads[side], 0, top + 12, { isStrong: true }));
    if (own.length > 0) top += headHeight;
    for (const line of own) {
      marks.push(text(line.label, 0, top + 4), ...lineMarks(line, { top, x, end: width - right }));
      top += rowHeight;
    }
  }
  const every = Math.ceil((textWidth("Sep 2021") + gap) / step);
  const names = months.flatMap((month, at) =>
    at % every === 0 ? [text(formatMonth(month), x(at), top + gap, { anchor: "middle" })] : [],
  );
  return { width, height: top + 44, marks: [...marks, ...names, text(gaps, 0, top + 34)] };
}

/** From 0 to 10 at least, so that a few do not look like many. */
function lineMarks(
  { points }: TrustReply["series"][number],
  {
    top,
    x,
    end,
  }: { readonly top: number; readonly x: (at: number) => number; readonly end: number },
): Mark[] {
  const most = Math.max(10, ...points.map(({ count }) => count ?? 0));
  const y = scaleLinear([0, most], [top + rowHeight - 16, top + 24]).nice(2);
  const ticks = y.domain().flatMap((value): Mark[] => [
    stroke(
      [
        [left, y(value)],
        [end, y(value)],
      ],
      "line",
    ),
    text(formatCount(value), left - gap, y(value), { anchor: "end" }),
  ]);
  const known = points.flatMap(({ count, words }, at) =>
    count === null ? [] : [{ at, count, words }],
  );
  const last = known.at(-1);
  return [
    ...ticks,
    ...known.slice(1).flatMap((point, index): Mark[] => {
      const before = known[index];
      if (before === undefined || before.at !== point.at - 1) return [];
      return [
        stroke(
          [
            [x(before.at), y(before.count)],
            [x(point.at), y(point.count)],
          ],
          "accent",
        ),
      ];
    }),
    ...known.map(({ at, count }): Mark => {
      return { kind: "dot", x: x(at), y: y(count), radius: 3, tone: "accent" };
    }),
    ...(last ? [text(last.words, x(last.at) + gap, y(last.count), { tone: "ink" })] : []),
  ];
}

type Words = Extract<Mark, { kind: "text" }>;

function text(words: string, x: number, y: number, more: Partial<Words> = {}): Words {
  return { kind: "text", x, y, text: words, tone: "quiet", ...more };
}

function stroke(points: Extract<Mark, { kind: "line" }>["points"], tone: "line" | "accent"): Mark {
  return { kind: "line", points, tone, width: tone === "line" ? 1 : 1.5 };
}
