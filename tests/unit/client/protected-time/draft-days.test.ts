import { expect, test } from "vitest";
import { ruleSentence } from "#client/protected-time/outreach/outreach-words.ts";
import { draftOf, readDraft } from "#client/protected-time/session-form/draft.ts";
import {
  changeDraft,
  chosenDays,
  type Draft,
  whenOf,
} from "#client/protected-time/session-form/draft-when.ts";
import type { OutreachSessionReply } from "#core/protected-time/wire/outreach.ts";
import {
  freshDraft as fresh,
  draftLimits as limits,
  openedDraft as opened,
  savedPlace as saved,
  venue,
} from "#tests/support/session-drafts.ts";

test("the day that is tapped is the day on which it repeats, whatever day the form opened on", () => {
  const tuesday = {
    placeId: saved().id,
    rule: {
      repeats: "weekly",
      everyWeeks: 1,
      firstDate: "2021-10-05",
      start: "19:00",
      end: "22:00",
      until: null,
    },
    next: [{ date: "2021-11-30", state: "planned" }],
  } as unknown as OutreachSessionReply;
  for (const [opened, day] of [
    [fresh, 5],
    [{ ...draftOf(tuesday, "2021-11-26", []), placeId: null, at: venue, label: "Blue door" }, 2],
  ] as const) {
    const both = changeDraft(opened, { kind: "day", day: 3 });
    const draft = changeDraft(both, { kind: "day", day });
    expect(draft.firstDate).toBe("2021-12-01");
    const read = readDraft(draft, [], limits);
    expect(read).toMatchObject({ ok: true, value: { rule: { firstDate: "2021-12-01" } } });
    expect(read.ok && ruleSentence(limits, read.value.rule)).toBe("Every Wednesday, 7pm to 10pm");
  }
});

test("a new session has no weekday until one is tapped or a date gives it, and is not read without", () => {
  expect(chosenDays(opened)).toEqual([]);
  expect(readDraft(opened, [], limits)).toEqual({
    ok: false,
    reason: { days: "Tap the day or days of the week." },
  });
  expect(readDraft({ ...opened, repeats: "once" }, [], limits).ok).toBe(true);
  const tapped = changeDraft(opened, { kind: "day", day: 3 });
  expect(chosenDays(tapped)).toEqual([3]);
  expect(readDraft(tapped, [], limits)).toMatchObject({
    ok: true,
    value: { rule: { firstDate: "2021-12-01", days: [3] } },
  });
  const date = (firstDate: string, before = opened) =>
    changeDraft(before, { kind: "fields", part: { firstDate } });
  expect(chosenDays(date("2021-12-02"))).toEqual([4]);
  expect(readDraft(date("2021-12-02"), [], limits).ok).toBe(true);
  // A date that was emptied again gives none.
  expect(readDraft(date("", date("2021-12-02")), [], limits).ok).toBe(false);
  // Times alone say nothing of a day.
  const timed = changeDraft(opened, { kind: "fields", part: { start: "20:00" } });
  expect(chosenDays(timed)).toEqual([]);
});

test("the only weekday that somebody tried to take off gives way to the next that is tapped; no other does", () => {
  const tap = (...days: number[]) =>
    days.reduce((before, day) => changeDraft(before, { kind: "day", day }), fresh);
  const sentenceOf = (draft: Draft) =>
    ruleSentence(limits, whenOf(draft, { moved: null, date: null }, limits).rule);
  expect(sentenceOf(fresh)).toBe("Every Friday, 7pm to 10pm");
  expect(sentenceOf(tap(2))).toBe("Every Tuesday and Friday, 7pm to 10pm");
  expect(sentenceOf(tap(5, 2))).toBe("Every Tuesday, 7pm to 10pm");
  expect(sentenceOf(tap(5, 5))).toBe("Every Friday, 7pm to 10pm");
  expect(sentenceOf(tap(2, 5))).toBe("Every Tuesday, 7pm to 10pm");
  expect(sentenceOf(tap(5, 2, 5))).toBe("Every Tuesday and Friday, 7pm to 10pm");
});

test("the first date follows the days that are tapped, and stays once it was typed", () => {
  const thursday = {
    except: [],
    rule: {
      repeats: "weekly",
      everyWeeks: 1,
      firstDate: "2021-10-07",
      start: "19:00",
      end: "22:00",
      until: null,
    },
    next: [{ date: "2021-12-02", state: "planned" }],
  } as unknown as OutreachSessionReply;
  const tap = (draft: Draft, ...days: number[]) =>
    days.reduce((before, day) => changeDraft(before, { kind: "day", day }), draft);
  const onMonday = draftOf(thursday, "2021-11-29", []);
  // The Wednesday of this week is among "every Wednesday"; taken back, all is as it was.
  expect(tap(onMonday, 3, 4).firstDate).toBe("2021-12-01");
  expect(tap(onMonday, 3, 4, 4, 3).firstDate).toBe("2021-12-02");
  // Every second week it stays in its own weeks.
  const second = { ...thursday, rule: { ...thursday.rule, everyWeeks: 2 } } as typeof thursday;
  const later = { ...second, next: [{ date: "2021-12-09", state: "planned" }] } as typeof second;
  expect(tap(draftOf(later, "2021-11-29", []), 3, 4).firstDate).toBe("2021-12-08");
  const typed = changeDraft(onMonday, { kind: "fields", part: { firstDate: "2022-01-01" } });
  expect(tap(typed, 3, 4)).toMatchObject({ firstDate: "2022-01-01", days: [3] });
  expect(whenOf(tap(typed, 3, 4), { moved: null, date: null }, limits).rule.firstDate).toBe(
    "2022-01-05",
  );
});
