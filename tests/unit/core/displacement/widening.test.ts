import { describe, expect, test } from "vitest";
import { type GroupCounts, monthParts, timelineOf } from "#core/displacement/timeline.ts";
import { createWidening } from "#core/displacement/widening.ts";
import type { Stretch } from "#core/displacement/zones.ts";
import { cellAt, childCells, type H3Cell, parentCell } from "#core/geo/cell.ts";
import { london, windowsFrom } from "#tests/support/displacement.ts";

const windows = windowsFrom("2021-08-01", "2021-11-30");
const { before, after } = windows;
const wholeMonths = monthParts(london, before.from, before.to).filter(({ isWhole }) => isWhole);
const timeline = timelineOf([before, after, ...wholeMonths]);

/** So many in each whole month before the start, and after it. */
function group(months: readonly number[], then: number): GroupCounts {
  let count = 0;
  return Int32Array.from(timeline.cuts, (cut) => {
    const month = wholeMonths.findIndex(({ endsAt }) => endsAt === cut);
    if (month >= 0) count += months[month % months.length] as number;
    if (cut === after.endsAt) count += then;
    return count;
  });
}

const borough = parentCell(cellAt([-0.0631, 51.6179], 10), 6);
const parents = childCells(borough, 8);

function widening(given: { stretches?: readonly Stretch[]; edges?: readonly GroupCounts[] }) {
  const { stretches = [], edges = [] } = given;
  const none = group([0], 0);
  const sum = stretches.reduce(
    (total, { counts }) => total.map((count, at) => count + (counts[at] as number)),
    none,
  );
  const counts = {
    timeline,
    treated: none,
    rings: none,
    controlCells: new Map<H3Cell, number>(),
    stretches,
    control: stretches.length > 0 ? sum : group([500], 2_000),
    edges: edges.map((inner) => ({ inner, outer: none })),
  };
  return createWidening({ counts, windows, wholeMonths });
}

const stretchesOf = (groups: readonly GroupCounts[]) =>
  groups.map((counts, at): Stretch => ({ parent: parents[at] as H3Cell, counts }));
const calm = group([20], 60);

describe("what widens an interval", () => {
  test("four months tell nothing of a place itself: it scatters as the others do", () => {
    expect(wholeMonths).toHaveLength(4);
    expect(widening({})(calm)).toEqual({ dispersion: null, placebo: null });
    const restless = Array.from({ length: 10 }, (_, at) =>
      group(at % 2 === 0 ? [40, 10, 10, 20] : [10, 20, 40, 10], 60),
    );
    const byStretches = widening({ stretches: stretchesOf(restless) })(calm).dispersion ?? 0;
    expect(byStretches).toBeGreaterThan(5);
    expect(widening({ edges: restless })(calm).dispersion).toBeCloseTo(byStretches, 12);
  });

  test("places that change apart with nothing done are a placebo, those that change alike none", () => {
    const apart = Array.from({ length: 10 }, (_, at) => group([20], at % 2 === 0 ? 120 : 30));
    const found = widening({ stretches: stretchesOf(apart) })(calm);
    expect(found.placebo?.places).toBe(10);
    expect(found.placebo?.spread).toBeGreaterThan(0.5);
    const alike = Array.from({ length: 10 }, () => group([20], 30));
    expect(widening({ stretches: stretchesOf(alike) })(calm).placebo?.spread).toBe(0);
  });

  test("an edge is no placebo of its own", () => {
    const edges = Array.from({ length: 9 }, (_, at) => group([15], at === 4 ? 200 : 60));
    const widen = widening({ edges });
    expect(widen(edges[4] as GroupCounts, 4).placebo).toEqual({ places: 8, spread: 0 });
    expect(widen(edges[0] as GroupCounts, 0).placebo?.spread).toBeGreaterThan(0.2);
    expect(widen(calm).placebo?.places).toBe(9);
  });

  test("fewer than eight places are none; stretches with few reports are joined until eight have enough", () => {
    const seven = Array.from({ length: 7 }, () => calm);
    expect(widening({ stretches: stretchesOf(seven) })(calm).placebo).toBeNull();
    // Two reports each in 49 parts: enough only seven by seven, and then too few.
    const thin = parents.map((): GroupCounts => group([1], 2));
    expect(widening({ stretches: stretchesOf(thin) })(calm).placebo).toBeNull();
    const more = [...thin, ...Array.from({ length: 8 }, () => calm)];
    const cells = [...parents, ...childCells(parentCell(cellAt([0.4, 51.6], 10), 6), 8)];
    const stretches = more.map((counts, at) => ({ parent: cells[at] as H3Cell, counts }));
    expect(widening({ stretches })(calm).placebo?.places).toBe(8);
  });
});
