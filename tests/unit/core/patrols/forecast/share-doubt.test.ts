import { expect, test } from "vitest";
import type { Reports } from "#core/patrols/forecast/reports.ts";
import { createShareDoubt, heldShare } from "#core/patrols/forecast/share-doubt.ts";
import { createRandom } from "#core/random.ts";
import { foldsBefore } from "#core/stats/folds.ts";
import { createZone, dayMs } from "#core/time/zone.ts";

const zone = createZone("Europe/London");
const folds = foldsBefore(zone, { from: "2021-11-01" }, "month", 24);
const units = {
  cells: { length: 100 },
  offsets: new Uint32Array(101),
  targets: new Uint32Array(0),
};
/** One cell is to hold three tenths, which the best 1% is. */
const shares = new Float64Array(100).fill(0.7 / 99);
shares[0] = 0.3;

/** So many reports a fold, as it was expected, of which a part comes to the first cell. */
function reportsWith(perFold: number, partOf: (fold: number) => number): Reports {
  const rows = folds.flatMap(({ start }, fold) => {
    const there = Math.round(perFold * partOf(fold));
    return Array.from({ length: perFold }, (_, at) => ({
      cell: at < there ? 0 : 1 + (at % 99),
      at: start + dayMs + at,
    }));
  });
  // Something has to be known before the first fold.
  rows.unshift({ cell: 5, at: (folds[0]?.start ?? 0) - dayMs });
  const middle = Float64Array.from(rows, ({ at }) => at);
  const cell = Uint32Array.from(rows, (row) => row.cell);
  return { cell, middle, known: middle, weight: new Float64Array(rows.length).fill(1) };
}

const best = (reports: Reports) =>
  createShareDoubt(reports, units, () => ({ shares, expected: 200 }))(folds)[0];

test("a part that held half of what was expected is told so, within what scatters anyway", () => {
  const doubt = best(reportsWith(200, () => 0.15));
  expect(doubt?.ratio).toBeGreaterThan(0.48);
  expect(doubt?.ratio).toBeLessThan(0.55);
  // As the first folds were forecast nothing was known of it yet: they were far off.
  expect(doubt?.spread).toBeLessThan(0.05);
});

test("a part that held now much and now little has a wide interval around the right ratio", () => {
  const random = createRandom(2);
  const doubt = best(reportsWith(200, () => (random.next() < 0.5 ? 0.15 : 0.45)));
  expect(doubt?.ratio).toBeGreaterThan(0.8);
  expect(doubt?.ratio).toBeLessThan(1.2);
  expect(Math.sqrt(doubt?.spread ?? 0)).toBeGreaterThan(0.3);
});

test("a fold of one report hides nothing of the others", () => {
  const wide = (fold: number) => (fold % 2 === 0 ? 0.15 : 0.45);
  const steady = best(reportsWith(200, wide));
  const reports = reportsWith(200, wide);
  // Of the last fold one report alone is left, and it missed.
  const last = folds.at(-1)?.start ?? 0;
  const kept = [...reports.middle.keys()].filter((row) => (reports.middle[row] ?? 0) < last);
  kept.push(reports.middle.length - 1);
  const some: Reports = {
    cell: Uint32Array.from(kept, (row) => reports.cell[row] as number),
    middle: Float64Array.from(kept, (row) => reports.middle[row] as number),
    known: Float64Array.from(kept, (row) => reports.known[row] as number),
    weight: new Float64Array(kept.length).fill(1),
  };
  const ratio = (best(some)?.spread ?? 0) / (steady?.spread ?? 1);
  expect(ratio).toBeGreaterThan(0.8);
  expect(ratio).toBeLessThan(1.25);
});

test("without a fold it is as it was expected; no part holds more than all", () => {
  expect(best({ ...reportsWith(1, () => 0), known: new Float64Array(25).fill(Infinity) })).toEqual({
    ratio: 1,
    spread: null,
  });
  expect(heldShare({ ratio: 1.4 }, 0.9)).toBe(1);
  expect(heldShare({ ratio: 0.5 }, 0.2)).toBe(0.1);
});
