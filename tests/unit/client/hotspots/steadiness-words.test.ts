import { expect, test } from "vitest";
import { steadinessWords } from "#client/hotspots/story/steadiness-words.ts";

const noun = { one: "report", many: "reports" };

test("what busy places hold later, what a fall there is worth, and how large one must be to be noticed", () => {
  const steady = { kept: 6.5, heldNow: 0.31, heldLater: 0.14 };
  expect(
    steadinessWords({
      steady,
      hot: { before: 24, kept: 9 },
      total: 400,
      weeks: 8,
      period: "8 weeks",
      noun,
    }),
  ).toBe(
    "Still hotspots now: 9 of the 24 in the 8 weeks before. 7 of the 10 busiest cells now were also among the 10 busiest of the 8 weeks before. Those picked then hold 14% of reports now. Those picked now hold 31%, partly by luck. If reports fell by 10% in the cells picked then, the whole area would fall by 1.4%. They bring about 84 reports in 12 weeks: too few to notice a fall smaller than 39%.",
  );
});

test("so few that nothing could be seen", () => {
  const steady = { kept: 0, heldNow: 0.2, heldLater: 0.1 };
  const hot = { before: 0, kept: 0 };
  const words = steadinessWords({ steady, hot, total: 10, weeks: 8, period: "8 weeks", noun });
  expect(words).not.toContain("hotspots");
  expect(words).toContain("They bring about 2 reports in 12 weeks: too few to show any fall.");
});
