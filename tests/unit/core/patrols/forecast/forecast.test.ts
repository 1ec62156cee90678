import { describe, expect, test } from "vitest";
import { cellAt, disk } from "#core/geo/cell.ts";
import {
  type CandidateModel,
  describeDecay,
  neighbourMeans,
  neighbourWeights,
  pseudocounts,
  steadyDecays,
} from "#core/patrols/forecast/cell-shares.ts";
import { createForecaster, createLevelChooser } from "#core/patrols/forecast/forecast.ts";
import {
  candidateModels,
  createModelMixer,
  firstModel,
  mixedShares,
} from "#core/patrols/forecast/model-mix.ts";
import { knownFolds, type Reports } from "#core/patrols/forecast/reports.ts";
import { createStudySet } from "#core/places/study-set.ts";
import { createRandom } from "#core/random.ts";
import { isUnknownAt, unknownMonthsOf } from "#core/records/unknown-months.ts";
import { foldsBefore } from "#core/stats/folds.ts";
import { sumOf } from "#core/stats/sum-of.ts";
import { createZone, dayMs } from "#core/time/zone.ts";
import { reportsAt } from "#tests/support/demand.ts";

const zone = createZone("Europe/London");
const near = createStudySet("A disk", 10, disk(cellAt([-0.0644, 51.6147], 10), 9));
const cells = near.cells.length;
const origin = zone.startOfDate("2021-11-01");
const months = foldsBefore(zone, { from: "2021-11-01" }, "month", 24);

/** By one model alone. */
function sharesBy(reports: Reports, model: CandidateModel) {
  const at = candidateModels.findIndex(
    ({ decay, neighbourWeight }) =>
      model.neighbourWeight === neighbourWeight &&
      describeDecay(model.decay) === describeDecay(decay),
  );
  const weights = Float64Array.from(candidateModels, (_, one) => (one === at ? 1 : 0));
  return mixedShares(reports, near, { origin, mix: { weights, model } });
}

/** So many reports over so many days before the origin, in cells as drawn. */
function drawn(count: number, days: number, draw: (at: number, random: () => number) => number) {
  const random = createRandom(count + days);
  return reportsAt(
    Array.from({ length: count }, () => {
      const at = origin - random.next() * days * dayMs;
      return { at, cell: draw(at, random.next) };
    }),
  );
}

describe("shares of cells", () => {
  const reports = drawn(400, 700, (_, random) => Math.floor(random() ** 3 * cells));

  const some = candidateModels.filter((_, at) => at % 4 === 0);
  const models = some.map((one, at) => ({
    ...one,
    pseudocount: pseudocounts[at % pseudocounts.length] ?? 10,
  }));
  test.each(models)("sum to 1 and leave no cell out: %o", (model) => {
    const { shares, support } = sharesBy(reports, model);
    expect(sumOf(shares)).toBeCloseTo(1, 9);
    expect(Math.min(...shares)).toBeGreaterThan(0);
    expect(Math.min(...support)).toBeGreaterThan(0);
  });

  test("stand on as many reports as came, and on the pseudocounts", () => {
    // Of no age at all, so that none has faded.
    const now = { ...reports, middle: reports.middle.map(() => origin), known: reports.known };
    const model: CandidateModel = { ...firstModel, pseudocount: 30 };
    expect(sumOf(sharesBy(now, model).support)).toBeCloseTo(430, 6);
  });

  test("are even where nothing is known", () => {
    const { shares } = sharesBy(reportsAt([]), firstModel);
    for (const share of shares) expect(share).toBeCloseTo(1 / cells, 12);
  });

  test("a neighbourhood is a cell and those that touch it", () => {
    const counts = new Float64Array(cells);
    counts[0] = 7;
    const means = neighbourMeans(counts, near);
    expect(means[0]).toBeCloseTo(1, 12);
    expect(means.filter((mean) => mean > 0).length).toBe(7);
  });
});

describe("the model that counts most", () => {
  const mixOf = (reports: Reports) => createModelMixer(reports, near).mix(months);
  const chosen = (reports: Reports) => mixOf(reports).model;

  test("borrows nothing where cells are what they are, much where places are diffuse", () => {
    // Every 13th cell has all reports: beside one of them nothing ever comes.
    const lumps = drawn(3_000, 900, (_, random) => 13 * Math.floor(random() * (cells / 13)));
    expect(chosen(lumps).neighbourWeight).toBe(0);
    const spread = drawn(300, 900, (_, random) => Math.floor(random() ** 2 * cells));
    expect(chosen(spread).neighbourWeight).toBeGreaterThan(0.1);
  });

  test("forgets soon where places change, late where they stay", () => {
    const moving = drawn(6_000, 900, (at) => Math.floor(((origin - at) / dayMs / 900) * cells));
    const staying = drawn(6_000, 900, (_, random) => Math.floor(random() ** 2 * cells));
    const memory = (of: Reports) => {
      const { weights, model } = mixOf(of);
      const two = reportsAt([
        { cell: 0, at: origin - 10 * dayMs },
        { cell: 100, at: origin - 600 * dayMs },
      ]);
      const mix = { weights, model: { ...model, pseudocount: 0.001 } };
      const { shares } = mixedShares(two, near, { origin, mix });
      return (shares[100] as number) / (shares[0] as number);
    };
    expect(memory(moving)).toBeLessThan(0.1);
    expect(memory(staying)).toBeGreaterThan(0.2);
  });

  test("is a first one until a period is over before which something was known, and says so", () => {
    const young = drawn(200, 20, (_, random) => Math.floor(random() * cells));
    const { model, weights, folds } = mixOf(young);
    expect(model).toBe(firstModel);
    expect(sumOf(weights)).toBe(1);
    expect(folds).toBe(0);
  });
});

describe("the average of models", () => {
  const reports = drawn(2_000, 900, (_, random) => Math.floor(random() ** 3 * cells));
  const mix = createModelMixer(reports, near).mix(months);

  test("is of weights that sum to 1, and of shares that do", () => {
    expect(sumOf(mix.weights)).toBeCloseTo(1, 12);
    expect(mix.folds).toBe(24);
    const { shares } = mixedShares(reports, near, { origin, mix });
    expect(sumOf(shares)).toBeCloseTo(1, 9);
  });

  test("is the weighted mean of the models' own shares", () => {
    const pseudocount = 0;
    const { shares } = mixedShares(reports, near, {
      origin,
      mix: { ...mix, model: { ...mix.model, pseudocount } },
    });
    const wanted = new Float64Array(cells);
    candidateModels.forEach((one, at) => {
      const weight = mix.weights[at] as number;
      const own = sharesBy(reports, { ...one, pseudocount }).shares;
      own.forEach((share, cell) => {
        wanted[cell] = (wanted[cell] as number) + weight * share;
      });
    });
    expect([...shares]).toEqual([...wanted].map((share) => expect.closeTo(share, 12)));
  });

  test("learns nothing from what is not over, or not known yet", () => {
    const later = reportsAt(
      Array.from({ length: 300 }, (_, at) => ({
        cell: at % cells,
        at: origin + at * 3_600_000,
      })),
    );
    const joined = {
      cell: Uint32Array.from([...reports.cell, ...later.cell]),
      middle: Float64Array.from([...reports.middle, ...later.middle]),
      known: Float64Array.from([...reports.known, ...later.known]),
      weight: Float64Array.from([...reports.weight, ...later.weight]),
    };
    expect(createModelMixer(joined, near).mix(months)).toEqual(mix);
  });
});

describe("what models are weighed by", () => {
  const mixOf = (of: Reports) => createModelMixer(of, near).mix(months);

  test("models that forget within weeks count where places move so soon, and nothing where they stay", () => {
    const fast = ({ weights }: ReturnType<typeof mixOf>) =>
      sumOf(weights.subarray(weights.length - 2 * neighbourWeights.length));
    // Five places, others each month, or for ever.
    const places = (month: number, random: () => number) => month * 5 + Math.floor(random() * 5);
    const ages = (at: number) => Math.floor((origin - at) / dayMs / 30);
    const moving = mixOf(drawn(4_000, 900, (at, random) => places(ages(at), random)));
    expect(fast(moving)).toBeGreaterThan(0.8);
    const staying = mixOf(drawn(4_000, 900, (_, random) => Math.floor(random() ** 3 * cells)));
    expect(fast(staying)).toBeLessThan(0.1);
    // Hours take months to show, whatever places do.
    expect(steadyDecays).toContain(moving.decay);
  });

  test("one fold alone moves the weights little", () => {
    const young = drawn(24, 45, (_, random) => Math.floor(random() ** 3 * cells));
    const { weights, folds } = mixOf(young);
    expect(folds).toBe(1);
    expect(Math.max(...weights)).toBeLessThan(2 / candidateModels.length);
  });

  test("few pseudocounts where all come to the same places, many where they come anywhere", () => {
    const same = drawn(4_000, 900, (_, random) => Math.floor(random() * 5));
    const anywhere = drawn(4_000, 900, (_, random) => Math.floor(random() * cells));
    expect(mixOf(same).model.pseudocount).toBe(Math.min(...pseudocounts));
    expect(mixOf(anywhere).model.pseudocount).toBe(Math.max(...pseudocounts));
  });

  test("what came lately counts more than what came long ago", () => {
    // A year in which every 13th cell has all reports, and one in which places are diffuse.
    const lump = (random: () => number) => 13 * Math.floor(random() * (cells / 13));
    const near = (random: () => number) => Math.floor(random() ** 2 * cells);
    const mixed = (isLump: (age: number) => boolean) =>
      mixOf(
        drawn(3_000, 730, (at, random) =>
          isLump((origin - at) / dayMs) ? lump(random) : near(random),
        ),
      );
    const alone = ({ weights }: ReturnType<typeof mixed>) =>
      sumOf(weights.filter((_, at) => candidateModels[at]?.neighbourWeight === 0));
    const [late, early] = [mixed((age) => age < 365), mixed((age) => age > 365)].map(alone);
    expect(late).toBeGreaterThan(4 * (early as number));
  });

  test("a report that was not known as its fold ended is not in that fold", () => {
    const reports = drawn(2_000, 900, (_, random) => Math.floor(random() ** 3 * cells));
    const late = Float64Array.from(reports.known, (at, row) =>
      row % 3 === 0 ? origin + dayMs : at,
    );
    const moved = Uint32Array.from(reports.cell, (cell, row) => (row % 3 === 0 ? 0 : cell));
    expect(mixOf({ ...reports, known: late, cell: moved })).toEqual(
      mixOf({ ...reports, known: late }),
    );
  });
});

describe("the level", () => {
  const levelOf = (reports: Reports) =>
    createLevelChooser(reports).choose(knownFolds(months, reports), origin);

  test("is the rate of a steady past, known to a few per cent", () => {
    const { perWeek, spread } = levelOf(drawn(5_200, 728, () => 0));
    expect(perWeek).toBeGreaterThan(46);
    expect(perWeek).toBeLessThan(54);
    expect(Math.sqrt(spread ?? 1)).toBeLessThan(0.12);
  });

  test("follows a step, and is not sure of itself in a past that jumps about", () => {
    const rows = (rate: (week: number) => number) =>
      Array.from({ length: 104 }, (_, back) =>
        Array.from({ length: rate(back) }, (_unused, n) => ({
          cell: 0,
          at: origin - (back + (n + 0.5) / rate(back)) * 7 * dayMs,
        })),
      ).flat();
    const stepped = levelOf(reportsAt(rows((back) => (back < 40 ? 60 : 20))));
    expect(stepped.perWeek).toBeGreaterThan(50);
    const steady = levelOf(reportsAt(rows(() => 30)));
    const jumping = levelOf(reportsAt(rows((back) => (Math.floor(back / 5) % 2 ? 10 : 50))));
    expect(jumping.spread).toBeGreaterThan(4 * (steady.spread ?? 1));
  });

  test("of months that are unknown is neither learnt nor lost", () => {
    const unknown = unknownMonthsOf(zone, ["2021-02", "2021-09"]);
    const steady = drawn(5_200, 728, () => 0);
    const isKnown = (at: number) => !isUnknownAt(at, unknown);
    const rows = Array.from(steady.middle.filter(isKnown), (at) => ({ at, cell: 0 }));
    const whole = levelOf(steady);
    const cut = levelOf({ ...reportsAt(rows), unknown });
    expect(Math.abs(cut.perWeek / whole.perWeek - 1)).toBeLessThan(0.04);
    expect(cut.spread).toBeLessThan(0.01);
    // Taken for quiet, they lower it.
    expect(levelOf(reportsAt(rows)).perWeek).toBeLessThan(0.95 * whole.perWeek);
  });

  test("of no report is nothing", () => {
    expect(levelOf(reportsAt([]))).toEqual({ perWeek: 0, spread: null });
  });

  test("has no doubt that could be told before eight months are over", () => {
    const spreadAfter = (days: number) => levelOf(drawn(days * 5, days, () => 0)).spread;
    // A first part of a month is none, and 28 days come before the first that counts.
    expect(spreadAfter(265)).toBeNull();
    expect(spreadAfter(285)).not.toBeNull();
  });
});

test("periods of which a part is unknown widen no interval", () => {
  const unknown = unknownMonthsOf(zone, ["2021-02", "2021-04", "2021-06", "2021-08"]);
  const steady = drawn(20_000, 1_100, (_, random) => Math.floor(random() ** 3 * cells));
  const rows = Array.from(steady.middle, (at, row) => ({ at, cell: steady.cell[row] as number }));
  const reports = reportsAt(rows.filter(({ at }) => !isUnknownAt(at, unknown)));
  const spreadOf = (of: Reports) =>
    createForecaster(of, { near, zone, horizon: 28 })({ from: "2021-11-01" }, origin).spread;
  expect(spreadOf({ ...reports, unknown })).toBeLessThan(0.02);
  // Taken for quiet, they do.
  expect(spreadOf(reports)).toBeGreaterThan(0.05);
});

test("a forecast from nothing has even shares, no level, and no NaN", () => {
  const forecast = createForecaster(reportsAt([]), { near, zone, horizon: "month" })(
    { from: "2021-11-01" },
    origin,
  );
  expect(forecast.perWeek).toBe(0);
  expect([...forecast.shares, ...forecast.support].every(Number.isFinite)).toBe(true);
  expect(forecast.spread).toBeNull();
});
