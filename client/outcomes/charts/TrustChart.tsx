import { lowered, type Mark, textMark } from "#client/charts/marks.ts";
import { endLabels, monthPlot, pointMarks, throughMark } from "#client/charts/month-plot.ts";
import { ChartSection } from "#client/outcomes/charts/ChartSection.tsx";
import type { OutcomesReply, TrustReply } from "#core/outcomes/wire/outcomes.ts";
import { lowerFirst } from "#core/outcomes/words.ts";
import { formatCount } from "#core/text/numbers.ts";
import { formatMonth } from "#core/time/words.ts";

const lineHeight = 108;

/** All lines on the same months, each on its own scale from 0. */
export function TrustChart({ reply: { trust, isExact } }: { readonly reply: OutcomesReply }) {
  if (trust === null) return null;
  const { months, series, sentence } = trust;
  const why = isExact ? "not entered" : "fewer than 10, withheld or not entered";
  const hasGaps = series.some(({ points }) => points.some(({ count }) => count === null));
  const lead = hasGaps ? `${sentence} Gaps: ${why}.` : sentence;
  return (
    <ChartSection
      title="Trust and enforcement"
      sentence={[lead, ...series.map((line) => line.sentence)].join(" ")}
      lead={lead}
      layOut={(width) => ({
        width,
        height: series.length * lineHeight,
        marks: series.flatMap((line, at) =>
          lineMarks(line, months, width).map((mark) => lowered(mark, at * lineHeight)),
        ),
      })}
      columns={[
        { label: "Month", cell: ({ month }) => formatMonth(month) },
        ...series.map(({ measure, label, points }) => ({
          key: measure,
          label,
          isNumber: true,
          cell: ({ at }: { readonly at: number }) => points[at]?.words,
        })),
      ]}
      rows={months.map((month, at) => ({ month, at }))}
      rowKey={({ month }) => month}
    />
  );
}

const sideNames = { trust: "Trust", enforcement: "Enforcement" } as const;

/** From 0 to 10 at least, so that a few do not look like many; a gap breaks the line. */
function lineMarks(
  { side, label, points }: TrustReply["series"][number],
  months: readonly string[],
  width: number,
): readonly Mark[] {
  const known = points.flatMap(({ count, words }, at) =>
    count === null ? [] : [{ at, value: count, text: words, tone: "ink" as const }],
  );
  const plot = monthPlot({
    width,
    months,
    height: lineHeight,
    right: 70,
    ticks: 2,
    tick: formatCount,
    values: [0, Math.max(10, ...known.map(({ value }) => value))],
  });
  const steps = known.flatMap((point, index) => {
    const before = known[index - 1];
    return before?.at === point.at - 1 ? [throughMark(plot, [before, point])] : [];
  });
  const name = `${sideNames[side]}: ${lowerFirst(label)}`;
  return [
    textMark(name, [0, 8], "ink", { isStrong: true }),
    ...plot.axes,
    ...steps,
    ...pointMarks(plot, known),
    ...known.slice(-1).flatMap((last) => endLabels(plot, last.at, [last])),
  ];
}
