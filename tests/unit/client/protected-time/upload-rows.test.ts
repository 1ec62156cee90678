import { expect, test } from "vitest";
import {
  bodyOf,
  closedBy,
  firstChoices,
  leftOut,
  type MadePlace,
  placesUsed,
  placeToSave,
  taken,
  unchosen,
  uploadOf,
  whenWords,
  withPlace,
} from "#client/protected-time/upload/upload-rows.ts";
import type { Position } from "#core/geo/cell.ts";
import { footprintOf } from "#core/protected-time/footprint.ts";
import { readWholeCalendar } from "#core/protected-time/read-calendar.ts";
import { calendarImportBody } from "#core/protected-time/wire/calendar.ts";
import { placeBody } from "#core/protected-time/wire/outreach.ts";
import { at, circleAt, corner, london } from "#tests/support/outreach.ts";

const now = at("2021-11-26T12:00");
const moment = { zone: london, now };

const place = (id: string, label: string, venue: Position): MadePlace => {
  const snapped = circleAt(venue);
  return {
    ...snapped,
    id,
    label,
    lattice: [...snapped.lattice],
    cells: footprintOf(snapped),
    usedAt: "2021-11-20T10:00:00+00:00",
  };
};
const van = place("11111111-1111-4111-8111-111111111111", "Tea van", corner);
const gate = place("22222222-2222-4222-8222-222222222222", "Gate", [-0.04, 51.64]);
const places = [van, gate];

function upload(entries: readonly (readonly string[])[]) {
  const lines = entries.flatMap((one, index) => [
    "BEGIN:VEVENT",
    ...(one.some((line) => line.startsWith("UID")) ? [] : [`UID:${index}@secret.example`]),
    ...one,
    "END:VEVENT",
  ]);
  const text = ["BEGIN:VCALENDAR", "VERSION:2.0", ...lines, "END:VCALENDAR", ""].join("\r\n");
  const read = readWholeCalendar({ ...moment, text });
  if (!read.ok) throw new Error(read.reason);
  return uploadOf(read.value, places, moment);
}

const evening = [
  "DTSTART;TZID=Europe/London:20211020T200000",
  "DTEND;TZID=Europe/London:20211020T220000",
];
const weekly = [...evening, "RRULE:FREQ=WEEKLY"];
const point = ([lng, lat]: Position) => `GEO:${lat};${lng}`;
const keyOf = (uid: string) => String(uid.length % 10).repeat(64);

test("a point in a saved place, or its name in the entry, chooses that place; two names choose none", () => {
  const { rows } = upload([
    ["SUMMARY:x", point(corner), ...weekly],
    ["SUMMARY:Round from the GATE", ...weekly],
    ["SUMMARY:Tea van to gate", ...weekly],
    ["SUMMARY:x", point([-0.08, 51.6]), ...weekly],
  ]);
  expect(rows.map(({ suggested }) => suggested)).toEqual([van.id, gate.id, null, null]);
  expect(rows.map(({ isElsewhere }) => isElsewhere)).toEqual([false, false, false, true]);
});

test("what is over is not offered, and counted; what is left of a list of dates is", () => {
  const dates = upload([
    ["SUMMARY:over", ...evening],
    [
      "SUMMARY:monthly",
      "DTSTART;TZID=Europe/London:20211020T200000",
      "DURATION:PT2H",
      "RRULE:FREQ=MONTHLY;BYDAY=3WE;COUNT=4",
    ],
    ["SUMMARY:ended", ...evening, "RRULE:FREQ=WEEKLY;COUNT=2"],
  ]);
  expect(dates.past).toBe(2);
  expect(dates.rows.map(({ title }) => title)).toEqual(["monthly"]);
  expect(dates.rows[0]?.sessions.map(({ rule }) => rule.firstDate)).toEqual([
    "2021-12-15",
    "2022-01-19",
  ]);
});

test("a whole day is left out unless it is chosen; a changed visit is chosen on its own", () => {
  const read = upload([
    ["SUMMARY:Tea van holiday", "DTSTART;VALUE=DATE:20211224"],
    ["UID:r", "SUMMARY:Tea van", ...weekly],
    [
      "UID:r",
      "SUMMARY:Tea van",
      "RECURRENCE-ID;TZID=Europe/London:20211201T200000",
      "DTSTART;TZID=Europe/London:20211202T190000",
      "DURATION:PT1H",
    ],
  ]);
  const { rows } = read;
  const choices = firstChoices(rows);
  expect(rows.map((row) => whenWords({ today: "2021-11-26" }, row))).toEqual([
    "All day, Fri 24 Dec",
    "Every Wednesday, 8pm to 10pm, except Wed 1 Dec",
    "One visit that was changed. Once, Thu 2 Dec, 7pm to 8pm",
  ]);
  expect(rows.map(({ id }) => choices.get(id))).toEqual([leftOut, van.id, van.id]);
  expect(rows.map(({ isChange }) => isChange)).toEqual([false, false, true]);
  const elsewhere = new Map(choices).set(rows[2]?.id ?? "", gate.id);
  const body = bodyOf(read, elsewhere, keyOf);
  expect(body.entries).toHaveLength(1);
  expect(body.entries[0]?.sessions.map(({ placeId }) => placeId)).toEqual([van.id, gate.id]);
  expect(body.entries[0]?.sessions[0]?.except).toEqual(["2021-12-01"]);
});

test("the body holds a key, times and places, passes the server's own form, and no word of the file", () => {
  const read = upload([
    ["SUMMARY:Rose", "DESCRIPTION:tell nobody", "LOCATION:Behind the shop", ...weekly],
    ["UID:off@secret.example", "SUMMARY:Rose", "STATUS:CANCELLED", ...weekly],
    ["SUMMARY:Broken", ...evening, "RRULE:FREQ=SECONDLY"],
  ]);
  const choices = new Map(read.rows.map(({ id }) => [id, van.id]));
  const body = bodyOf(read, choices, keyOf);
  expect(calendarImportBody.parse(body)).toMatchObject({ unread: 1, isCutOff: false });
  expect(body.entries.map(({ sessions }) => sessions.length)).toEqual([0, 1]);
  expect(JSON.stringify(body)).not.toMatch(/Rose|nobody|Behind|secret|Broken/);
});

test("what police will see is the chosen outlines and the half hours, soonest first", () => {
  const { rows } = upload([
    ["SUMMARY:b", ...weekly],
    ["SUMMARY:a", "DTSTART:20211127T191000Z", "DTEND:20211127T200000Z"],
  ]);
  const choices = new Map([
    [rows[0]?.id ?? "", gate.id],
    [rows[1]?.id ?? "", van.id],
  ]);
  const seen = closedBy(rows, choices, { ...moment, places, most: 3 });
  expect(new Set(seen.cells)).toEqual(new Set([...van.cells, ...gate.cells]));
  expect(seen.times.map(({ from }) => from)).toEqual([
    at("2021-11-27T18:30"),
    at("2021-12-01T19:30"),
    at("2021-12-08T19:30"),
  ]);
  expect(seen.isMore).toBe(true);
  const none = new Map(rows.map(({ id }) => [id, leftOut]));
  expect(taken(rows, none)).toEqual([]);
  expect(closedBy(rows, none, { ...moment, places, most: 3 }).cells).toEqual([]);
  expect(unchosen(rows, new Map()).length).toBe(2);
});

test("a place made of a point of the file is chosen for its entry, and for others whose point lies in it", () => {
  const spot: Position = [-0.08, 51.6];
  const { rows } = upload([
    ["SUMMARY:a", point(spot), ...weekly],
    ["SUMMARY:b", point(spot), ...weekly],
    ["SUMMARY:c", point([-0.02, 51.66]), ...weekly],
    ["SUMMARY:d", ...weekly],
  ]);
  const made = place("33333333-3333-4333-8333-333333333333", "Lane", spot);
  const choices = withPlace(new Map(), made, { rows, ids: [rows[3]?.id ?? ""] });
  expect(rows.map(({ id }) => choices.get(id))).toEqual([made.id, made.id, undefined, made.id]);
  const kept = withPlace(new Map([[rows[1]?.id ?? "", van.id]]), made, { rows, ids: [] });
  expect(kept.get(rows[1]?.id ?? ""), "what was chosen stays").toBe(van.id);
  expect(placesUsed(rows, choices, [...places, made])).toEqual([made]);
  const sent = placeToSave(made);
  expect(placeBody.parse(sent)).toMatchObject({ key: made.id, label: "Lane" });
  expect(JSON.stringify(sent)).not.toMatch(/-0\.08|51\.6/);
});
