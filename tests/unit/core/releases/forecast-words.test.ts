import { expect, test } from "vitest";
import type { OutcomeContent } from "#core/patrols/wire/forecast-seals.ts";
import { forecastWords } from "#core/releases/forecast-words.ts";
import { addDays } from "#core/time/zone.ts";

const months = ["2021-08", "2021-09", "2021-10"];
const week = (at: number) => addDays("2021-08-02", 7 * at);

function outcome(at: number, forecast: number, total = 23): OutcomeContent {
  const counts = { "count-3": 2, "count-12": 5, "count-36": 2 };
  return {
    format: 1,
    week: week(at),
    asAt: addDays(week(at), 14),
    came: [],
    total,
    scores: [{ share: 0.02, cells: 170, forecast, counts }],
  };
}
const head = "abcdef0123456789".repeat(4);
const say = (outcomes: readonly OutcomeContent[], isReplayed = false) =>
  forecastWords({ outcomes, head, isReplayed }, months);

test("says of public months how many weeks, and nothing of a week with few reports, a place or a number of reports", () => {
  const weeks = Array.from({ length: 12 }, (_, at) => outcome(at, [9, 5, 1, 9][at % 4] ?? 0));
  const few = outcome(12, 1, 9);
  const outside = outcome(14, 1);
  const { text, basis } = say([...weeks, few, outside]);
  expect(text).toBe(
    "Each week the places that the forecast chose are compared with as many chosen by counting last year's reports. They had more reports in 6 of 12 weeks, as many in 3, fewer in 3. There are not enough reports to tell whether they do better than the best of three ways of counting.",
  );
  expect(basis).toMatch(/^Weeks from 2 August 2021 to 24 October 2021\. /);
  expect(basis).toContain("Last seal: abcdef0123456789.");
  expect(`${text} ${basis}`).not.toMatch(/\b23\b|\b170\b/);
  expect(say(weeks)).toEqual(say([...weeks, few, outside]));
});

test("says the same openly where a plain count found more", () => {
  const { text } = say(Array.from({ length: 12 }, (_, at) => outcome(at, 1)));
  expect(text).toMatch(
    /more reports in 0 of 12 weeks, fewer in 12\. Over all these weeks the best of three ways/,
  );
});

test("says that replayed ones prove nothing, and where there is no week", () => {
  expect(say([outcome(0, 9)], true).basis).toContain("so they prove nothing");
  expect(say([]).text).toBe("No week of these months has a sealed forecast to judge.");
});
