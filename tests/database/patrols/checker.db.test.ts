import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { disk, type H3Cell } from "#core/geo/cell.ts";
import { createRandom } from "#core/random.ts";
import { dayMs, formatInstant } from "#core/time/zone.ts";
import type { Services } from "#server/acts/services.ts";
import { ownerActor } from "#server/db/database.ts";
import { checkPlan, protectedTimes } from "#server/patrols/checker/check-plan.ts";
import { type Plan, readSessions } from "#server/patrols/checker/stored.ts";
import { checkPlanCommand } from "#server/patrols/commands/check-plan.ts";
import { loadSessions } from "#server/protected-time/queries/sessions.ts";
import { cancelSession, saveSession } from "#server/protected-time/sessions.ts";
import { testServices } from "#tests/support/app.ts";
import { asStored } from "#tests/support/checker-session.ts";
import { runCommand } from "#tests/support/command.ts";
import { onEachEngine } from "#tests/support/database.ts";
import { at, london, partnerWithPlace, weekly } from "#tests/support/outreach.ts";
import { randomCalendar } from "#tests/support/random-calendar.ts";
import { scratchFolder } from "#tests/support/scratch.ts";
import { storeCalendar } from "#tests/support/store-calendar.ts";

const now = at("2021-11-26T12:00");
const moment = { zone: london, now };

function windowOf(id: string, cells: readonly H3Cell[], [from, to]: [string, string]) {
  return {
    id,
    start: formatInstant(london, at(from)),
    end: formatInstant(london, at(to)),
    stops: cells.map((cell) => ({ cell })),
  };
}

onEachEngine("check-plan", ({ db, rolledBack }) => {
  test("finds a stop inside protected time, and allows touching end points", () =>
    rolledBack(async (tx) => {
      const { partnerId, place } = await partnerWithPlace(tx, { name: "North Van", now });
      const rule = weekly("2021-11-30", "20:10", "21:50");
      await saveSession(tx, moment, { partnerId, placeId: place.id, rule });
      const inside = place.cells.slice(0, 1);
      const plan: Plan = {
        windows: [
          windowOf("before", inside, ["2021-11-30T18:30", "2021-11-30T19:30"]),
          windowOf("into", inside, ["2021-11-30T18:30", "2021-11-30T19:31"]),
          windowOf("within", inside, ["2022-03-29T20:00", "2022-03-29T20:30"]),
          windowOf("out of", inside, ["2021-12-07T22:29", "2021-12-07T23:00"]),
          windowOf("after", inside, ["2021-12-07T22:30", "2021-12-07T23:00"]),
          windowOf("next day", inside, ["2021-12-01T20:00", "2021-12-01T22:00"]),
        ],
      };
      expect(await checkPlan(tx, "Europe/London", plan)).toEqual({
        ok: false,
        overlaps: ["into", "within", "out of"],
      });
    }));

  test("finds a leg that crosses a footprint between two stops outside it", () =>
    rolledBack(async (tx) => {
      const { partnerId, place } = await partnerWithPlace(tx, { name: "North Van", now });
      const rule = weekly("2021-11-30", "20:00", "22:00");
      await saveSession(tx, moment, { partnerId, placeId: place.id, rule });
      const middle = place.cells[Math.floor(place.cells.length / 2)] as H3Cell;
      const rim = disk(middle, 9).filter((cell) => !disk(middle, 8).includes(cell));
      const [first, opposite] = [rim[0] as H3Cell, rim[Math.floor(rim.length / 2)] as H3Cell];
      expect(place.cells).not.toContain(first);
      expect(place.cells).not.toContain(opposite);
      const times: [string, string] = ["2021-11-30T20:00", "2021-11-30T21:00"];
      const plan: Plan = {
        windows: [
          windowOf("across", [first, opposite], times),
          windowOf("one side", [first], times),
          windowOf("other side", [opposite], times),
        ],
      };
      expect((await checkPlan(tx, "Europe/London", plan)).overlaps).toEqual(["across"]);
    }));

  test("knows dates called off in time, and those called off too late", () =>
    rolledBack(async (tx) => {
      const { partnerId, place } = await partnerWithPlace(tx, { name: "North Van", now });
      const rule = weekly("2021-11-26", "20:00", "22:00");
      const session = await saveSession(tx, moment, { partnerId, placeId: place.id, rule });
      await cancelSession(tx, moment, { session, date: "2021-11-26" });
      await cancelSession(tx, moment, { session, date: "2021-12-03" });
      const plan: Plan = {
        windows: ["2021-11-26", "2021-12-03", "2021-12-10"].map((date) =>
          windowOf(date, place.cells.slice(0, 1), [`${date}T20:00`, `${date}T21:00`]),
        ),
      };
      expect((await checkPlan(tx, "Europe/London", plan)).overlaps).toEqual([
        "2021-11-26",
        "2021-12-10",
      ]);
    }));

  test("reads from the database what was saved, and the occupancy rows say the same", () =>
    rolledBack(async (tx) => {
      for (let seed = 1; seed <= 6; seed += 1) {
        const calendar = randomCalendar(seed);
        const start = london.startOfDate(calendar.week);
        await storeCalendar(tx, { zone: london, now: start }, calendar);
      }
      const sessions = await loadSessions(tx, {});
      const stored = await readSessions(tx);
      expect(sessions.length).toBeGreaterThan(8);
      const key = (one: ReturnType<typeof asStored>) =>
        JSON.stringify({ ...one, cells: sortTexts(one.cells), dropped: sortDates(one.dropped) });
      expect(sortTexts(stored.map(key))).toEqual(
        sortTexts(sessions.map((session) => key(asStored(session, session.cells)))),
      );
      for (const session of sessions) {
        const from = session.createdAt;
        // Said to be saved at a time that the database has yet to reach: it opens nothing that comes before.
        const rows = await tx.query<{ from: number; to: number; cells: number }>(
          `select
             (extract(epoch from greatest(lower(during), $2::timestamptz)) * 1000)::float8 as "from",
             (extract(epoch from upper(during)) * 1000)::float8 as "to",
             count(*)::int as "cells"
           from occupancy
           where session_id = $1::bigint and upper(during) > $2::timestamptz
           group by during
           order by lower(during)`,
          [session.id, new Date(from)],
        );
        const to = from + 182 * dayMs;
        const wanted = protectedTimes("Europe/London", asStored(session), from, to)
          .filter(([start, end]) => end > from && start < to)
          .map(([start, end]) => ({
            from: Math.max(start, from),
            to: end,
            cells: session.cells.length,
          }));
        expect(rows, `session ${session.id}`).toEqual(wanted);
      }
    }));

  test("finds at random what the constraint would refuse, and nothing else", () =>
    rolledBack(async (tx) => {
      const random = createRandom(11);
      const calendar = randomCalendar(4);
      await storeCalendar(tx, { zone: london, now: london.startOfDate(calendar.week) }, calendar);
      const cells = calendar.partners.flatMap((one) => one.places.flatMap((place) => place.cells));
      const windows = Array.from({ length: 150 }, (_, index) => {
        const start = london.startOfDate(calendar.week) + random.integer(14 * 96) * 900_000;
        const cell = cells[random.integer(cells.length)] as H3Cell;
        return {
          id: index,
          start: formatInstant(london, start),
          end: formatInstant(london, start + (1 + random.integer(8)) * 900_000),
          stops: [{ cell }],
        };
      });
      const rows = await tx.query<{ id: number }>(
        `select distinct given.id as "id"
         from unnest($1::int[], $2::text[], $3::timestamptz[], $4::timestamptz[])
           as given (id, cell, starts_at, ends_at)
         join occupancy
           on to_hex(occupancy.cell) = given.cell
           and occupancy.during && tstzrange(given.starts_at, given.ends_at, '[)')
         order by 1`,
        [
          windows.map((one) => one.id),
          windows.map((one) => one.stops[0]?.cell ?? ""),
          windows.map((one) => one.start),
          windows.map((one) => one.end),
        ],
      );
      const verdict = await checkPlan(tx, "Europe/London", { windows });
      expect(verdict.overlaps).toEqual(rows.map((row) => row.id));
      expect(verdict.overlaps.length).toBeGreaterThan(0);
      expect(verdict.overlaps.length).toBeLessThan(windows.length);
    }));

  const folder = scratchFolder("check");
  let services: Services;
  beforeAll(async () => {
    services = await testServices(db());
  });
  afterAll(async () => {
    await services.solver.close();
  });

  const check = (content: string) => {
    const file = join(folder, "plan.json");
    writeFileSync(file, content);
    return runCommand(services, checkPlanCommand, { positionals: [file] });
  };

  test("what was withdrawn or went stands nowhere; what is agreed or suggested is checked", () =>
    rolledBack(async (tx) => {
      const { partnerId, place } = await partnerWithPlace(tx, { name: "North Van", now });
      const rule = weekly("2021-11-30", "20:00", "22:00");
      await saveSession(tx, moment, { partnerId, placeId: place.id, rule });
      const statuses = ["suggested", "agreed", "withdrawn", "unavailable", "called_off", undefined];
      const windows = statuses.map((status) => ({
        ...windowOf(String(status), place.cells.slice(0, 1), [
          "2021-11-30T20:00",
          "2021-11-30T21:00",
        ]),
        ...(status === undefined ? {} : { status }),
      }));
      const verdict = await checkPlan(tx, "Europe/London", { windows });
      expect(verdict.overlaps).toEqual(["suggested", "agreed", "undefined"]);
    }));

  test("the command answers as INTERFACES says, with exit 1 and the plan's own windows", async () => {
    const place = await db().transaction(ownerActor, async (tx) => {
      const made = await partnerWithPlace(tx, { name: "North Van", now });
      const rule = weekly("2021-11-30", "20:00", "22:00");
      await saveSession(tx, moment, { partnerId: made.partnerId, placeId: made.place.id, rule });
      return made.place;
    });
    const good = windowOf("w1", place.cells.slice(0, 1), ["2021-12-01T20:00", "2021-12-01T21:00"]);
    const bad = windowOf("w2", place.cells.slice(0, 1), ["2021-11-30T20:00", "2021-11-30T21:00"]);
    // What `plan` prints has more than is checked.
    const clear = await check(JSON.stringify({ windows: [{ ...good, unit: 1 }], objective: 2 }));
    expect(clear).toMatchObject({ json: { ok: true, overlaps: [] }, exit: 0 });
    const taken = await check(JSON.stringify({ windows: [good, bad] }));
    expect(taken).toMatchObject({ json: { ok: false, overlaps: ["w2"] }, exit: 1 });
    expect(taken.text).toEqual(["No longer available: w2 of 2 patrols."]);
    expect(JSON.stringify(taken)).not.toMatch(/North Van|20:|session|outreach/i);
  });

  test("a file that is no plan is refused in words, never passed as clear", async () => {
    for (const [content, reason] of [
      ["", "is empty"],
      ["{", "is not JSON"],
      ["[]", "is not a plan"],
      ['{"windows":{}}', "windows"],
      ['{"windows":[{"id":"w1"}]}', "windows.0"],
      [
        '{"windows":[{"id":"w1","start":"2021-12-01T20:00:00Z","end":"2021-12-01T21:00:00Z","stops":[]}]}',
        "a window without stops cannot be checked",
      ],
      [
        '{"windows":[{"id":"w1","start":"2021-12-01T20:00:00","end":"2021-12-01T21:00:00Z","stops":[{"cell":"8a194ad3056ffff"}]}]}',
        "windows.0.start",
      ],
      [
        '{"windows":[{"id":"w1","start":"2021-12-01T20:00:00Z","end":"2021-12-01T20:00:00Z","stops":[{"cell":"8a194ad3056ffff"}]}]}',
        "ends as it starts",
      ],
      [
        '{"windows":[{"id":"w1","start":"2021-12-01T20:00:00Z","end":"2021-12-01T21:00:00Z","stops":[{"cell":"89194ad3057ffff"}]}]}',
        "a cell of resolution 10",
      ],
    ] as const) {
      await expect(check(content), content).rejects.toThrow(reason);
    }
    const missing = { positionals: [join(folder, "none.json")] };
    await expect(runCommand(services, checkPlanCommand, missing)).rejects.toThrow(
      "There is no file",
    );
  });
});

function sortTexts(texts: readonly string[]): string[] {
  return [...texts].sort((a, b) => (a < b ? -1 : 1));
}

function sortDates<Row extends { readonly date: string }>(rows: readonly Row[]): Row[] {
  return [...rows].sort((a, b) => (a.date < b.date ? -1 : 1));
}
