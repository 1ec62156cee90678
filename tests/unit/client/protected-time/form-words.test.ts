import { expect, test } from "vitest";
import { cancelSentence, movedSentence } from "#client/protected-time/outreach/outreach-words.ts";
import { dateRows } from "#client/protected-time/outreach/SessionMore.tsx";
import { readDraft, stillWrong } from "#client/protected-time/session-form/draft.ts";
import type { Draft, DraftFaults } from "#client/protected-time/session-form/draft-when.ts";
import { faultSentence } from "#client/protected-time/session-form/FormFoot.tsx";
import type { OutreachSessionReply, SavedPlaceReply } from "#core/protected-time/wire/outreach.ts";
import { at, single } from "#tests/support/outreach.ts";
import { freshDraft as fresh, draftLimits as limits } from "#tests/support/session-drafts.ts";

const empty: Draft = { ...fresh, at: null, label: "", asksDay: true };

function faultsOf(draft: Draft): DraftFaults {
  const read = readDraft(draft, [], limits);
  return read.ok ? {} : read.reason;
}

test("what is missing is asked for, and what is wrong is named", () => {
  expect(faultSentence(faultsOf(empty), empty)).toBe("Add a place, a name and a day.");
  const odd = { ...fresh, end: "", until: "2021-10-01" };
  expect(faultSentence(faultsOf(odd), odd)).toBe("Add an end time. Check the end date.");
});

test("an error goes as soon as its field is mended, and none comes that nobody was told of", () => {
  const refused = faultsOf(empty);
  const after = (part: Partial<Draft>) => {
    const draft = { ...empty, ...part };
    return Object.keys(stillWrong(refused, () => readDraft(draft, [], limits))).sort();
  };
  expect(after({})).toEqual(["days", "label", "place"]);
  expect(after({ label: "Blue door" })).toEqual(["days", "place"]);
  expect(after({ at: fresh.at, asksDay: false })).toEqual(["label"]);
  expect(after({ label: "Blue door", end: "" })).toEqual(["days", "place"]);
  expect(after(fresh)).toEqual([]);
});

test("cancelling says from when police may return, and what stays closed within a day", () => {
  const here = { ...limits, now: at("2021-11-26T12:00"), today: "2021-11-26" };
  const alone = { places: [], sessions: [] };
  const visit = (date: string) => ({ date, startsAt: new Date(at(`${date}T19:00`)).toISOString() });
  const weekly = {
    rule: { ...single("2021-11-26", "19:00", "22:00"), repeats: "weekly" },
    next: [visit("2021-11-26"), visit("2021-12-03"), visit("2021-12-10")],
  } as unknown as OutreachSessionReply;
  expect(cancelSentence(here, weekly, "2021-12-03", alone)).toBe("Police may return on Fri 3 Dec.");
  expect(cancelSentence(here, weekly, "2021-11-26", alone)).toBe(
    "Police and wardens still stay away on Fri 26 Nov, in case people still come.",
  );
  expect(cancelSentence(here, weekly, null, alone)).toBe(
    "Police and wardens still stay away on Fri 26 Nov, in case people still come. Police may return from Fri 3 Dec.",
  );
  const once = { rule: single("2021-12-03", "19:00", "22:00"), next: [visit("2021-12-03")] };
  expect(cancelSentence(here, once as unknown as OutreachSessionReply, null, alone)).toBe(
    "Police may return on Fri 3 Dec.",
  );
});

test("cancelling names what else of one's own keeps police away from there that day", () => {
  const here = { ...limits, now: at("2021-11-26T12:00"), today: "2021-11-26" };
  const of = (id: string, placeId: string, more: object = {}) =>
    ({
      id,
      placeId,
      endedAt: null,
      except: [],
      next: [],
      rule: single("2021-12-03", "19:00", "22:30"),
      ...more,
    }) as unknown as OutreachSessionReply;
  const place = (id: string, label: string, cells: string[]) =>
    ({ id, label, cells }) as unknown as SavedPlaceReply;
  const places = [
    place("van", "Van", ["a", "b"]),
    place("walk", "Evening walk", ["b", "c"]),
    place("far", "Far", ["d"]),
  ];
  const startsAt = new Date(at("2021-12-03T20:00")).toISOString();
  const asked = of("asked", "van", { next: [{ date: "2021-12-03", startsAt }] });
  const said = (...others: OutreachSessionReply[]) =>
    cancelSentence(here, asked, null, { sessions: [asked, ...others], places });
  expect(said(of("2", "walk"))).toBe(
    "Police may return on Fri 3 Dec, except for Evening walk, 7pm to 10:30pm.",
  );
  const weekly = { ...single("2021-11-26", "10:00", "11:00"), repeats: "weekly" };
  expect(said(of("2", "van", { rule: weekly }), of("3", "walk"))).toBe(
    "Police may return on Fri 3 Dec, except for Van, 10am to 11am and Evening walk, 7pm to 10:30pm.",
  );
  const gone = [
    of("2", "far"),
    of("3", "walk", { endedAt: "2021-11-25T12:00:00Z" }),
    of("4", "walk", { except: ["2021-12-03"] }),
    of("5", "walk", { rule: single("2021-12-04", "19:00", "22:30") }),
  ];
  expect(said(...gone)).toBe("Police may return on Fri 3 Dec.");
});

test("the dates to cancel begin with the next one, and hold what can be restored", () => {
  const visit = (date: string) => ({ date, state: "planned" });
  const session = {
    rule: { repeats: "weekly" },
    endedAt: null,
    next: [visit("2021-11-30"), visit("2021-12-14")],
    cancelled: [{ date: "2021-12-07" }],
  } as unknown as OutreachSessionReply;
  expect(dateRows(session).map(({ date }) => date)).toEqual([
    "2021-11-30",
    "2021-12-07",
    "2021-12-14",
  ]);
  // Its one date stands on the card, and so does that of one that has ended.
  const once = {
    ...session,
    rule: { repeats: "once" },
    next: [visit("2021-11-30")],
    cancelled: [],
  };
  expect(dateRows(once as unknown as OutreachSessionReply)).toEqual([]);
  const ended = { ...session, endedAt: "2021-11-29T12:00:00Z", cancelled: [] };
  expect(dateRows(ended).map(({ date }) => date)).toEqual(["2021-12-14"]);
});

test("a moved date says from where to where", () => {
  const to = single("2021-12-01", "19:30", "22:00");
  expect(movedSentence(limits, "2021-11-30", to)).toBe(
    "Moves from Tue 30 Nov to Wed 1 Dec, 7:30pm to 10pm",
  );
  expect(movedSentence(limits, "2021-12-01", to)).toBe("Wed 1 Dec, now 7:30pm to 10pm");
});
