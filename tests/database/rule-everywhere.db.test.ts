import { expect, test } from "vitest";
import { cellToDecimal, type H3Cell, neighboursOf } from "#core/geo/cell.ts";
import { createClosedTime } from "#core/patrol/closed-time.ts";
import { createRandom } from "#core/random.ts";
import { dayMs, formatInstant, minuteMs } from "#core/time/zone.ts";
import { checkPlan } from "#server/checker/check-plan.ts";
import type { Transaction } from "#server/db/database.ts";
import { mayBeThere } from "#server/outreach/police-ask.ts";
import { blockedWindows } from "#server/outreach/protected-stretches.ts";
import { shownStretches } from "#server/plan/shown-stretches.ts";
import { onEachEngine } from "#tests/support/database.ts";
import { agreedWindow, london } from "#tests/support/outreach.ts";
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
      const span = { from: now, to: now + 14 * dayMs };
      const stretches = await shownStretches(tx, { zone: london, now, ...span, seen: new Set() });
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
      const answers = {
        database: await refusedByDatabase(tx, windows),
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
      expect(answers.database.length).toBeGreaterThan(60);
      expect(answers.database.length).toBeLessThan(windows.length - 60);
      expect(answers.interface).toEqual(answers.database);
      expect(answers.planner).toEqual(answers.database);
      expect(answers.screen).toEqual(answers.database);
      expect(answers.checker).toEqual(answers.database);
      // A question is rounded outward to half hours: it says no more often, and never yes inside.
      for (const { id, cell, from, to } of windows.slice(0, 60)) {
        const reply = await mayBeThere(tx, { zone: london, now }, { cell, from, to }, new Set());
        if (answers.database.includes(id)) expect(reply.answer).toBe("no");
        if (reply.answer === "yes") expect(answers.database).not.toContain(id);
      }
    }));
});

/** Just before, at, inside, at and just after the ends of what is closed, in its cells and beside them. */
async function windowsAround(tx: Transaction, now: number): Promise<Asked[]> {
  const rows = await tx.query<{ cell: H3Cell; from: number; to: number }>(
    `select
       to_hex(cell) as "cell",
       (extract(epoch from lower(during)) * 1000)::float8 as "from",
       (extract(epoch from upper(during)) * 1000)::float8 as "to"
     from occupancy
     where kind = 'protected' and lower(during) < $1::timestamptz
     order by occupancy.during, occupancy.cell`,
    [new Date(now + 13 * dayMs)],
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
