import fc from "fast-check";
import { expect, test } from "vitest";
import { createDoseTally, storable } from "#core/patrols/positions/dose-tally.ts";
import {
  createFixStore,
  packFix,
  placeOfFix,
  timeOfFix,
} from "#core/patrols/positions/fix-store.ts";
import {
  addDeviceDose,
  createDayFinder,
  createGapCounts,
  measureDose,
} from "#core/patrols/positions/read-positions.ts";
import { createRandom } from "#core/random.ts";
import { createZone, minuteMs } from "#core/time/zone.ts";

const zone = createZone("Europe/London");
const noon = Date.parse("2021-11-05T12:00Z");
const friday = 18_936;

/** Fixes as seconds from noon and place. */
type Fix = readonly [second: number, place: number];

function doseOf(devices: readonly (readonly Fix[])[], refresh: number) {
  const tally = createDoseTally();
  const days = createDayFinder(zone);
  for (const fixes of devices) {
    const packed = Float64Array.from(fixes, ([s, place]) => packFix(noon + s * 1000, place)).sort();
    addDeviceDose(tally, packed, { refreshMs: refresh * 1000, days });
  }
  return tally.finish();
}

const every = (step: number, count: number, place: number, from = 0): Fix[] =>
  Array.from({ length: count }, (_, index) => [from + index * step, place] as const);

test("time between fixes counts half to each end", () => {
  const { cells, minutes, gaps } = doseOf([[...every(60, 2, 7), ...every(60, 2, 8, 120)]], 60);
  expect(minutes).toBe(3);
  expect(gaps).toBe(0);
  expect(cells.map(({ day, place, minutes }) => [day, place, minutes])).toEqual([
    [friday, 7, 1.5],
    [friday, 8, 1.5],
  ]);
});

test("a gap of three refreshes counts, and a longer one counts nowhere", () => {
  const kept = doseOf([every(180, 2, 1)], 60);
  expect(kept).toMatchObject({ minutes: 3, gaps: 0, gapMinutes: 0 });
  const cut = doseOf([[...every(60, 2, 1), ...every(60, 2, 1, 241)]], 60);
  expect(cut).toMatchObject({ minutes: 2, gaps: 1 });
  expect(cut.gapMinutes).toBeCloseTo(181 / 60, 10);
});

test("a visit is three minutes in a place with less than five between its parts", () => {
  const visits = (...fixes: Fix[]) => doseOf([fixes], 60).visits;
  expect(visits(...every(60, 4, 1))).toBe(1);
  expect(visits(...every(59, 4, 1))).toBe(0);
  // Two halves of 1.5 minutes, with 4 minutes elsewhere between them: one visit, and one there.
  expect(visits(...every(60, 2, 1), ...every(60, 4, 2, 120), ...every(60, 2, 1, 360))).toBe(2);
  // With 5 minutes between them neither half is one.
  expect(visits(...every(60, 2, 1), ...every(60, 5, 2, 120), ...every(60, 2, 1, 420))).toBe(1);
  // A gap in the log under five minutes joins as well, though it counts nowhere.
  expect(visits(...every(60, 3, 1), ...every(60, 3, 1, 400))).toBe(1);
  expect(visits(...every(60, 3, 1), ...every(60, 3, 1, 420))).toBe(0);
});

test("outside the area nothing counts but the half that was spent inside", () => {
  const passing = [...every(120, 2, -1), ...every(60, 1, 3, 60)];
  expect(doseOf([passing], 60)).toMatchObject({ minutes: 1 });
});

test("a stay over midnight goes to both days, by London's clock", () => {
  const summer = Date.parse("2021-07-05T22:58Z");
  const tally = createDoseTally();
  const fixes = Float64Array.from([0, 1, 2, 3, 4, 5], (m) => packFix(summer + m * minuteMs, 2));
  addDeviceDose(tally, fixes, { refreshMs: minuteMs, days: createDayFinder(zone) });
  expect(tally.finish().cells.map(({ day, minutes }) => [day, minutes])).toEqual([
    [Date.parse("2021-07-05") / 86_400_000, 2],
    [Date.parse("2021-07-06") / 86_400_000, 3],
  ]);
});

test("two fixes of one moment count once, whatever their order", () => {
  const fixes = [...every(60, 2, 1), ...every(60, 2, 2, 60)];
  const a = doseOf([fixes], 60);
  const b = doseOf([fixes.toReversed()], 60);
  expect(a).toEqual(b);
  expect(a.minutes).toBe(2);
});

test("a fix is one number that gives time and place back", () => {
  for (const at of [noon, noon + 100, Date.UTC(2099, 11, 31, 23, 59)]) {
    for (const place of [-1, 0, 8_300, 262_141]) {
      expect([timeOfFix(packFix(at, place)), placeOfFix(packFix(at, place))]).toEqual([at, place]);
    }
  }
});

/** A walk over a row of places, as a function of time. */
function walk(seed: number, minutes: number) {
  const random = createRandom(seed);
  const changes: { at: number; place: number }[] = [];
  let place = 50;
  for (let at = 0; at < minutes * 60; ) {
    changes.push({ at, place });
    at += 90 + random.next() * 600;
    place += random.next() < 0.5 ? -1 : 1;
  }
  return (second: number) => changes.findLast((change) => change.at <= second)?.place ?? 50;
}

const sampled = (place: (second: number) => number, step: number, phase: number, minutes: number) =>
  Array.from({ length: Math.floor((minutes * 60 - phase) / step) + 1 }, (_, index): Fix => {
    const second = Math.round((phase + index * step) * 10) / 10;
    return [second, place(second)];
  });

test("all time of a run is counted once: places add up to the time from first to last fix", () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(4_000), fc.integer({ min: 0, max: 4 })), { minLength: 2 }),
      (fixes) => {
        const dose = doseOf([fixes], 1_400);
        const seconds = fixes.map(([second]) => second);
        const span = (Math.max(...seconds) - Math.min(...seconds)) / 60;
        const sum = dose.cells.reduce((all, cell) => all + cell.minutes, 0);
        expect(dose.minutes).toBeCloseTo(span, 6);
        expect(sum).toBeCloseTo(span, 6);
        for (const { low, minutes, high } of dose.cells) {
          expect(low).toBeLessThanOrEqual(minutes);
          expect(high).toBeGreaterThanOrEqual(minutes);
        }
      },
    ),
    { numRuns: 60 },
  );
});

test("5, 15, 30 and 60 seconds give the same dose within the band", () => {
  const [hours, minutes] = [4, 240];
  let [inside, all] = [0, 0];
  for (let seed = 0; seed < 25; seed += 1) {
    const place = walk(seed, minutes);
    const truth = new Map<number, number>();
    for (let second = 0; second < minutes * 60; second += 1) {
      truth.set(place(second), (truth.get(place(second)) ?? 0) + 1 / 60);
    }
    for (const step of [5, 15, 30, 60]) {
      const phase = createRandom(seed * 100 + step).next() * step;
      const dose = doseOf([sampled(place, step, phase, minutes)], step);
      expect(Math.abs(dose.minutes - hours * 60)).toBeLessThan((2 * step) / 60 + 0.01);
      for (const cell of dose.cells) {
        const real = truth.get(cell.place) ?? 0;
        all += 1;
        if (cell.low <= real + 1 / 60 && cell.high >= real - 1 / 60) inside += 1;
        expect(Math.abs(cell.minutes - real)).toBeLessThan(6 * (step / 60));
      }
    }
  }
  expect(all).toBeGreaterThan(500);
  expect(inside / all).toBeGreaterThan(0.93);
});

test("the band is as wide as what another beginning of the sampling gives", () => {
  const [step, minutes] = [60, 300];
  const place = walk(3, minutes);
  const byPlace = new Map<number, { minutes: number[]; reach: number[] }>();
  for (let phase = 0; phase < step; phase += 0.5) {
    for (const { place: where, minutes: m, high } of doseOf(
      [sampled(place, step, phase, minutes)],
      step,
    ).cells) {
      const held = byPlace.get(where) ?? { minutes: [], reach: [] };
      held.minutes.push(m);
      held.reach.push((high - m) / 1.96);
      byPlace.set(where, held);
    }
  }
  const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
  const ratios = [...byPlace.values()].map(({ minutes: m, reach }) => {
    const spread = Math.sqrt(mean(m.map((value) => (value - mean(m)) ** 2)));
    return mean(reach) / spread;
  });
  const middle = ratios.sort((a, b) => a - b)[Math.floor(ratios.length / 2)] ?? 0;
  expect(middle).toBeGreaterThan(0.8);
  expect(middle).toBeLessThan(1.3);
});

test("neither the order of lines nor which number a device has makes a difference", async () => {
  const devices = [1, 2, 3].map((seed) => sampled(walk(seed, 90), 30, seed, 90));
  const lines = devices.flatMap((fixes, device) => fixes.map((fix) => ({ device, fix })));
  const measured = async (order: readonly { device: number; fix: Fix }[]) => {
    const store = createFixStore();
    for (const { device, fix } of order) store.add(device, packFix(noon + fix[0] * 1000, fix[1]));
    return measureDose(store, { zone, refresh: null, pause: async () => undefined });
  };
  const first = await measured(lines);
  const shuffled = createRandom(9).shuffle([...lines]);
  const again = await measured(shuffled.map(({ device, fix }) => ({ device: 2 - device, fix })));
  expect(first.refresh).toBe(30);
  expect(
    again.cells.map(({ minutes, ...cell }) => ({ ...cell, minutes: minutes.toFixed(6) })),
  ).toEqual(first.cells.map(({ minutes, ...cell }) => ({ ...cell, minutes: minutes.toFixed(6) })));
});

test("a radio every 30 s and a vehicle every 5 s in one log count alike", async () => {
  const store = createFixStore();
  for (const [device, step] of [
    [0, 30],
    [1, 5],
  ] as const) {
    for (let s = 0; s <= 1_800; s += step) store.add(device, packFix(noon + s * 1000, 4));
  }
  const dose = await measureDose(store, { zone, refresh: null, pause: async () => undefined });
  expect(dose).toMatchObject({ minutes: 60, gaps: 0, visits: 2 });
});

test("a device that sends each second on its way and each minute while it stands keeps its time", async () => {
  const store = createFixStore();
  for (const device of [0, 1, 2]) {
    for (let s = 0; s < 600; s += 1) store.add(device, packFix(noon + s * 1000, 4));
    for (let s = 600; s <= 3_600; s += 60) store.add(device, packFix(noon + s * 1000, 4));
    // The next day is no gap of a refresh.
    store.add(device, packFix(noon + 86_400_000, 4));
  }
  const dose = await measureDose(store, { zone, refresh: null, pause: async () => undefined });
  expect(dose).toMatchObject({ minutes: 180, visits: 3, gaps: 3 });
  expect(storable(dose).days).toHaveLength(1);
});

test("a device that sends each five seconds and misses some keeps its refresh", async () => {
  const gaps = createGapCounts();
  const fixes = Array.from({ length: 700 }, (_, index) => index * 5).filter((s) => s % 500 > 60);
  gaps.add(Float64Array.from(fixes, (s) => packFix(noon + s * 1000, 1)));
  expect(gaps.refresh(10)).toBe(5_000);
  expect(gaps.median(10)).toBe(5_000);
});

test("a few fixes tell their refresh too, and one alone has the usual", async () => {
  const measured = (fixes: readonly Fix[]) => {
    const store = createFixStore();
    for (const [second, place] of fixes) store.add(0, packFix(noon + second * 1000, place));
    return measureDose(store, { zone, refresh: null, pause: async () => undefined });
  };
  expect(await measured(every(60, 3, 1))).toMatchObject({ refresh: 60, minutes: 2 });
  expect(await measured(every(60, 1, 1))).toMatchObject({ refresh: 30, minutes: 0 });
});

test("SAFEGUARDS 5: a day of one or two devices is never stored, nor a cell that was only passed through", () => {
  const day = (count: number) =>
    doseOf(
      Array.from({ length: count }, () => [...every(60, 41, 1), ...every(60, 2, 2, 2_460)]),
      60,
    );
  for (const few of [1, 2]) {
    expect(storable(day(few))).toEqual({ days: [], cells: [], withheld: 1 });
  }
  const enough = storable(day(3));
  expect(enough.withheld).toBe(0);
  expect(enough.days.map(({ devices }) => devices)).toEqual([3]);
  expect(enough.cells.map(({ place }) => place)).toEqual([1, 2]);
  const passing = doseOf(
    [every(60, 41, 1), every(60, 41, 1), [...every(60, 41, 1), [2_460, 2]]],
    60,
  );
  expect(storable(passing).cells.map(({ place }) => place)).toEqual([1]);
  // Three devices, two of which were hardly there, are one.
  const thin = doseOf([every(60, 120, 1), every(60, 20, 1), every(60, 20, 1)], 60);
  expect(storable(thin).days).toEqual([]);
});
