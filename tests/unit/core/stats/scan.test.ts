import { describe, expect, test } from "vitest";
import { createRandom } from "#core/random.ts";
import { type ScanCases, type ScanOptions, spaceTimeScan } from "#core/stats/scan.ts";
import { describeOracle, readOracle } from "#tests/support/oracles.ts";

const options: ScanOptions = {
  days: 30,
  maxRadius: 600,
  maxDays: 7,
  prospective: true,
  replicates: 0,
  seed: 1,
};

function randomCases(seed: number, count: number): ScanCases {
  const random = createRandom(seed);
  const places = Array.from({ length: 25 }, (_, at) => `p${String(at).padStart(2, "0")}`);
  return {
    places,
    x: places.map((_, at) => (at % 5) * 250),
    y: places.map((_, at) => Math.floor(at / 5) * 250),
    place: Array.from({ length: count }, () => random.integer(25)),
    day: Array.from({ length: count }, () => 1 + random.integer(30)),
  };
}

/** Every circle and every window, with no shortcut. */
function bruteForce(cases: ScanCases, reach: ScanOptions): number {
  const circles = cases.places.flatMap((_, centre) => circlesOf(cases, centre, reach.maxRadius));
  const ratios = circles.flatMap((inside) =>
    windowsOf(reach).map((window) => ratioOf(cases, inside, window)),
  );
  return Math.max(0, ...ratios);
}

function circlesOf(cases: ScanCases, centre: number, maxRadius: number): number[][] {
  const metres = cases.places.map((_, at) =>
    Math.hypot(
      (cases.x[at] as number) - (cases.x[centre] as number),
      (cases.y[at] as number) - (cases.y[centre] as number),
    ),
  );
  return metres
    .filter((radius) => radius <= maxRadius)
    .map((radius) =>
      Array.from(cases.place, (place, at) => ({ place, at })).flatMap(({ place, at }) =>
        (metres[place] as number) <= radius ? [at] : [],
      ),
    )
    .filter((inside) => inside.length <= cases.day.length / 2);
}

function windowsOf({ days, maxDays, prospective }: ScanOptions): [from: number, to: number][] {
  const starts = Array.from({ length: days }, (_, at) => at + 1);
  return starts.flatMap((from) =>
    starts
      .filter((to) => to >= from && to < from + maxDays && (!prospective || to === days))
      .map((to): [number, number] => [from, to]),
  );
}

function ratioOf(cases: ScanCases, inside: number[], [from, to]: [number, number]): number {
  const isIn = (day: number) => day >= from && day <= to;
  const total = cases.day.length;
  const observed = inside.filter((at) => isIn(cases.day[at] as number)).length;
  const expected = (inside.length * Array.from(cases.day).filter(isIn).length) / total;
  if (observed < 2 || observed <= expected) return 0;
  const rest = total - observed;
  return (
    observed * Math.log(observed / expected) +
    (rest === 0 ? 0 : rest * Math.log(rest / (total - expected)))
  );
}

describe("the space-time permutation scan", () => {
  test.each([1, 2, 3, 4, 5, 6])("finds what a search of all zones finds (seed %i)", (seed) => {
    const cases = randomCases(seed, 80);
    for (const prospective of [true, false]) {
      const all = { ...options, prospective };
      expect(spaceTimeScan(cases, all)?.llr ?? 0).toBeCloseTo(bruteForce(cases, all), 9);
    }
  });

  test("has a p that is the share of shuffles with as much", () => {
    const cases = randomCases(9, 60);
    const all = { ...options, replicates: 199 };
    const found = spaceTimeScan(cases, all);
    // The same shuffles, each searched whole.
    const random = createRandom(all.seed);
    const days = Array.from(cases.day);
    let atLeast = 0;
    for (let replicate = 0; replicate < 199; replicate += 1) {
      const most = spaceTimeScan({ ...cases, day: random.shuffle(days) }, options)?.llr ?? 0;
      if (most >= (found?.llr ?? 0) * (1 - 1e-9)) atLeast += 1;
    }
    expect(found?.p).toBe((atLeast + 1) / 200);
  });

  test("finds a cluster that was put there, with its place, days and a small p", () => {
    const cases = randomCases(4, 200);
    const here = { place: Array.from(cases.place), day: Array.from(cases.day) };
    for (let extra = 0; extra < 12; extra += 1) {
      here.place.push(12);
      here.day.push(26 + (extra % 5));
    }
    const found = spaceTimeScan({ ...cases, ...here }, { ...options, replicates: 999 });
    expect(found?.members).toContain("p12");
    expect(found?.firstDay).toBeGreaterThanOrEqual(24);
    expect(found?.lastDay).toBe(30);
    expect(found?.observed).toBeGreaterThan(found?.expected ?? Number.NaN);
    expect(found?.p).toBe(0.001);
  });

  test("of nothing, of one case, or of equal days is no cluster", () => {
    const none = { places: [], x: [], y: [], place: [], day: [] };
    expect(spaceTimeScan(none, options)).toBeNull();
    const one = { places: ["a"], x: [0], y: [0], place: [0], day: [30] };
    expect(spaceTimeScan(one, options)).toBeNull();
    const cases = randomCases(2, 50);
    const day = Array.from(cases.day, () => 30);
    expect(spaceTimeScan({ ...cases, day }, { ...options, replicates: 99 })).toBeNull();
  });
});

interface Answer {
  readonly llr: number;
  readonly members: readonly string[];
  readonly observed: number;
  readonly expected: number;
  readonly start_day: number;
  readonly end_day: number;
  readonly radius_km: number;
  readonly mc: { readonly p: number };
}
interface Oracle {
  readonly memphis_jan_prospective: Answer;
  readonly memphis_jan_retrospective: Answer;
  readonly memphis_locations_km: Readonly<Record<string, readonly [number, number]>>;
  readonly satscan_10_3_2: Readonly<
    Record<
      "memphis_prospective" | "memphis_retrospective",
      { readonly llr: number; readonly p: number }
    >
  >;
  readonly memphis_cases: readonly (readonly [string, number])[];
}

describeOracle("the space-time permutation scan against SaTScan", () => {
  test.each([
    ["memphis_jan_prospective", true],
    ["memphis_jan_retrospective", false],
  ] as const)("%s", (name, prospective) => {
    const oracle = readOracle<Oracle>("stp_scan.json");
    const wanted = oracle[name];
    const places = Object.keys(oracle.memphis_locations_km).sort();
    const at = places.map((id) => oracle.memphis_locations_km[id] ?? [0, 0]);
    const found = spaceTimeScan(
      {
        places,
        x: at.map(([x]) => x * 1000),
        y: at.map(([, y]) => y * 1000),
        place: oracle.memphis_cases.map(([id]) => places.indexOf(id)),
        day: oracle.memphis_cases.map(([, day]) => day),
      },
      { days: 31, maxRadius: 3000, maxDays: 7, prospective, replicates: 999, seed: 1 },
    );
    expect(Math.abs((found?.llr ?? 0) - wanted.llr)).toBeLessThan(1e-6);
    expect(Math.abs((found?.expected ?? 0) - wanted.expected)).toBeLessThan(1e-6);
    expect(found).toMatchObject({
      observed: wanted.observed,
      firstDay: wanted.start_day,
      lastDay: wanted.end_day,
    });
    expect([...(found?.members ?? [])].sort()).toEqual([...wanted.members].sort());
    expect((found?.radius ?? 0) / 1000).toBeCloseTo(wanted.radius_km, 6);
    expect(Math.abs((found?.p ?? 0) - wanted.mc.p)).toBeLessThan(0.06);
    const theirs =
      oracle.satscan_10_3_2[prospective ? "memphis_prospective" : "memphis_retrospective"];
    expect(Math.abs((found?.llr ?? 0) - theirs.llr)).toBeLessThan(1e-5);
    expect(Math.abs((found?.p ?? 0) - theirs.p)).toBeLessThan(0.06);
  });
});
