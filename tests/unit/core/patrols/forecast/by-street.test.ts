import { describe, expect, test } from "vitest";
import { cellAt, cellCentre, disk } from "#core/geo/cell.ts";
import { createStreetSet } from "#core/hotspots/streets/street-set.ts";
import { backtest } from "#core/patrols/forecast/backtest.ts";
import { neighbourMeans } from "#core/patrols/forecast/cell-shares.ts";
import type { StreetUnits } from "#core/patrols/forecast/methods.ts";
import { createModelMixer, mixedShares } from "#core/patrols/forecast/model-mix.ts";
import type { Reports } from "#core/patrols/forecast/reports.ts";
import { accuracyByShare, bestEdges, heldBy } from "#core/patrols/forecast/share-accuracy.ts";
import { methodNames } from "#core/patrols/wire/method-names.ts";
import { buildGraph } from "#core/places/streets/build-graph.ts";
import { segmentMiddle } from "#core/places/streets/segment-names.ts";
import { createStudySet } from "#core/places/study-set.ts";
import { createRandom } from "#core/random.ts";
import { foldsBefore } from "#core/stats/folds.ts";
import { sumOf } from "#core/stats/sum-of.ts";
import { createZone, dayMs } from "#core/time/zone.ts";
import { blockOf, place } from "#tests/support/streets.ts";

const zone = createZone("Europe/London");
const origin = zone.startOfDate("2021-07-01");

function reportsAt(rows: readonly { readonly cell: number; readonly at: number }[]): Reports {
  const middle = Float64Array.from(rows, ({ at }) => at);
  const cell = Uint32Array.from(rows, (row) => row.cell);
  return { cell, middle, known: middle, weight: new Float64Array(rows.length).fill(1) };
}

/** Made-up reports, most of them in few units. */
function randomReports(units: number, count: number, seed = 3): Reports {
  const random = createRandom(seed);
  return reportsAt(
    Array.from({ length: count }, () => ({
      cell: Math.floor(random.next() ** 4 * units),
      at: origin - Math.floor(random.next() * 900 * dayMs),
    })),
  );
}

const cells = createStudySet("A disk", 10, disk(cellAt(place(2, 2), 10), 7));
const alike: StreetUnits = {
  ...{ cells: cells.cells, offsets: cells.offsets, targets: cells.targets },
  metres: new Float64Array(cells.cells.length).fill(100),
  middles: cells.cells.map(cellCentre),
};

function streetUnits(): StreetUnits {
  const graph = buildGraph(blockOf(8).filter((_, at) => at % 5 !== 0));
  const set = createStreetSet(graph, createStudySet("all", 10, disk(cellAt(place(4, 4), 10), 12)));
  const { segments, offsets, targets, metres } = set;
  const middles = Array.from(segments, (segment) => segmentMiddle(graph, segment));
  return { cells: segments, offsets, targets, metres, middles };
}

const accuracyByLength = (rates: Float64Array, observed: Uint32Array, metres: Float64Array) =>
  accuracyByShare(rates, observed, { cells: metres, metres });

describe("accuracy at equal length of street", () => {
  test("takes the highest rates until the share of length is full, the last unit in part", () => {
    // 1,000 m in all: 5% is 50 m, which is half of the first unit, 10% the whole of it.
    const metres = Float64Array.of(100, 300, 600);
    const rows = accuracyByLength(Float64Array.of(0.9, 0.5, 0.1), Uint32Array.of(6, 3, 1), metres);
    expect(rows?.[2]).toMatchObject({ hitRate: expect.closeTo(0.3, 12), cells: 0.5 });
    expect(rows?.[2]?.pai).toBeCloseTo(0.3 / 0.05, 12);
    expect(rows?.[3]).toMatchObject({ hitRate: 0.6, pei: 1 });
    for (const field of ["pai", "paiLow", "paiHigh"] as const) {
      expect(rows?.[3]?.[field]).toBeCloseTo(6, 9);
    }
  });

  test("a short street with as many reports is worth more than a long one", () => {
    const metres = Float64Array.of(50, 950);
    const observed = Uint32Array.of(5, 5);
    const short = accuracyByLength(Float64Array.of(2, 1), observed, metres)?.[2];
    const long = accuracyByLength(Float64Array.of(1, 2), observed, metres)?.[2];
    expect(short?.pai).toBeCloseTo(10, 9);
    expect(long?.pai).toBeLessThan(1);
    expect(long?.pei).toBeLessThan(short?.pei ?? 0);
  });

  test("equal rates are taken in equal parts, which is the mean over their orders, within the range", () => {
    const metres = Float64Array.of(100, 50, 150, 700);
    const observed = Uint32Array.of(4, 0, 3, 3);
    const rate = Float64Array.of(1, 1, 1, 0);
    const row = accuracyByLength(rate, observed, metres)?.[3];
    // 100 m of 300 m that are alike: over all their orders as much as a third of them.
    expect(row?.hitRate).toBeCloseTo(7 / 3 / 10, 12);
    expect(row?.paiHigh).toBeCloseTo(4, 12);
    expect(row?.paiLow).toBeCloseTo(((3 / 150) * 50) / 10 / 0.1, 12);
  });

  test("units of one length are judged as cells are, where the share is a whole number of them", () => {
    const random = createRandom(9);
    const score = Float64Array.from({ length: 200 }, () => Math.floor(random.next() * 30));
    const observed = Uint32Array.from({ length: 200 }, () => Math.floor(random.next() * 3));
    const byLength = accuracyByLength(score, observed, new Float64Array(200).fill(80));
    accuracyByShare(score, observed, { cells: score })?.forEach((row, at) => {
      for (const field of ["cells", "hitRate", "pai", "paiLow", "paiHigh", "pei"] as const) {
        expect(byLength?.[at]?.[field], field).toBeCloseTo(row[field], 9);
      }
    });
  });

  test("without a report there is nothing to judge", () => {
    const metres = new Float64Array(10).fill(1);
    expect(accuracyByLength(new Float64Array(10), new Uint32Array(10), metres)).toBeNull();
  });

  test("what the best streets are expected to hold is of the same length", () => {
    const metres = Float64Array.of(100, 300, 600);
    const shares = Float64Array.of(0.6, 0.3, 0.1);
    const rates = shares.map((share, at) => share / (metres[at] ?? 1));
    const held = bestEdges(rates, { cells: metres, metres }).map((edge) =>
      heldBy(edge, rates, shares),
    );
    expect(held.slice(2)).toEqual([expect.closeTo(0.3, 12), expect.closeTo(0.6, 12)]);
  });
});

describe("the forecast by street", () => {
  const units = streetUnits();

  test("what nothing is known of falls by length, and all shares sum to 1", () => {
    const { mix } = createModelMixer(reportsAt([]), units);
    const first = mix([]);
    const nothing = mixedShares(reportsAt([]), units, { origin, mix: first }).shares;
    const total = sumOf(units.metres);
    nothing.forEach((share, at) => {
      expect(share).toBeCloseTo((units.metres[at] ?? 0) / total, 12);
    });
    const reports = randomReports(units.cells.length, 300);
    const some = mixedShares(reports, units, { origin, mix: first });
    expect(sumOf(some.shares)).toBeCloseTo(1, 9);
    expect(Math.min(...some.shares)).toBeGreaterThan(0);
  });

  test("what streets borrow of those that meet them is their rate, not their number", () => {
    const counts = new Float64Array(units.cells.length);
    counts[0] = 4;
    const means = neighbourMeans(counts, units);
    const near = [0, ...units.targets.slice(units.offsets[0], units.offsets[1])];
    const length = sumOf(near.map((at) => units.metres[at] ?? 0));
    for (const at of near.slice(1)) {
      const own = [at, ...units.targets.slice(units.offsets[at], units.offsets[at + 1])];
      const around = sumOf(own.map((one) => units.metres[one] ?? 0));
      expect(means[at]).toBeCloseTo(((units.metres[at] ?? 0) * 4) / around, 12);
    }
    expect(means[0]).toBeCloseTo(((units.metres[0] ?? 0) * 4) / length, 12);
  });

  test("streets of one length are forecast as cells are: shares of one average, and every method", () => {
    const reports = randomReports(cells.cells.length, 800);
    const folds = foldsBefore(zone, { from: "2021-07-01" }, "month", 12);
    const mix = createModelMixer(reports, cells).mix(folds);
    const [a, b] = [cells, alike].map((near) => mixedShares(reports, near, { origin, mix }).shares);
    a?.forEach((share, at) => {
      expect(b?.[at]).toBeCloseTo(share, 12);
    });
    const request = { from: "2021-01-01", to: "2021-06-30", methods: methodNames };
    const [cellRows, streetRows] = [cells, alike].map((study) =>
      backtest({ reports, study, zone, horizon: "month" }, request),
    );
    cellRows?.forEach((row, at) => {
      const other = streetRows?.[at];
      expect(other?.method).toBe(row.method);
      expect(other?.folds).toBe(row.folds);
      expect(other?.calibration?.whole).toEqual(row.calibration?.whole);
      // 1% of 169 cells is two of them, and by length a little less.
      row.shares.forEach(({ pai }, share) => {
        expect(Math.abs((other?.shares[share]?.pai ?? 0) / pai - 1)).toBeLessThan(0.3);
      });
    });
  });

  test("weighs models by rate: a long street with many old reports is not what a short busy one is", () => {
    const metres = Float64Array.from(units.metres, (_, at) =>
      at === 0 ? 100 : at === 1 ? 40_000 : 300,
    );
    const rows = Array.from({ length: 24 }, (_, month) => month).flatMap((month) => {
      const at = zone.startOfDate("2021-07-01") - (month + 0.5) * 30 * dayMs;
      return [0, 0, 0, ...(month > 12 ? Array<number>(20).fill(1) : [])].map((cell) => ({
        cell,
        at,
      }));
    });
    const folds = foldsBefore(zone, { from: "2021-07-01" }, "month", 8);
    const { weights } = createModelMixer(reportsAt(rows), { ...units, metres }).mix(folds);
    // By number, models that remember for long would rank the long street first and hit nothing.
    expect(Math.max(...weights) / Math.min(...weights)).toBeLessThan(1.5);
  });

  test("finds the streets that have most, better than their length alone would", () => {
    const reports = randomReports(units.cells.length, 900);
    const request = { from: "2021-01-01", to: "2021-06-30", methods: methodNames };
    const results = backtest({ reports, study: units, zone, horizon: "month" }, request);
    expect(results.map(({ method }) => method)).toEqual(methodNames);
    for (const { method, folds, shares } of results) {
      expect(folds).toBe(6);
      for (const { toBestCount, ...row } of shares) {
        expect(Object.values(row)).toHaveLength(7);
        expect(Object.values(row).every(Number.isFinite)).toBe(true);
        // Of six periods alone.
        expect(toBestCount).toBeNull();
      }
      if (method !== "density" && method !== "prospective") {
        expect(shares[2]?.pai, method).toBeGreaterThan(3);
      }
      expect(shares[3]?.pei).toBeLessThanOrEqual(1 + 1e-9);
    }
    const held = results[0]?.calibration;
    expect(held?.whole.expected).toBeGreaterThan(15);
    expect(held?.shares[3]?.expected).toBeLessThan(held?.whole.expected ?? 0);
  });
});
