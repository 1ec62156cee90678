import { describe, expect, test } from "vitest";
import { buildPack, type PackInput } from "#core/place-plans/meeting/pack.ts";
import {
  checkSeries,
  type MeetingSeries,
  meetingAmong,
  meetingDates,
  meetingOfMonth,
  meetingWeeks,
  seriesWords,
} from "#core/place-plans/meeting/series.ts";
import type { PackAction } from "#core/place-plans/wire/meeting.ts";
import type { SharedPlan } from "#core/place-plans/wire/place-plans.ts";
import { faultsOfOutreachWords, faultsOfPlaceWords } from "#core/text/outreach-times.ts";
import { createPlans, meetingSeries } from "#data/demo/plans.ts";
import { bundledRecipe } from "#tests/support/bundled-demo.ts";

const series: MeetingSeries = meetingSeries;
describe("the series of meetings", () => {
  test("is one day a month by its place in it, from its first day on", () => {
    expect(meetingDates(series, "2021-11-26", 3)).toEqual([
      "2021-12-14",
      "2022-01-11",
      "2022-02-08",
    ]);
    expect(meetingDates(series, "2021-12-14", 1)).toEqual(["2021-12-14"]);
    expect(meetingDates({ ...series, firstOn: "2022-02-09" }, "2021-01-01", 1)).toEqual([
      "2022-03-08",
    ]);
    expect(meetingOfMonth({ week: -1, weekday: 6 }, "2022-02")).toBe("2022-02-27");
    expect(meetingOfMonth({ week: 1, weekday: 1 }, "2022-02")).toBe("2022-02-01");
    expect(meetingOfMonth({ week: -1, weekday: 0 }, "2021-12")).toBe("2021-12-27");
    expect(seriesWords(series)).toBe("the second Tuesday of each month, 10:00 to 11:30");
  });

  test("says the hours of its own days alone, and which day comes next", () => {
    expect(meetingAmong(series, "2021-12-14")).toEqual({
      hours: "10:00 to 11:30",
      nextOn: "2022-01-11",
    });
    // Moved to another day: its hours are not known, and the next is the first of the series after it.
    expect(meetingAmong(series, "2021-12-09")).toEqual({ hours: null, nextOn: "2021-12-14" });
    expect(meetingAmong({ ...series, week: -1 }, "2021-12-28").nextOn).toBe("2022-01-25");
    expect(meetingAmong(null, "2021-12-14")).toEqual({ hours: null, nextOn: null });
  });

  test("every month has one, in the right week, whatever the day", () => {
    for (const week of meetingWeeks) {
      for (let weekday = 0; weekday < 7; weekday += 1) {
        for (let month = 1; month <= 12; month += 1) {
          const name = `2022-${String(month).padStart(2, "0")}`;
          const date = meetingOfMonth({ week, weekday }, name);
          expect(date.slice(0, 7)).toBe(name);
          expect((new Date(`${date}T00:00Z`).getUTCDay() + 6) % 7).toBe(weekday);
          const day = Number(date.slice(8));
          if (week > 0) expect(Math.ceil(day / 7)).toBe(week);
          else expect(new Date(Date.UTC(2022, month - 1, day + 7)).getUTCMonth()).toBe(month % 12);
        }
      }
    }
  });

  test.each([
    ["minutes", { minutes: 10 }],
    ["minutes", { minutes: 481 }],
    ["startsAt", { startsAt: "23:00", minutes: 60 }],
    ["firstOn", { firstOn: "2030-01-01" }],
  ])("refuses by %s", (field, more) => {
    expect(checkSeries({ ...series, ...more }, "2021-11-26")).toMatchObject([{ field }]);
    expect(checkSeries(series, "2021-11-26")).toEqual([]);
  });
});

const plan = (id: number, more: Partial<SharedPlan> = {}): SharedPlan => ({
  id,
  name: `Place ${id}`,
  state: "open",
  reviewOn: "2022-03-01",
  response: { partners: "", place: "", diversion: "", enforcement: "" },
  ...more,
});
const action = (id: number, more: Partial<PackAction> = {}): PackAction => ({
  id,
  words: `Do ${id}`,
  owner: "outreach",
  dueOn: "2021-12-20",
  state: "open",
  closedOn: null,
  plan: null,
  ...more,
});
const months = (last: number | null) => [
  { month: "2021-08", count: 205 },
  { month: "2021-09", count: last },
];
const input: PackInput = {
  meetingOn: "2021-12-14",
  hours: "10:00 to 11:30",
  nextOn: "2022-01-11",
  asAt: "2021-11-26",
  before: null,
  plans: [plan(1), plan(2, { reviewOn: "2021-12-14" }), plan(3, { state: "closed" })],
  actions: [
    action(1, { dueOn: "2021-11-19" }),
    action(2),
    action(3, { dueOn: "2022-06-01" }),
    action(4, { state: "done", closedOn: "2021-10-01" }),
  ],
  complaints: { months: months(210), threshold: 10, base: 5 },
  decisions: [],
};

describe("the pack of a meeting", () => {
  const first = buildPack(input);

  test("lays open what is overdue, due and to be reviewed", () => {
    const ids = (some: readonly { readonly id: number }[]) => some.map(({ id }) => id);
    expect(ids(first.overdue)).toEqual([1]);
    expect(ids(first.due)).toEqual([2]);
    expect(ids(first.later)).toEqual([3]);
    expect(ids(first.reviews)).toEqual([2]);
    expect(first.since).toBeNull();
    expect(first.changes).toEqual(["This is the first pack. All open items are listed below."]);
    expect(first.complaintsSentence).toBe(
      "Complaints by residents in the whole area: about 210 in September 2021, about 205 in August 2021. Each figure is rounded to the nearest 5.",
    );
  });

  test("what is due by the next meeting ends on its day, however long the month is", () => {
    const due = (dueOn: string, nextOn: string | null) =>
      buildPack({ ...input, nextOn, actions: [action(1, { dueOn })] }).due.length;
    expect([due("2022-01-11", "2022-01-11"), due("2022-01-12", "2022-01-11")]).toEqual([1, 0]);
    expect(due("2022-01-18", "2022-01-25")).toBe(1);
    expect([due("2022-01-18", null), due("2022-01-19", null)]).toEqual([1, 0]);
    expect(first.notes.at(-1)).toBe(
      "Lists actions due and reviews up to and including 11 Jan 2022.",
    );
    const open = buildPack({ ...input, nextOn: null });
    expect(open.notes.at(-1)).toContain("18 Jan 2022, because no next meeting is set.");
  });

  test("what changed is measured from the pack that was issued before", () => {
    const later = buildPack({
      ...input,
      meetingOn: "2022-01-11",
      asAt: "2021-12-31",
      before: { number: 1, content: first },
      plans: [
        plan(1, { name: "Place one", state: "in_review" }),
        plan(2, { reviewOn: "2022-02-01" }),
        plan(3, { state: "closed" }),
        plan(4),
      ],
      actions: [
        action(1, { dueOn: "2021-11-19", state: "done", closedOn: "2021-12-01" }),
        action(2, { dueOn: "2022-01-10" }),
        action(3, { dueOn: "2022-06-01" }),
        action(4, { state: "done", closedOn: "2021-10-01" }),
        action(5),
        action(6, { state: "dropped", closedOn: "2021-12-02" }),
      ],
    });
    expect(later.since).toEqual({ number: 1, meetingOn: "2021-12-14" });
    expect(later.changes).toEqual([
      "Place one (before: Place 1): in review now.",
      "Place 2: review now on 1 Feb 2022.",
      "New place plan: Place 4.",
      "Done: Do 1 (Outreach).",
      "Do 2 (Outreach): now due 10 Jan 2022.",
      "New action: Do 5 (Outreach), by 20 Dec 2021.",
      "Dropped: Do 6 (Outreach).",
    ]);
    const same = buildPack({
      ...input,
      meetingOn: "2022-01-11",
      before: { number: 1, content: first },
    });
    expect(same.changes).toEqual(["No changes to plans or actions."]);
  });

  test("a month that was laid before the partners stays as it was", () => {
    const before = { number: 1, content: first };
    const later = buildPack({
      ...input,
      before,
      complaints: {
        ...input.complaints,
        months: [...months(215), { month: "2021-10", count: null }],
      },
    });
    expect(later.complaints.months).toEqual([...months(210), { month: "2021-10", count: null }]);
    expect(later.complaintsSentence).toContain(
      "not shown (fewer than 10, or withheld) in October 2021",
    );
    const hidden = buildPack({
      ...input,
      complaints: { ...input.complaints, months: months(null) },
    });
    const then = buildPack({ ...input, before: { number: 1, content: hidden } });
    expect(then.complaints.months).toEqual(months(null));
  });
});

test("the demonstration's plans and actions speak of nobody, nor of when outreach comes", () => {
  const { plans, actions } = createPlans(bundledRecipe().plans ?? []);
  const demoPlans = plans.map(({ plan }) => plan);
  expect(demoPlans).toHaveLength(3);
  const words = [
    ...demoPlans.flatMap(({ response, ...rest }) => [
      ...Object.values(response),
      rest.name,
      rest.scanning,
      rest.analysis,
      rest.stopRule,
      rest.result,
    ]),
    ...actions.map((one) => one.words),
  ];
  expect(words.flatMap((text) => faultsOfPlaceWords("words", text))).toEqual([]);
  const ofOutreach = [
    ...demoPlans.map(({ response }) => response.partners),
    ...actions.filter(({ owner }) => owner === "outreach").map((one) => one.words),
  ];
  expect(ofOutreach.flatMap((text) => faultsOfOutreachWords("words", text))).toEqual([]);
});
