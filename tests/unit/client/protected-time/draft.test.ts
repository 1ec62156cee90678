import { expect, test } from "vitest";
import {
  dayIn,
  hoursWords,
  oldTimesOf,
  ruleSentence,
  sessionSentence,
  spanOf,
} from "#client/protected-time/outreach/outreach-words.ts";
import { extentWords, promiseWords } from "#client/protected-time/outreach/place-words.ts";
import { draftOf, emptyDraft, readDraft } from "#client/protected-time/session-form/draft.ts";
import {
  changeDraft,
  type Draft,
  visitsOf,
  whenOf,
} from "#client/protected-time/session-form/draft-when.ts";
import {
  kmAcross,
  laterSentence,
  seenFrom,
} from "#client/protected-time/session-form/PreviewTimes.tsx";
import { cellAreaM2, cellCentre, type H3Cell } from "#core/geo/cell.ts";
import { shownUntil } from "#core/protected-time/shown-until.ts";
import type { OutreachSessionReply, SavedPlaceReply } from "#core/protected-time/wire/outreach.ts";
import { addDays } from "#core/time/zone.ts";
import { at, circleAt, london } from "#tests/support/outreach.ts";
import {
  freshDraft as fresh,
  draftLimits as limits,
  placeOfVenue as place,
  savedPlace as saved,
  venue,
} from "#tests/support/session-drafts.ts";

/** Saved before there was a lattice. */
const outdated: SavedPlaceReply = { ...saved(), lattice: [], classM: null };

test("a weekly session at a new place is read with its lattice cell and label, and without its venue", () => {
  expect(readDraft(fresh, [], limits)).toMatchObject({
    ok: true,
    value: {
      place: {
        kind: "new",
        place,
        label: "Blue door",
      },
      rule: { repeats: "weekly", everyWeeks: 1, firstDate: "2021-11-26", until: null },
    },
  });
  expect(JSON.stringify(readDraft(fresh, [], limits))).not.toMatch(/51\.6|0\.063/);
});

test("each fault is named where it can be mended", () => {
  const read = readDraft({ ...fresh, at: null, label: "", end: "" }, [], limits);
  expect(read.ok).toBe(false);
  if (!read.ok)
    expect(new Set(Object.keys(read.reason))).toEqual(new Set(["place", "label", "end"]));
  expect(readDraft({ ...fresh, label: "  " }, [], limits)).toMatchObject({
    ok: false,
    reason: { label: expect.any(String) },
  });
  expect(readDraft({ ...fresh, at: [51.6179, -0.0631] }, [], limits)).toMatchObject({
    ok: false,
    reason: { place: expect.stringContaining("swapped") },
  });
});

test("what is the same to police as a saved place is that place; another cell or class is a new one", () => {
  const kindOf = (part: Partial<Draft>, places = [saved()]) => {
    const read = readDraft({ ...fresh, ...part }, places, limits);
    return read.ok && read.value.place.kind;
  };
  expect(kindOf({})).toBe("saved");
  const [lng, lat] = cellCentre(place.lattice[0] as H3Cell);
  expect(kindOf({ at: [lng, lat] })).toBe("saved");
  expect(kindOf({ at: [-0.05, 51.64] })).toBe("new");
  expect(kindOf({ radiusM: 200 })).toBe("new");
  expect(kindOf({ isWider: true })).toBe("new");
  expect(kindOf({}, [outdated])).toBe("new");
});

test("a place from before the lattice is chosen again, under its name", () => {
  expect(emptyDraft("2021-11-26", [outdated]).placeId).toBeNull();
  expect(emptyDraft("2021-11-26", [outdated, { ...saved(), id: "second" }]).placeId).toBe("second");
  const session = {
    placeId: outdated.id,
    rule: {
      repeats: "weekly",
      everyWeeks: 1,
      firstDate: "2021-10-07",
      start: "19:00",
      end: "21:30",
    },
    next: [],
  } as unknown as OutreachSessionReply;
  expect(draftOf(session, "2021-11-26", [outdated])).toMatchObject({
    placeId: null,
    label: "Thursdays",
  });
  for (const kind of ["circle", "area", "corridor"] as const)
    expect(extentWords({ ...outdated, kind })).toBe("to be chosen again");
});

test("the promise is the true figure", () => {
  expect(promiseWords(saved())).toBe("Police can narrow it to about 350 m, never closer.");
  expect(promiseWords(circleAt(venue, 150, true))).toBe(
    "Police can narrow it to about 900 m, never closer.",
  );
  expect(promiseWords({ kind: "area", lattice: [] })).toBe(
    "Police can tell only a rough shape, in steps of about 350 m.",
  );
  // From side to side of the cells themselves.
  for (const [isWide, across] of [
    [false, 350],
    [true, 900],
  ] as const) {
    const cells = circleAt(venue, 100, isWide).lattice;
    const area = cells.reduce((sum, cell) => sum + cellAreaM2(cell), 0);
    const side = Math.sqrt((2 * area) / Math.sqrt(3));
    expect(Math.abs(side - across) / across).toBeLessThan(0.1);
  }
  expect(extentWords(saved())).toBe("150 m around it");
  expect(extentWords(circleAt(venue, 300, true))).toBe("300 m around it, wider");
});

test("dates are refused at their own field, with the limit, and without a date as machines write it", () => {
  const reasonsOf = (change: Partial<Draft>) => {
    const read = readDraft({ ...fresh, ...change }, [], limits);
    return read.ok ? {} : read.reason;
  };
  const far = reasonsOf({ firstDate: "2024-03-07" });
  expect(far.firstDate).toMatch(/before Fri 27 May 2022.*26 weeks ahead/);
  expect(Object.keys(far)).toEqual(["firstDate"]);
  expect(Object.keys(reasonsOf({ firstDate: "" }))).toEqual(["firstDate"]);
  expect(Object.keys(reasonsOf({ start: "" }))).toEqual(["start"]);
  expect(Object.keys(reasonsOf({ until: "2021-11-01" }))).toEqual(["until"]);
  expect(Object.keys(reasonsOf({ repeats: "once", firstDate: "2021-11-01" }))).toEqual([
    "firstDate",
  ]);
  const all = Object.values(reasonsOf({ firstDate: "", start: "", end: "", until: "2021-01-01" }));
  expect(all).toHaveLength(4);
  expect(all.join(" ")).not.toMatch(/\d{4}-\d\d/);
});

test("a session that ended this very evening is refused as the server would", () => {
  const late = { ...limits, now: Date.parse("2021-11-26T22:10Z") };
  const reasonsOf = (change: Partial<Draft>) => {
    const read = readDraft({ ...fresh, ...change }, [], late);
    return read.ok ? {} : read.reason;
  };
  const tonight = { repeats: "once" as const, firstDate: "2021-11-26", start: "19:00" };
  expect(reasonsOf({ ...tonight, end: "22:15" })).toEqual({});
  expect(reasonsOf({ ...tonight, end: "22:10" }).firstDate).toMatch(/later day or time/);
  const weekly = { ...tonight, repeats: "weekly" as const, end: "22:00", days: [5] };
  expect(reasonsOf({ ...weekly, until: "" })).toEqual({});
  expect(reasonsOf({ ...weekly, until: "2021-11-26" }).until).toMatch(/last date is over/);
});

test("the year is said where it is not this one; long sessions in hours", () => {
  expect(dayIn(limits, "2021-12-02")).toBe("Thu 2 Dec");
  expect(dayIn(limits, "2022-01-06")).toBe("Thu 6 Jan 2022");
  expect(spanOf(limits, at("2021-12-31T22:00"), at("2022-01-01T01:00"))).toBe(
    "Fri 31 Dec, 10pm to Sat 1 Jan 2022 1am",
  );
  expect(hoursWords(23 * 60 + 30)).toBe("23\u00bd hours");
  expect(hoursWords(13 * 60 + 15)).toBe("13 hours 15 minutes");
});

test("the hatch of a place of 150 m is about a kilometre across", () => {
  expect(kmAcross(saved().cells as never)).toMatch(/^(0\.9|1|1\.1|1\.2)$/);
});

test("a change keeps the cancelled dates but the one that it asks for, and shows what stays closed", () => {
  const moved = {
    except: ["2021-12-03", "2021-12-10", "2021-12-14"],
    next: [{ startsAt: "2021-11-27T11:00:00Z" }, { startsAt: "2021-11-27T13:00:00Z" }],
  } as unknown as OutreachSessionReply;
  const all = { moved, date: null };
  expect(whenOf(fresh, all, limits).except).toEqual(["2021-12-03", "2021-12-10"]);
  const typed = changeDraft(fresh, { kind: "fields", part: { firstDate: "2021-12-10" } });
  expect(whenOf(typed, all, limits).except).toEqual([]);
  const asked = changeDraft(fresh, { kind: "fields", part: { firstDate: "2021-12-03" } });
  expect(whenOf(asked, all, limits).except).toEqual(["2021-12-10"]);
  expect(whenOf(fresh, { moved: null, date: null }, limits).except).toEqual([]);
  expect(whenOf(fresh, { moved, date: "2021-12-17" }, limits).except).toEqual([]);
  // What is previewed leaves out the dates that are saved as cancelled.
  expect(
    visitsOf(limits, whenOf(fresh, all, limits))
      .slice(0, 2)
      .map(({ date }) => date),
  ).toEqual(["2021-11-26", "2021-12-17"]);
  expect(oldTimesOf(moved, limits.now)).toEqual([moved.next[0]]);
  expect(oldTimesOf(null, limits.now)).toEqual([]);
});

test("a session may cross midnight, and a single one has no last date", () => {
  const once: Draft = {
    ...fresh,
    repeats: "once",
    start: "22:30",
    end: "01:30",
    until: "2021-12-24",
    everyWeeks: "3",
  };
  const read = readDraft(once, [], limits);
  expect(read).toMatchObject({ ok: true, value: { rule: { everyWeeks: 1, until: null } } });
  if (read.ok) {
    expect(ruleSentence(limits, read.value.rule)).toBe(
      "Once, Fri 26 Nov, 10:30pm to 1:30am the next day",
    );
  }
});

test("a moved session starts from what it was, on its next date", () => {
  const session = {
    placeId: saved().id,
    rule: {
      repeats: "weekly",
      everyWeeks: 2,
      firstDate: "2021-10-07",
      start: "19:00",
      end: "21:30",
      until: null,
    },
    next: [
      { date: "2021-11-26", state: "called_off" },
      { date: "2021-12-02", state: "planned" },
    ],
  } as unknown as OutreachSessionReply;
  expect(draftOf(session, "2021-11-26", [saved()])).toMatchObject({
    placeId: saved().id,
    firstDate: "2021-12-02",
    everyWeeks: "2",
    end: "21:30",
  });
});

test("a previewed time says from when police see it, with the very instant that they are shown", () => {
  const here = { zone: london, today: "2021-11-26", now: at("2021-11-26T12:00"), lastDay: "" };
  // The last instant that is shown today, and the first that is not.
  expect(shownUntil(london, here.today)).toBe(at("2021-12-11T00:00"));
  expect(seenFrom(here, at("2021-12-10T23:30"))).toBeNull();
  expect(seenFrom(here, at("2021-12-11T00:00"))).toBe("2021-11-27");
  for (const [from, today] of [
    ["2021-12-11T00:00", "2021-11-27"],
    // Over the clock change, and over the end of a year.
    ["2022-03-30T01:30", "2022-03-16"],
    ["2022-01-05T20:30", "2021-12-22"],
  ] as const) {
    expect(seenFrom(here, at(from))).toBe(today);
    expect(shownUntil(london, today)).toBeGreaterThan(at(from));
    expect(shownUntil(london, addDays(today, -1))).toBeLessThanOrEqual(at(from));
  }
  expect(laterSentence(here, [at("2021-12-10T23:30")])).toBeNull();
  expect(laterSentence(here, [at("2021-12-01T20:00"), at("2021-12-11T20:00")])).toMatch(
    /now up to Fri 10 Dec\. Later times are hidden, but no patrol can be planned there/,
  );
});

test("times are said as partners say them, and dates that are out are named", () => {
  const words = (part: object, except: readonly string[] = []) =>
    sessionSentence(limits, {
      rule: { ...whenOf(fresh, { moved: null, date: null }, limits).rule, ...part },
      except,
    });
  expect(words({}, ["2021-12-10", "2021-12-03", "2021-12-04"])).toBe(
    "Every Friday, 7pm to 10pm, except Fri 3 Dec and Fri 10 Dec",
  );
  const many = ["03", "10", "17", "24", "31"].map((day) => `2021-12-${day}`);
  expect(words({}, [...many, "2022-01-07", "2021-11-19"])).toMatch(
    /, except Fri 3 Dec, Fri 10 Dec, Fri 17 Dec, Fri 24 Dec and 2 more dates$/,
  );
  expect(words({ start: "00:00", end: "12:00" })).toBe("Every Friday, 12am to midday");
  expect(words({ start: "22:00", end: "00:00" })).toBe("Every Friday, 10pm to midnight");
  expect(words({ start: "00:00", end: "00:00" })).toBe("Every Friday, 12am to midnight");
  expect(spanOf(limits, at("2021-11-29T20:30"), at("2021-11-30T00:00"))).toBe(
    "Mon 29 Nov, 8:30pm to midnight",
  );
  expect(spanOf(limits, at("2021-11-29T00:00"), at("2021-12-01T00:00"))).toBe(
    "Mon 29 Nov, 12am to Wed 1 Dec 12am",
  );
});
