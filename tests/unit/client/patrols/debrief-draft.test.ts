import { expect, test } from "vitest";
import {
  debriefBodyOf,
  debriefSentence,
  doneStops,
  draftOf,
  hasLateTaps,
  openStays,
  recordedSentence,
  recordedWords,
  tappedWords,
  windowOutcome,
  withOutcome,
} from "#client/patrols/debrief/debrief-draft.ts";
import { type DebriefShift, debriefBody } from "#core/patrols/wire/debrief.ts";

const stop = (
  order: number,
  outcome: DebriefShift["windows"][number]["stops"][number]["outcome"] = null,
) => ({
  order,
  cell: "8a195da49707fff",
  place: "A place",
  arrive: "2021-11-25T14:00:00+00:00",
  minutes: 15,
  stays: [] as DebriefShift["windows"][number]["stops"][number]["stays"],
  toSetRight: [] as DebriefShift["windows"][number]["stops"][number]["toSetRight"],
  outcome,
});
const shift: DebriefShift = {
  start: "2021-11-25T14:00:00+00:00",
  end: "2021-11-25T22:00:00+00:00",
  title: "Thursday",
  isOver: true,
  loggedAt: null,
  by: null,
  windows: [
    {
      planId: "7",
      id: "w1",
      unit: 1,
      place: "A place",
      start: "2021-11-25T14:00:00+00:00",
      end: "2021-11-25T15:30:00+00:00",
      calledOff: false,
      stops: [stop(1), stop(2), stop(3)],
    },
  ],
};
const [window] = shift.windows;
if (!window) throw new Error("The shift has a window");

test("a shift begins as all done, and nothing but exceptions is sent", () => {
  const draft = draftOf(shift);
  expect(doneStops(draft, shift)).toEqual({ planned: 3, done: 3 });
  expect(windowOutcome(draft, window)).toBe("done");
  expect(debriefBodyOf(shift, draft)).toEqual({ start: shift.start, end: shift.end, except: [] });
});

test("stops that were missed are one line for each reason; ticked again they are done", () => {
  const some = withOutcome(draftOf(shift), window, window.stops.slice(0, 2), "weather");
  const both = withOutcome(some, window, window.stops.slice(2), "emergency");
  expect(windowOutcome(some, window)).toBe("part");
  expect(windowOutcome(both, window)).toBe("part");
  const body = debriefBodyOf(shift, both);
  expect(body.except).toEqual([
    { planId: "7", windowId: "w1", stops: [3], reason: "emergency" },
    { planId: "7", windowId: "w1", stops: [1, 2], reason: "weather" },
  ]);
  expect(debriefBody.parse(body)).toEqual(body);
  expect(doneStops(both, shift).done).toBe(0);
  expect(debriefBodyOf(shift, withOutcome(both, window, window.stops, "done")).except).toEqual([]);
});

test("not done without a reason stays without one, on the way there and back", () => {
  const some = withOutcome(draftOf(shift), window, window.stops.slice(0, 1), "not_done");
  expect(windowOutcome(some, window)).toBe("part");
  const body = debriefBodyOf(shift, some);
  expect(body.except).toEqual([{ planId: "7", windowId: "w1", stops: [1] }]);
  expect(debriefBody.parse(body)).toEqual(body);
  expect(doneStops(some, shift)).toEqual({ planned: 3, done: 2 });
  const told = {
    ...shift,
    windows: [{ ...window, stops: [stop(1, "not_done"), stop(2, "done")] }],
  };
  expect(debriefBodyOf(told, draftOf(told)).except).toEqual(body.except);
});

test("a stay that is to be set right was a visit, and only a time that was typed is sent for it", () => {
  const key = "00000000-0000-4000-8000-000000000001";
  const toSetRight = [{ key, arrivedAt: "2021-11-25T14:02:00+00:00" }];
  const walked = {
    ...shift,
    windows: [{ ...window, stops: [{ ...stop(1), toSetRight }, stop(2)] }],
  };
  const draft = draftOf(walked);
  expect(openStays(walked)).toEqual(toSetRight);
  expect(doneStops(draft, walked)).toEqual({ planned: 2, done: 1 });
  expect(debriefBodyOf(walked, draft, new Map([[key, ""]])).leaves).toBeUndefined();
  const leaves = [{ key, leftAt: "14:15" }];
  expect(debriefBodyOf(walked, draft, new Map([[key, "14:15"]]))).toMatchObject({ leaves });
});

test("in a patrol with taps a stop without one is not done, until a person says so; taps are told", () => {
  const stays = [
    { arrivedAt: "2021-11-25T14:02:00+00:00", minutes: 13, isLate: false },
    { arrivedAt: "2021-11-25T14:40:00+00:00", minutes: 6, isLate: false },
  ];
  const tapped = { ...window, stops: [{ ...stop(1), stays }, stop(2), stop(3)] };
  const other = { ...window, id: "w2" };
  const walked = { ...shift, windows: [tapped, other] };
  const draft = draftOf(walked);
  expect(debriefBodyOf(walked, draft).except).toEqual([
    { planId: "7", windowId: "w1", stops: [2, 3] },
  ]);
  expect(doneStops(draft, walked)).toEqual({ planned: 6, done: 4 });
  expect(tappedWords(tapped.stops[0] ?? stop(1))).toBe("14:02, 13 min; 14:40, 6 min");
  expect(tappedWords(stop(2))).toBe("");
  const corrected = { ...window, stops: [{ ...stop(1, "done"), stays }, stop(2, "done")] };
  expect(debriefBodyOf(shift, draftOf({ ...shift, windows: [corrected] })).except).toEqual([]);
  expect(hasLateTaps(walked)).toBe(false);
  const late = { ...stop(2, "not_done"), stays: stays.map((one) => ({ ...one, isLate: true })) };
  expect(hasLateTaps({ ...shift, windows: [{ ...window, stops: [late] }] })).toBe(true);
});

test("what was said before is where a correction begins", () => {
  const told = { ...shift, windows: [{ ...window, stops: [stop(1, "done"), stop(2, "other")] }] };
  expect(debriefBodyOf(told, draftOf(told)).except).toEqual([
    { planId: "7", windowId: "w1", stops: [2], reason: "other" },
  ]);
});

test("the sentence counts one and many, and says nothing of stops where none is told", () => {
  const totals = { plannedStops: 0, doneStops: 0, plannedMinutes: 0, doneMinutes: 0, waiting: 1 };
  const reply = { from: "2021-11-12", days: 15, shifts: [], dose: [], recorded: null, totals };
  expect(debriefSentence(reply)).toBe("1 shift to debrief.");
  expect(
    debriefSentence({
      ...reply,
      totals: { plannedStops: 12, doneStops: 1, plannedMinutes: 180, doneMinutes: 15, waiting: 0 },
    }),
  ).toBe(
    "All shifts are debriefed. Of 12 planned stops 1 was done in the last two weeks: 15 min of 3 h at the stops.",
  );
});

test("what devices recorded is said with its band, beside what was planned on the same days", () => {
  expect(recordedSentence({ days: 1, minutes: 125 })).toBe(
    "Devices recorded 2 h 5 min in the area on 1 day of past weeks, Monday to Sunday. Cells under three minutes on a day are not counted. Each device counts by itself. Brackets show the 95% band.",
  );
  expect(recordedWords({ minutes: 12, low: 9, high: 15, plannedMinutes: 30 })).toBe(
    "12 (9 to 15) of 30",
  );
  expect(recordedWords(null)).toBe("");
});
