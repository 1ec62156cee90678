import { beforeAll, describe, expect, test } from "vitest";
import { emptyDraft, readDraft } from "#client/protected-time/session-form/draft.ts";
import type { Draft } from "#client/protected-time/session-form/draft-when.ts";
import { bodyOf, uploadOf } from "#client/protected-time/upload/upload-rows.ts";
import { upcoming } from "#core/protected-time/protected.ts";
import { readWholeCalendar } from "#core/protected-time/read-calendar.ts";
import type { SessionRule } from "#core/protected-time/session.ts";
import {
  occurrencesReply,
  type SavedPlaceReply,
  savedPlace,
} from "#core/protected-time/wire/outreach.ts";
import { addDays, formatInstant } from "#core/time/zone.ts";
import { systemActor } from "#server/db/database.ts";
import { writeSetting } from "#server/db/settings.ts";
import type { TestCaller } from "#tests/support/app.ts";
import { appWith } from "#tests/support/app-with.ts";
import { bundledGround } from "#tests/support/bundled-places.ts";
import { onOneEngine } from "#tests/support/database.ts";
import { circleAt, corner, london, single, weekly } from "#tests/support/outreach.ts";
import { addPartners } from "#tests/support/partner-care.ts";

/**
 * What is awkward about a session, typed into the page, read from a calendar file on the phone, and sent to the
 * interface: each of the three accepts it and closes the same moments, or refuses it in words.
 */

/** A week before the clocks go back; the horizon holds the spring change too. */
const today = "2021-10-25";
const clock = (local: string) => `TZID=Europe/London:${local.replace(/[-:]/g, "")}00`;
const entry = (from: string, to: string, more: readonly string[] = []) => [
  `DTSTART;${clock(from)}`,
  `DTEND;${clock(to)}`,
  ...more,
];

interface Accepted {
  readonly name: string;
  readonly rules: readonly SessionRule[];
  readonly entries: readonly (readonly string[])[];
  /** The first of them, as police are shown them; what touches is one. */
  readonly closed: readonly string[];
}

const wholeWeek: SessionRule = {
  ...weekly("2021-12-06", "00:00", "00:00"),
  days: [1, 2, 3, 4, 5, 6, 7],
  until: "2021-12-12",
};

const accepted: readonly Accepted[] = [
  {
    name: "a rule without an end",
    rules: [weekly("2021-11-02", "20:00", "21:00")],
    entries: [entry("2021-11-02T20:00", "2021-11-02T21:00", ["RRULE:FREQ=WEEKLY"])],
    closed: [
      "2021-11-02T19:30:00+00:00 2021-11-02T21:30:00+00:00",
      "2021-11-09T19:30:00+00:00 2021-11-09T21:30:00+00:00",
      "2021-11-16T19:30:00+00:00 2021-11-16T21:30:00+00:00",
    ],
  },
  {
    name: "in the doubled hour: from its first reading to its second",
    rules: [single("2021-10-31", "01:15", "01:45")],
    entries: [entry("2021-10-31T01:15", "2021-10-31T01:45")],
    closed: ["2021-10-31T00:30:00+01:00 2021-10-31T02:30:00+00:00"],
  },
  {
    name: "in the missing hour: both of its readings",
    rules: [single("2022-03-27", "01:15", "01:45")],
    entries: [entry("2022-03-27T01:15", "2022-03-27T01:45")],
    closed: ["2022-03-26T23:30:00+00:00 2022-03-27T03:30:00+01:00"],
  },
  {
    name: "over midnight",
    rules: [single("2021-12-03", "22:10", "02:05")],
    entries: [entry("2021-12-03T22:10", "2021-12-04T02:05")],
    closed: ["2021-12-03T21:30:00+00:00 2021-12-04T03:00:00+00:00"],
  },
  {
    name: "over the clock change",
    rules: [single("2022-03-26", "22:00", "06:00")],
    entries: [entry("2022-03-26T22:00", "2022-03-27T06:00")],
    closed: ["2022-03-26T21:30:00+00:00 2022-03-27T06:30:00+01:00"],
  },
  {
    name: "two that touch",
    rules: [single("2021-12-04", "18:00", "19:00"), single("2021-12-04", "19:00", "20:00")],
    entries: [
      entry("2021-12-04T18:00", "2021-12-04T19:00"),
      entry("2021-12-04T19:00", "2021-12-04T20:00"),
    ],
    closed: ["2021-12-04T17:30:00+00:00 2021-12-04T20:30:00+00:00"],
  },
  {
    name: "over the whole week",
    rules: [wholeWeek],
    entries: [entry("2021-12-06T00:00", "2021-12-13T00:00")],
    closed: ["2021-12-05T23:30:00+00:00 2021-12-13T00:30:00+00:00"],
  },
];

const ground = bundledGround();

onOneEngine("an awkward session", ({ db }) => {
  const app = appWith(db);
  const typed = app.caller("partner", "a");
  let read: TestCaller;
  let typedPlace: SavedPlaceReply;
  let readPlaceId: string;
  beforeAll(async () => {
    await db().transaction(systemActor, (tx) => writeSetting(tx, "demo", { asAt: today }));
    await app.services.asAt.refresh(db());
    await addPartners(app, { a: "Of a", b: "Of b" });
    read = await app.as("partner", "b");
    for (const one of [typed, read]) await one.send("POST", "/api/outreach/calendar/confirm", {});
    typedPlace = await placeOf(typed);
    readPlaceId = (await placeOf(read)).id;
  });

  const placeOf = async (caller: TestCaller) => {
    const body = { label: "Van", ...circleAt(corner) };
    return savedPlace.parse((await caller.send("POST", "/api/outreach/places", body)).json());
  };
  const here = () => {
    const now = app.services.asAt.now();
    return { zone: london, today, now, lastDay: addDays(today, 26 * 7), ground };
  };
  const draftOf = (rule: SessionRule): Draft => ({
    ...emptyDraft(today, [typedPlace]),
    repeats: rule.repeats,
    everyWeeks: String(rule.everyWeeks),
    firstDate: rule.firstDate,
    asksDay: false,
    start: rule.start,
    end: rule.end,
    until: rule.until ?? "",
    days: rule.days ?? [],
  });
  const fileOf = (entries: readonly (readonly string[])[], name: string) => {
    const lines = entries.flatMap((one, index) => [
      "BEGIN:VEVENT",
      `UID:${name} ${index}@example.org`,
      ...one,
      "END:VEVENT",
    ]);
    const text = ["BEGIN:VCALENDAR", "VERSION:2.0", ...lines, "END:VCALENDAR", ""].join("\r\n");
    const calendar = readWholeCalendar({ zone: london, now: here().now, text });
    if (!calendar.ok) throw new Error(calendar.reason);
    return calendar.value;
  };
  /** What is closed of these sessions, as the interface says it; what touches or overlaps is one. */
  const closedOf = async (caller: TestCaller, isOwn: (sessionId: string) => boolean) => {
    const all = [];
    for (let from = "2021-10-25"; from < "2022-04-20"; from = addDays(from, 30)) {
      const url = `/api/outreach/occurrences?from=${from}&to=${addDays(from, 29)}`;
      all.push(...occurrencesReply.parse((await caller.get(url)).json()).occurrences);
    }
    return merged(
      all
        .filter(({ sessionId }) => isOwn(sessionId))
        .map(({ closedFrom, closedTo }) => [Date.parse(closedFrom), Date.parse(closedTo)]),
    );
  };
  const sessionIds = async (caller: TestCaller) => {
    const reply = (await caller.get("/api/outreach/sessions")).json<{
      sessions: { id: string }[];
    }>();
    return reply.sessions.map(({ id }) => id);
  };

  describe.each(accepted)("$name", ({ name, rules, entries, closed }) => {
    test("is previewed by the page and saved by the interface as the same closed moments", async () => {
      const before = await sessionIds(typed);
      const shown: [number, number][] = [];
      for (const rule of rules) {
        const draft = readDraft(draftOf(rule), [typedPlace], here());
        if (!draft.ok) throw new Error(JSON.stringify(draft.reason));
        const session = { rule: draft.value.rule, exceptions: [], endedAt: null };
        for (const one of upcoming(london, session, here().now)) {
          shown.push([one.closedFrom, one.closedTo]);
        }
        const body = { placeId: typedPlace.id, rule: draft.value.rule };
        const reply = await typed.send("POST", "/api/outreach/sessions", body);
        expect(reply.statusCode, reply.body).toBe(200);
      }
      const stored = await closedOf(typed, (id) => !before.includes(id));
      expect(wordsOf(stored).slice(0, closed.length)).toEqual(closed);
      expect(wordsOf(merged(shown)).slice(0, closed.length)).toEqual(closed);
    });

    test("is read of a calendar file as the same", async () => {
      const calendar = fileOf(entries, name);
      expect(calendar.rejected).toEqual([]);
      const upload = uploadOf(calendar, [], { zone: london, now: here().now });
      const choices = new Map(upload.rows.map(({ id }) => [id, readPlaceId]));
      const before = await sessionIds(read);
      const hash = (uid: string) => Buffer.from(uid).toString("hex").padEnd(64, "0").slice(-64);
      const body = bodyOf(upload, choices, hash);
      const reply = await read.send("POST", "/api/outreach/calendar/import", body);
      expect(reply.statusCode, reply.body).toBe(200);
      const stored = await closedOf(read, (id) => !before.includes(id));
      expect(wordsOf(stored).slice(0, closed.length)).toEqual(closed);
    });
  });
});

function merged(stretches: readonly (readonly number[])[]): [number, number][] {
  const out: [number, number][] = [];
  for (const [from = 0, to = 0] of [...stretches].sort((a, b) => (a[0] ?? 0) - (b[0] ?? 0))) {
    const last = out.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else out.push([from, to]);
  }
  return out;
}

function wordsOf(stretches: readonly (readonly [number, number])[]): string[] {
  return stretches.map((ends) => ends.map((instant) => formatInstant(london, instant)).join(" "));
}
