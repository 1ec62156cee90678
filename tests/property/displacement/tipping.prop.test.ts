import { test as property } from "@fast-check/vitest";
import fc from "fast-check";
import { expect } from "vitest";
import { compareWithControl } from "#core/displacement/compare.ts";
import { type TippedPlace, tipsOf, verdictWith } from "#core/displacement/tipping.ts";

const count = fc.integer({ min: 10, max: 120 });
const counts = fc.tuple(count, count);
const many = fc.tuple(fc.integer({ min: 10, max: 600 }), fc.integer({ min: 10, max: 600 }));
const widening = fc.record({
  dispersion: fc.constantFrom(null, 1, 2.5),
  placebo: fc.constantFrom(null, { places: 12, spread: 0.2 }),
});
const places = fc.record({
  treated: counts,
  control: many,
  widening,
  beside: fc.array(
    fc.tuple(counts, many).map(([own, control]) => compareWithControl(own, control)),
    { maxLength: 4 },
  ),
});

/** Every count tried, one after the other. */
function firstTurn(place: TippedPlace, where: "before" | "after" | "control", sign: 1 | -1) {
  const counted = { before: place.treated[0], after: place.treated[1], control: place.control[1] };
  const most = sign < 0 ? counted[where] : 10 * counted[where];
  const now = verdictWith(place, where, 0);
  for (let by = 1; by <= most; by += 1) {
    const to = verdictWith(place, where, sign * by);
    if (to !== now) return { where, by: sign * by, to };
  }
  return null;
}

property.prop([places], { numRuns: 100 })(
  "the fewest reports that turn a verdict are those found by trying every count",
  (place) => {
    const tips = tipsOf(place);
    const now = verdictWith(place, "after", 0);
    const signs = { rise: [-1, 1, 1], fall: [1, -1, -1] } as const;
    if (now === "cannot_tell") return expect(tips).toBeNull();
    const tried =
      now === "no_clear_change"
        ? [firstTurn(place, "after", 1), firstTurn(place, "after", -1)]
        : (["after", "before", "control"] as const).map((where, at) =>
            firstTurn(place, where, signs[now][at] as 1 | -1),
          );
    const told =
      now === "no_clear_change" ? tried.filter((tip) => tip?.to !== "cannot_tell") : tried;
    expect(tips).toEqual(told.filter((tip) => tip !== null));
  },
);
