import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { footprintOf } from "#core/protected-time/footprint.ts";
import type { Services } from "#server/acts/services.ts";
import { operatorActor } from "#server/cli/command.ts";
import { ownerActor, type Transaction } from "#server/db/database.ts";
import { writeSetting } from "#server/db/settings.ts";
import { calendarState } from "#server/protected-time/calendars.ts";
import { importCalendarCommand } from "#server/protected-time/commands/import-calendar.ts";
import { loadSessions, type SessionRow } from "#server/protected-time/queries/sessions.ts";
import { runRetention } from "#server/upkeep/retention/run-retention.ts";
import { testServices } from "#tests/support/app.ts";
import { runCommand } from "#tests/support/command.ts";
import { onEachEngine } from "#tests/support/database.ts";
import { at, circleAt, london } from "#tests/support/outreach.ts";
import { scratchFolder } from "#tests/support/scratch.ts";

interface Answer {
  readonly sessions: number;
  readonly occurrences: number;
  readonly cells: number;
  readonly rejected: readonly { readonly line: number; readonly reason: string }[];
  readonly [key: string]: unknown;
}

onEachEngine("import-calendar", ({ db, once }) => {
  let services: Services;
  const folder = scratchFolder("import");
  beforeAll(async () => {
    await db().transaction(ownerActor, (tx) => writeSetting(tx, "demo", { asAt: "2021-11-26" }));
    services = await testServices(db());
  });
  afterAll(async () => {
    await services.solver.close();
  });
  beforeEach(() => db().transaction(ownerActor, (tx) => tx.query("delete from partner")));

  const importLines = async (
    lines: readonly string[],
    values: Readonly<Record<string, string | boolean>> = {},
  ) => {
    const file = join(folder, "calendar.ics");
    const text = ["BEGIN:VCALENDAR", "VERSION:2.0", ...lines, "END:VCALENDAR", ""].join("\r\n");
    writeFileSync(file, text);
    const given = { positionals: [file], values: { partner: "North Van", ...values } };
    const result = await runCommand(services, importCalendarCommand, given);
    return { ...result, json: result.json as Answer };
  };
  const read = <Value>(work: (tx: Transaction) => Promise<Value>) =>
    db().transaction(ownerActor, work);
  // Not as the owner, which reads what is sealed too.
  const stored = () => db().transaction(operatorActor("test"), (tx) => loadSessions(tx, {}));
  const state = (planTo = "2021-12-06T00:00") =>
    read((tx) =>
      calendarState(tx, {
        zone: london,
        now: services.asAt.now(),
        planFrom: at("2021-11-29T00:00"),
        planTo: at(planTo),
      }),
    );
  const dateOfRows = () =>
    read((tx) =>
      tx.query<{ from: number }>(
        `select distinct (extract(epoch from lower(during)) * 1000)::float8 as "from"
         from occupancy
         order by 1`,
      ),
    );

  test("SAFEGUARDS 3: a file closes its sessions, and confirms no calendar unless somebody said that it is all", async () => {
    const lines = entry({ rule: "FREQ=WEEKLY;COUNT=4" });
    const unasked = await importLines(lines);
    expect(unasked.json).toMatchObject({ sessions: 1, partnerCreated: true, confirmed: false });
    expect(unasked.text.join("\n")).toContain("Not confirmed: ask the partner");
    expect(await state()).toMatchObject({ ok: false });
    expect(await dateOfRows()).toHaveLength(4);
    expect((await importLines(lines, { confirm: true })).json).toMatchObject({ confirmed: true });
    expect(await state()).toMatchObject({ ok: true });
  });

  test("a dry run says the same and stores nothing", async () => {
    const result = await importLines(entry({ rule: "FREQ=WEEKLY;COUNT=4" }), { "dry-run": true });
    expect(result.json).toMatchObject({ sessions: 1, occurrences: 4, partnerCreated: false });
    expect(await stored()).toEqual([]);
    expect(await state()).toMatchObject({ ok: false });
  });

  test("importing the same file again changes nothing: no second place, no second session", async () => {
    await importLines(entry({ rule: "FREQ=WEEKLY" }));
    const before = await stored();
    const again = await importLines(entry({ rule: "FREQ=WEEKLY" }));
    expect(await stored()).toEqual(before);
    expect(again.json["partnerCreated"]).toBe(false);
    const places = await read((tx) =>
      tx.query<{ count: number }>('select count(*)::int as "count" from saved_place'),
    );
    expect(places).toEqual([{ count: 1 }]);
  });

  test("the same file changes nothing either once its past exceptions are erased", async () => {
    const lines = entry({
      rule: "FREQ=WEEKLY",
      date: "20211006",
      more: ["EXDATE;TZID=Europe/London:20211020T200000,20211222T200000"],
    });
    await importLines(lines);
    await runRetention(services);
    const before = await stored();
    expect(before.map(({ exceptions }) => exceptions.map(({ date }) => date))).toEqual([
      ["2021-12-22"],
    ]);
    await importLines(lines);
    expect(await stored()).toEqual(before);
  });

  test("a changed entry replaces the old one, a cancelled one opens it, a missing one stays", async () => {
    await importLines([...entry({ rule: "FREQ=WEEKLY" }), ...entry({ uid: "two" })]);
    const going = (sessions: readonly SessionRow[]) =>
      sessions.filter((session) => session.endedAt === null).map((session) => session.rule.start);
    expect(going(await stored())).toEqual(["20:00", "20:00"]);
    const moved = await importLines(entry({ rule: "FREQ=WEEKLY", start: "T180000" }));
    expect(moved.json["unmentioned"]).toBe(1);
    expect(going(await stored())).toEqual(["20:00", "18:00"]);
    await importLines(entry({ rule: "FREQ=WEEKLY", more: ["STATUS:CANCELLED"] }));
    expect(going(await stored())).toEqual(["20:00"]);
    // All ended more than 24 hours before they start: only the unmentioned one is closed.
    expect(await dateOfRows()).toEqual([{ from: at("2021-12-01T19:30") }]);
  });

  once("one entry that cannot be read: the others are closed, and no plan is made", async () => {
    const result = await importLines([
      ...entry({ rule: "FREQ=WEEKLY" }),
      ...entry({ uid: "two", rule: "FREQ=SECONDLY" }),
    ]);
    expect(result.json).toMatchObject({ sessions: 1, confirmed: false, rejected: [{ line: 10 }] });
    expect(result.text.join("\n")).toContain("Line 10 not taken: Its repeat rule is secondly");
    expect(result.exit).toBe(0);
    expect(await state()).toMatchObject({
      ok: false,
      reason: "No suggestion: an outreach calendar could not be read.",
    });
    await importLines(entry({ rule: "FREQ=WEEKLY" }));
    expect(await state()).toMatchObject({ ok: false });
    await importLines(entry({ rule: "FREQ=WEEKLY" }), { confirm: true });
    expect(await state()).toMatchObject({ ok: true });
  });

  test("nothing but entries that cannot be read fails, with their lines", async () => {
    const result = await importLines(entry({ rule: "FREQ=SECONDLY" }));
    expect(result.json).toMatchObject({ sessions: 0, occurrences: 0, cells: 0 });
    expect(result.json.rejected).toHaveLength(1);
    expect(result.exit).toBe(1);
  });

  test("a rule that is kept as dates limits how far plans may go", async () => {
    const result = await importLines(entry({ rule: "FREQ=MONTHLY;BYDAY=1WE" }), { confirm: true });
    expect(result.text.join("\n")).toContain("import the calendar again within 26 weeks");
    expect(await state()).toMatchObject({ ok: true });
    // A day later than in winter time once it is past 23:00: 26 weeks on, the clocks have changed.
    expect(await state("2022-05-29T00:00")).toMatchObject({ ok: false });
    await importLines(entry({ rule: "FREQ=WEEKLY" }));
    expect(await state("2022-05-27T00:00")).toMatchObject({ ok: true });
  });

  once(
    "a file that is no calendar is refused in one line, and stops plans of a known partner",
    async () => {
      await importLines(entry({}), { confirm: true });
      const file = join(folder, "not.ics");
      const values = { partner: "north van" };
      for (const [content, reason] of [
        ["", "not a calendar"],
        ["lat,lon\n51.6,-0.06\n", "not a calendar"],
        [Buffer.from([0xff, 0xfe, 0x42, 0x00]), "is not UTF-8 text"],
        ["BEGIN:VCALENDAR\nBEGIN:VEVENT\n", "never closed"],
      ] as const) {
        writeFileSync(file, content);
        const run = runCommand(services, importCalendarCommand, { positionals: [file], values });
        await expect(run).rejects.toThrow(reason);
      }
      expect(await state()).toMatchObject({ ok: false });
      const none = { positionals: [join(folder, "none.ics")], values };
      await expect(runCommand(services, importCalendarCommand, none)).rejects.toThrow(
        "cannot be read",
      );
    },
  );

  once("a wrong radius or no partner is a wrong call", async () => {
    for (const values of [
      { radius: "0" },
      { radius: "401" },
      { radius: "1e2" },
      { radius: "-5" },
      { partner: "" },
    ]) {
      await expect(importLines(entry({}), values)).rejects.toMatchObject({ name: "UsageError" });
    }
    // A radius is rounded up to the next class.
    const cellsFor = async (radius: string) =>
      (await importLines(entry({}), { radius, "dry-run": true })).json.cells;
    expect(await cellsFor("10")).toBe(footprintOf(circleAt([-0.0631, 51.6179], 100)).length);
    expect(await cellsFor("301")).toBe(footprintOf(circleAt([-0.0631, 51.6179], 400)).length);
  });
});

/** Eight lines, or seven without a rule. */
function entry(given: {
  readonly uid?: string;
  readonly rule?: string;
  readonly start?: string;
  readonly date?: string;
  readonly more?: readonly string[];
}): string[] {
  const { uid = "one", rule, start = "T200000", date = "20211201", more = [] } = given;
  return [
    "BEGIN:VEVENT",
    `UID:${uid}`,
    "GEO:51.6179;-0.0631",
    `DTSTART;TZID=Europe/London:${date}${start}`,
    "DURATION:PT2H",
    ...(rule === undefined ? [] : [`RRULE:${rule}`]),
    ...more,
    "END:VEVENT",
  ];
}
