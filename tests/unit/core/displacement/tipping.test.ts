import { expect, test } from "vitest";
import { compareWithControl, verdictsOf } from "#core/displacement/compare.ts";
import { tipsOf, wrongIfWords } from "#core/displacement/tipping.ts";
import type { PrePost } from "#core/stats/wdd.ts";

const chance = { dispersion: null, placebo: null };

function rowOf(treated: PrePost, control: PrePost, more: object = {}) {
  const [verdict = "cannot_tell"] = verdictsOf([compareWithControl(treated, control)]);
  const tips = tipsOf({ treated, control, widening: chance, beside: [] });
  return { treated, control, verdict, tips, oneSided: false, ...more };
}

test("a fall is told with the fewest reports that would undo it, each way", () => {
  // 40 + 6 fall by more than 1.96 standard errors of 60 + 6, 40 + 7 do not.
  const row = rowOf([100, 40], [400, 400]);
  expect(row.verdict).toBe("fall");
  const [after, before, control] = row.tips ?? [];
  for (const [tip, treated, compared] of [
    [after, [100, 40 + (after?.by ?? 0)], [400, 400]],
    [before, [100 + (before?.by ?? 0), 40], [400, 400]],
    [control, [100, 40], [400, 400 + (control?.by ?? 0)]],
  ] as const) {
    expect(verdictsOf([compareWithControl(treated, compared)])).toEqual([tip?.to]);
    expect(tip?.to).toBe("no_clear_change");
  }
  expect(wrongIfWords(row)).toBe(
    `This could no longer be said if ${after?.by} more had been reported after the start, if ${-(before?.by ?? 0)} of the 100 reports before the start should not count, or if the operation itself raised reports in the comparison area by ${Math.ceil((-100 * (control?.by ?? 0)) / (400 + (control?.by ?? 0)))}%.`,
  );
});

test("a rise that rests on the far side says so, and a fall beside a side without records too", () => {
  expect(wrongIfWords(rowOf([40, 100], [400, 400], { restsBeyond: true }))).toContain(
    "or if more was recorded beyond the boundary than before (this side alone shows no rise).",
  );
  expect(wrongIfWords(rowOf([100, 40], [400, 400], { oneSided: true }))).toContain(
    "or if the problem moved to where nothing is recorded.",
  );
});

test("no significant change is told with what it would take to read otherwise", () => {
  const words = wrongIfWords(rowOf([50, 52], [400, 400], { oneSided: true }));
  expect(words).toMatch(
    /^This would read as a rise with \d+ more reports after the start, and as a fall without \d+ of the 52 reports after the start\. This would be wrong if the problem moved/,
  );
  // Without most of so few it could not be told at all, which is no fall.
  expect(wrongIfWords(rowOf([12, 12], [400, 400]))).toMatch(
    /^This would read as a rise with \d+ more reports after the start\.$/,
  );
});

test("what cannot be told has no such line", () => {
  expect(wrongIfWords(rowOf([9, 40], [400, 400]))).toBeNull();
});
