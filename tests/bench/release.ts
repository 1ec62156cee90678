import { publicAreas } from "#core/places/public-areas.ts";
import { createRandom } from "#core/random.ts";
import { buildRelease } from "#core/releases/build.ts";
import { releaseMonths } from "#core/releases/months.ts";
import type { AreaCount } from "#core/releases/panel/monthly-figures.ts";
import { areaSetOf } from "#server/releases/hash.ts";
import {
  atMost,
  type BenchContext,
  type BenchLine,
  computeOften,
  milliseconds,
} from "#tests/bench/timing.ts";
import { readBundledPlaces } from "#tests/support/bundled-places.ts";
import { releaseInput } from "#tests/support/release.ts";

const limit = 2_000;

/** A release over five years of the command, every month new, and the same with every month released before. */
export function benchRelease({ say }: BenchContext): BenchLine[] {
  say("Release: five years of the command...");
  const places = readBundledPlaces();
  const areas = publicAreas(places.areas, places.gazetteer.neighbourhoods);
  const found = releaseMonths("2021-11-26", { from: "2016-09" });
  if (!found.ok) throw new Error(found.reason);
  const months = found.value;
  const random = createRandom(1);
  const counts: AreaCount[] = months.flatMap((month) =>
    areas.counted.map(({ area }) => ({ area, month, count: random.integer(40) })),
  );
  const input = releaseInput(areas.areas, {
    months,
    publicAreas: areas,
    areaSet: areaSetOf(areas),
    counts,
  });
  const first = buildRelease(input);
  if (!first.ok) throw new Error(first.reason);
  const { content } = first.value;
  const earlier = [{ number: 1, areaSet: input.areaSet, content }];
  const wide = `${months.length} months, ${areas.areas.length} areas`;
  return [
    lineOf(`release, ${wide}, all new`, () => buildRelease(input)),
    lineOf(`release, ${wide}, all released before`, () => buildRelease({ ...input, earlier })),
  ];
}

function lineOf(work: string, build: () => unknown): BenchLine {
  const own = computeOften(5, build);
  return {
    work,
    measured: milliseconds(own.median),
    beside: `asked: ${limit} ms`,
    ratio: `${(limit / own.median).toFixed(1)} x faster than asked`,
    figure: atMost(own.median, "ms", limit),
  };
}
