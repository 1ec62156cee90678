import { ChartSvg } from "#client/charts/ChartSvg.tsx";
import { type ChartLayout, stroke } from "#client/charts/marks.ts";
import type { SealedWeek } from "#core/patrols/wire/forecast-seals.ts";
import { formatDate } from "#core/time/words.ts";

const [height, margin] = [120, 8];

/** By week: the part of its reports in our places, and in those of last year's count. The table has the numbers. */
export function SealedPicture(given: {
  readonly weeks: readonly SealedWeek[];
  readonly share: number;
}) {
  const points = given.weeks.toReversed().flatMap(({ week, outcome }) => {
    const score = outcome?.scores.find(({ share }) => share === given.share);
    if (!outcome || !score || outcome.total === 0) return [];
    const { total } = outcome;
    return [{ week, own: score.forecast / total, count: score.counts["count-12"] / total }];
  });
  const most = Math.max(0, ...points.flatMap(({ own, count }) => [own, count]));
  if (points.length < 2 || most === 0) return null;
  const layOut = (width: number): ChartLayout => {
    const step = (width - 2 * margin) / (points.length - 1);
    const yOf = (value: number) => height - margin - (value / most) * (height - 2 * margin);
    const marks = points.flatMap(({ own, count }, at) => {
      const x = margin + at * step;
      return [
        stroke([x, yOf(own)], [x, yOf(count)], "quiet"),
        { kind: "dot", x, y: yOf(count), radius: 5, tone: "ink", isHollow: true } as const,
        { kind: "dot", x, y: yOf(own), radius: 4, tone: "accent" } as const,
      ];
    });
    return { width, height, marks };
  };
  const dates = [points[0], points.at(-1)].map((point) => formatDate(point?.week ?? ""));
  return (
    <>
      <ChartSvg
        label={`Part of each week’s reports in our places and in those of last year’s count, ${dates.join(" to ")}`}
        layOut={layOut}
      />
      <p className="quiet">
        Filled: in our places. Ring: in as many places of last year’s count. The highest is{" "}
        {Math.round(most * 100)}% of its week’s reports.
      </p>
    </>
  );
}
