import { expect, test } from "vitest";
import {
  cellToDecimal,
  type H3Cell,
  neighboursOf,
  parentCell,
  zoneResolution,
} from "#core/geo/cell.ts";
import { createClosedTime } from "#core/patrols/ground/closed-time.ts";
import { legCells } from "#core/patrols/ground/leg.ts";
import { createRandom } from "#core/random.ts";
import { dayMs, formatInstant, minuteMs } from "#core/time/zone.ts";
import type { Transaction } from "#server/db/database.ts";
import { typedQueries } from "#server/db/rows.ts";
import { checkPlan } from "#server/patrols/checker/check-plan.ts";
import { takenWindows } from "#server/patrols/checks.ts";
import { closedTime } from "#server/patrols/known.ts";
import { mayBeThere } from "#server/protected-time/police-ask.ts";
import {
  blockedWindows,
  nothingSeen,
  shownStretches,
} from "#server/protected-time/protected-stretches.ts";
import { saveSession } from "#server/protected-time/sessions.ts";
import { onEachEngine } from "#tests/support/database.ts";
import {
  agreedWindow,
  at,
  circleAt,
  london,
  partnerWithPlace,
  single,
} from "#tests/support/outreach.ts";
import { randomCalendar } from "#tests/support/random-calendar.ts";
import { storeCalendar } from "#tests/support/store-calendar.ts";

interface Asked {
  readonly id: string;
  readonly cell: H3Cell;
  readonly from: number;
  readonly to: number;
}

/** Each where it is decided, and by nothing but itself: two that agree would cover for each other. */
onEachEngine("the rule in each of its places", ({ rolledBack }) => {
  test("database, interface, planner, screen and checker say the same of every window, to the minute", () =>
    rolledBack(async (tx) => {
      const calendar = randomCalendar(4);
      const now = london.startOfDate(calendar.week);
      await storeCalendar(tx, { zone: london, now }, calendar);
      const windows = await windowsAround(tx, now);
      const answers = {
        database: await refusedByDatabase(tx, windows),
        ...(await answersOf(tx, { now, days: 14 }, windows)),
      };
      expect(answers.database.length).toBeGreaterThan(60);
      expect(answers.database.length).toBeLessThan(windows.length - 60);
      expect(answers.interface).toEqual(answers.database);
      expect(answers.planner).toEqual(answers.database);
      expect(answers.screen).toEqual(answers.database);
      expect(answers.checker).toEqual(answers.database);
      // A question is rounded outward to half hours: it says no more often, and never yes inside.
      for (const { id, cell, from, to } of windows.slice(0, 60)) {
        const asked = { name: "here", cells: [cell], from, to };
        const reply = await mayBeThere(tx, { zone: london, now }, asked, nothingSeen());
        if (answers.database.includes(id)) expect(reply.answer).toBe("no");
        if (reply.answer === "yes") expect(answers.database).not.toContain(id);
      }
    }));

  test("the minutes around midnight are closed in each of them, and a stretch goes over it in one", () =>
    rolledBack(async (tx) => {
      const now = at("2021-11-26T12:00");
      const { partnerId, place } = await partnerWithPlace(tx, { name: "North Van", now });
      // Closed from 22:00 to 02:30, from midnight, up to midnight.
      for (const rule of [
        single("2021-11-29", "22:30", "02:00"),
        single("2021-12-01", "00:30", "01:30"),
        single("2021-12-02", "21:00", "23:30"),
      ]) {
        await saveSession(tx, { zone: london, now }, { partnerId, placeId: place.id, rule });
      }
      // Another place closes at the midnight at which that one opens.
      const spot = circleAt([-0.07, 51.63], 100);
      const other = await partnerWithPlace(tx, { name: "Harbour", now, spot });
      await saveSession(
        tx,
        { zone: london, now },
        {
          partnerId: other.partnerId,
          placeId: other.place.id,
          rule: single("2021-12-03", "00:30", "01:30"),
        },
      );
      const [cell] = place.cells as [H3Cell];
      const windows = ["2021-11-30", "2021-12-01", "2021-12-02", "2021-12-03"].flatMap((date) =>
        Array.from({ length: 30 }, (_, minute): Asked => {
          const from = at(`${date}T00:00`) + (minute - 15) * minuteMs;
          return { id: `${date} ${minute - 15}`, cell, from, to: from + minuteMs };
        }),
      );
      const isClosed = ({ id }: Asked) => {
        const [date, minute] = id.split(" ");
        if (date === "2021-11-30") return true;
        if (date === "2021-12-01") return Number(minute) >= 0;
        return date === "2021-12-03" && Number(minute) < 0;
      };
      const expected = windows.filter(isClosed).map(({ id }) => id);
      expect(await refusedByDatabase(tx, windows)).toEqual(expected);
      const answers = await answersOf(tx, { now, days: 10 }, windows);
      for (const [place, answer] of Object.entries(answers))
        expect(answer, place).toEqual(expected);
      const span = { from: at("2021-11-29T00:00"), to: at("2021-12-04T00:00") };
      const shown = await shownStretches(tx, { zone: london, now, ...span, seen: nothingSeen() });
      const { cells } = place;
      expect(shown).toEqual([
        { cells, from: at("2021-11-29T22:00"), to: at("2021-11-30T02:30") },
        { cells, from: at("2021-12-01T00:00"), to: at("2021-12-01T02:00") },
        { cells, from: at("2021-12-02T20:30"), to: at("2021-12-03T00:00") },
        { cells: other.place.cells, from: at("2021-12-03T00:00"), to: at("2021-12-03T02:00") },
      ]);
    }));

  test("two are asked before a window is agreed or issued, and the word of either is enough, on the way between stops too", () =>
    rolledBack(async (tx) => {
      const now = at("2021-11-26T12:00");
      const { partnerId, place } = await partnerWithPlace(tx, { name: "North Van", now });
      const rule = single("2021-11-29", "19:00", "20:00");
      await saveSession(tx, { zone: london, now }, { partnerId, placeId: place.id, rule });
      const day = { planFrom: at("2021-11-29T00:00"), planTo: at("2021-11-30T00:00") };
      const window = (label: string, start: string, cells: readonly H3Cell[]) => ({
        label,
        zone: parentCell(cells[0] as H3Cell, zoneResolution),
        unit: 1,
        start: at(start),
        end: at(start) + 60 * minuteMs,
        stops: cells.map((cell) => ({ cell, arrive: at(start), depart: at(start) + minuteMs })),
      });
      const windows = [
        window("stop", "2021-11-29T19:00", place.cells.slice(0, 1)),
        window("way", "2021-11-29T19:00", acrossFrom(place.cells)),
        window("before", "2021-11-29T17:30", place.cells.slice(0, 1)),
      ];
      // What each of the two reads the sessions by: made blind, it finds nothing.
      const checkers = 's.every_weeks::int as "weeks"';
      const own = "as moved_from_key";
      for (const blind of [[], [checkers], [own]]) {
        const taken = await takenWindows(
          withoutAnswers(tx, blind),
          { zone: london, now, ...day },
          windows,
        );
        expect(taken, blind.join()).toEqual(new Set(["stop", "way"]));
      }
      const neither = withoutAnswers(tx, [checkers, own]);
      expect((await takenWindows(neither, { zone: london, now, ...day }, windows)).size).toBe(0);
    }));

  test("a night that ends after the plan's last midnight keeps to what is shown of the next day", () =>
    rolledBack(async (tx) => {
      const now = at("2021-11-26T12:00");
      const { partnerId, place } = await partnerWithPlace(tx, { name: "North Van", now });
      // Confirmed for plans up to 10 December: on the 11th it is only assumed, and closed an hour wider.
      for (const rule of [
        single("2021-12-10", "12:00", "13:00"),
        single("2021-12-11", "02:00", "04:00"),
      ]) {
        await saveSession(tx, { zone: london, now }, { partnerId, placeId: place.id, rule });
      }
      const [cell] = place.cells as [H3Cell];
      const plan = { planFrom: at("2021-12-10T00:00"), planTo: at("2021-12-11T00:00") };
      const windows = [
        ["on the plan's day", "2021-12-10T22:30", "2021-12-11T00:00"],
        ["up to what is shown", "2021-12-10T23:30", "2021-12-11T00:30"],
        ["a minute into it", "2021-12-10T23:31", "2021-12-11T00:31"],
      ].map(([id = "", from = "", to = ""]): Asked => ({ id, cell, from: at(from), to: at(to) }));
      const period = { zone: london, now, ...plan };
      const asked = windows.map(({ cell: one, ...window }) => ({ ...window, cells: [one] }));
      const until = at("2021-12-11T06:00");
      const planner = await closedTime(tx, { ...period, until, seen: nothingSeen() });
      const shown = await shownStretches(tx, {
        zone: london,
        now,
        from: plan.planFrom,
        to: until,
        seen: nothingSeen(),
      });
      const expected = [
        { from: at("2021-12-10T11:30"), to: at("2021-12-10T13:30") },
        { from: at("2021-12-11T00:30"), to: at("2021-12-11T05:30") },
      ];
      expect(shown.map(({ from, to }) => ({ from, to }))).toEqual(expected);
      expect(planner.of(cell)).toEqual(expected);
      expect(await blockedWindows(tx, period, asked)).toEqual(["a minute into it"]);
    }));
});

/** Two cells on either side of a footprint, both outside, with the footprint on the way between them. */
function acrossFrom(footprint: readonly H3Cell[]): [H3Cell, H3Cell] {
  const held = new Set(footprint);
  const around = [...new Set(footprint.flatMap((cell) => neighboursOf(cell)))].filter(
    (cell) => !held.has(cell),
  );
  const [from] = around as [H3Cell];
  const to = around.find((cell) => legCells(from, cell).filter((one) => held.has(one)).length > 1);
  if (to === undefined) throw new Error("No way crosses the footprint");
  return [from, to];
}

/** The same, but statements with any of these words find no row. */
function withoutAnswers(tx: Transaction, words: readonly string[]): Transaction {
  const query: Transaction["query"] = async (sql, params) =>
    words.some((one) => sql.includes(one)) ? [] : tx.query(sql, params);
  return {
    ...typedQueries(({ sql, params }) => query(sql, params), london),
    query,
    tryQuery: async (sql, params) =>
      words.some((one) => sql.includes(one)) ? [] : tx.tryQuery(sql, params),
    commitWith: (statement) => tx.commitWith(statement),
    script: (sql) => tx.script(sql),
    through: (door, work) => tx.through(door, (inner) => work(withoutAnswers(inner, words))),
  };
}

/** What each place but the database says, of the days from now on. */
async function answersOf(
  tx: Transaction,
  { now, days }: { readonly now: number; readonly days: number },
  windows: readonly Asked[],
) {
  const span = { from: now, to: now + days * dayMs };
  const stretches = await shownStretches(tx, { zone: london, now, ...span, seen: nothingSeen() });
  const planner = createClosedTime(stretches);
  const checker = await checkPlan(tx, london.name, {
    windows: windows.map(({ id, cell, from, to }) => ({
      id,
      start: formatInstant(london, from),
      end: formatInstant(london, to),
      stops: [{ cell }],
    })),
  });
  const period = { zone: london, now, planFrom: span.from, planTo: span.to };
  return {
    interface: await blockedWindows(
      tx,
      period,
      windows.map(({ cell, ...window }) => ({ ...window, cells: [cell] })),
    ),
    planner: windows
      .filter(({ cell, from, to }) => !planner.isClear(cell, from, to))
      .map(({ id }) => id),
    screen: windows
      .filter(({ cell, from, to }) =>
        stretches.some((one) => one.cells.includes(cell) && one.from < to && one.to > from),
      )
      .map(({ id }) => id),
    checker: checker.overlaps.map(String),
  };
}

/** Just before, at, inside, at and just after the ends of what is closed, in its cells and beside them. */
async function windowsAround(tx: Transaction, now: number): Promise<Asked[]> {
  const rows = await tx.query<{ cell: H3Cell; from: number; to: number }>(
    `select
       to_hex(cell) as "cell",
       (extract(epoch from lower(during)) * 1000)::float8 as "from",
       (extract(epoch from upper(during)) * 1000)::float8 as "to"
     from occupancy
     where kind = 'protected' and lower(during) < $1::timestamptz and upper(during) > $2::timestamptz
     order by occupancy.during, occupancy.cell`,
    [new Date(now + 13 * dayMs), new Date(now)],
  );
  const random = createRandom(5);
  return Array.from({ length: 240 }, (_, at) => {
    const row = rows[random.integer(rows.length)];
    if (!row) throw new Error("Nothing is closed");
    const cell = at % 5 === 0 ? (neighboursOf(row.cell)[0] ?? row.cell) : row.cell;
    const off = [-1, 0, 1, -20, 20][at % 5] ?? 0;
    const length = (5 + random.integer(80)) * minuteMs;
    const edge = (at % 2 === 0 ? row.from - length : row.to) + off * minuteMs;
    const from = Math.max(now, edge);
    return { id: `w${at}`, cell, from, to: Math.max(from + minuteMs, edge + length) };
  });
}

/** Which of these a patrol may not be stored at: the constraint itself is asked, one row at a time. */
async function refusedByDatabase(tx: Transaction, windows: readonly Asked[]): Promise<string[]> {
  const [first] = windows;
  if (!first) return [];
  const { windowId } = await agreedWindow(tx, {
    from: first.from + 400 * dayMs,
    to: first.from + 401 * dayMs,
    cells: [first.cell],
  });
  await tx.script(`
    create function pg_temp.refused(
      patrol bigint, ids text[], cells bigint[], starts timestamptz[], ends timestamptz[]
    ) returns setof text language plpgsql as $$
    begin
      for at in 1 .. cardinality(ids) loop
        begin
          insert into occupancy (cell, during, kind, window_id)
          values (cells[at], tstzrange(starts[at], ends[at], '[)'), 'patrol', patrol);
        exception when exclusion_violation then
          return next ids[at];
        end;
      end loop;
    end
    $$;
  `);
  const rows = await tx.query<{ id: string }>(
    `select id as "id"
     from pg_temp.refused($1::bigint, $2::text[], $3::bigint[], $4::timestamptz[], $5::timestamptz[]) as id`,
    [
      windowId,
      windows.map(({ id }) => id),
      windows.map(({ cell }) => cellToDecimal(cell)),
      windows.map(({ from }) => new Date(from)),
      windows.map(({ to }) => new Date(to)),
    ],
  );
  return rows.map(({ id }) => id);
}
