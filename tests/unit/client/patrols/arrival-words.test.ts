import { expect, test } from "vitest";
import {
  arrivalSentence,
  guessText,
  scoreText,
} from "#core/patrols/arrival-times/arrival-words.ts";

/** Of so many permitted half-hours that chance alone tells none. */
const told = (score: number | null) => ({ score, guessed: score === null ? null : 1 - score });
const times = (score: number | null, before: number | null) => ({
  ...told(score),
  before: told(before),
});

test("how often an observer guesses is said in words, beside the week before where there is one", () => {
  expect(arrivalSentence(times(0.861, 0.62))).toBe(
    "Arrival times: an observer would guess the half-hour 1 time in 7 (the week before, 1 time in 3). Varied: 86 of 100.",
  );
  expect(arrivalSentence(times(0.2, null))).toBe(
    "Arrival times: an observer would guess the half-hour 8 times in 10. Varied: 20 of 100.",
  );
  expect(arrivalSentence(times(null, 0.62))).toBe("Arrival times: too few visits to tell.");
  expect(scoreText(null)).toBe("Too few visits to tell");
});

test.each([
  [1, "nearly every time"],
  [0.95, "nearly every time"],
  [0.9, "9 times in 10"],
  [0.67, "7 times in 10"],
  [0.66, "1 time in 2"],
  [0.5, "1 time in 2"],
  [1 / 3, "1 time in 3"],
  [1 / 16, "1 time in 16"],
])("%f is said as %s", (guessed, words) => {
  expect(guessText(guessed)).toBe(words);
});
