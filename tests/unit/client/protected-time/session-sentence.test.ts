import { expect, test } from "vitest";
import { sessionSentence } from "#client/protected-time/outreach/outreach-words.ts";
import type { SessionRule } from "#core/protected-time/session.ts";

const here = { today: "2021-11-26" };
const rule: SessionRule = {
  repeats: "weekly",
  firstDate: "2021-12-01",
  start: "19:00",
  end: "22:00",
  everyWeeks: 1,
  until: null,
};

test("a session is titled by what was understood: its day and times, and the dates without it", () => {
  expect(sessionSentence(here, { rule, except: [] })).toBe("Every Wednesday, 7pm to 10pm");
  expect(sessionSentence(here, { rule, except: ["2021-12-08"] })).toBe(
    "Every Wednesday, 7pm to 10pm, except Wed 8 Dec",
  );
});

test("a date that is none of its own, or past, is not named", () => {
  expect(sessionSentence(here, { rule, except: ["2021-12-09", "2021-11-03"] })).toBe(
    "Every Wednesday, 7pm to 10pm",
  );
});
