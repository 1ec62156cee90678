import { expect, test } from "vitest";
import { arrivalSentence, scoreText, trendSentence } from "#client/patrols/arrival-words.ts";

const times = (score: number | null, before: number | null) => ({
  score,
  weeks: [
    { from: "2021-11-15", score: null },
    { from: "2021-11-22", score: before },
  ],
});

test("a score is said in words, beside that of the week before where there is one", () => {
  expect(arrivalSentence(times(0.861, 0.62))).toBe(
    "Arrival times: 86 of 100 for being hard to predict (62 the week before).",
  );
  expect(arrivalSentence(times(1, null))).toBe(
    "Arrival times: 100 of 100 for being hard to predict.",
  );
  expect(arrivalSentence(times(null, 0.62))).toBe(
    "Arrival times: too few visits to tell how hard to predict.",
  );
  expect(scoreText(null)).toBe("Too few visits to tell");
});

test("whoever does not see the bars hears each week", () => {
  expect(trendSentence(times(0.861, 0.62))).toBe(
    "By week: Mon 15 Nov too few visits, Mon 22 Nov 62, this plan 86.",
  );
});
