import type { MeasureName } from "#core/outcomes/measures.ts";
import type { PublicTally } from "#core/outcomes/public-tallies.ts";
import type { TypedTally } from "#core/outcomes/typed-tally.ts";
import type { Random } from "#core/random.ts";

const autumn = { from: "2021-08-01", to: "2021-11-26" };
export const whole = (measure: MeasureName, value: number, period = autumn): TypedTally => ({
  measure,
  breakdown: null,
  part: null,
  ...period,
  value,
});

/** Some periods of one year, of any length, overlapping as it comes. */
export function drawPeriod(random: Random) {
  const first = random.integer(300);
  const day = (at: number) => new Date(Date.UTC(2021, 0, 1 + at)).toISOString().slice(0, 10);
  return { from: day(first), to: day(first + random.integer(120)) };
}

/** Pairs of figures that are linked and of overlapping times. */
export function clashes(figures: readonly PublicTally[]): string[] {
  const familyOf = (name: string) => (name.startsWith("course_places") ? "course_places" : name);
  const spans = new Map(
    figures.map(({ measure, from, to }) => {
      const family = familyOf(measure);
      return [`${family} ${from} ${to}`, { family, from, to }] as const;
    }),
  );
  const all = [...spans.values()];
  return all.flatMap((a, at) =>
    all
      .slice(at + 1)
      .filter((b) => a.family === b.family && a.from <= b.to && b.from <= a.to)
      .map((b) => `${a.family} ${a.from} to ${a.to}, ${b.from} to ${b.to}`),
  );
}
