import { cellAt, disk, type H3Cell, parentCell, zoneResolution } from "#core/geo/cell.ts";
import type { Actor } from "#core/role.ts";
import { hourMs, minuteMs } from "#core/time/zone.ts";
import type { Database } from "#server/db/database.ts";
import {
  insertWindows,
  type NewWindow,
  setAgreed,
  windowsOfPlans,
} from "#server/patrols/queries/patrol-windows.ts";
import { insertPlan, markAgreed } from "#server/patrols/queries/plans.ts";
import { at, corner, london } from "#tests/support/outreach.ts";

/** A sergeant of the test, who agreed what is over. */
const author: Actor = { person: "sergeant of the test", role: "sergeant", partner: null };

/**
 * Two windows of three stops each, agreed in the afternoon of a date and walked, as no screen can make
 * them any more: 14:00 to 15:30 by unit 1, 16:00 to 17:30 by unit 2, half a kilometre apart.
 */
export async function agreedShift(
  db: Database,
  date: string,
): Promise<{ readonly planId: string; readonly cells: readonly (readonly H3Cell[])[] }> {
  const cells = [placesAt(corner), placesAt([corner[0] + 0.01, corner[1]])];
  const planId = await db.transaction(author, async (tx) => {
    const id = await insertPlan(
      tx,
      {
        origin: "planner",
        from: date,
        days: 1,
        units: 2,
        shifts: ["14:00-22:00"],
        seed: 1,
        asAt: date,
        expectedTotal: 10,
        forecast: null,
        objective: 0.2,
        bound: 0.2,
        gap: 0,
        greedy: 0.2,
        seconds: 1,
        stopped: "optimal",
        refused: [],
        calendarsAsAt: null,
        options: null,
      },
      { at: at(`${date}T08:00`), by: author.person },
    );
    await insertWindows(
      tx,
      id,
      cells.map((stops, index) => pastWindow(date, index, stops)),
    );
    const rows = await windowsOfPlans(tx, [id]);
    await setAgreed(
      tx,
      rows.map((row) => row.id),
      at(`${date}T08:00`),
    );
    await markAgreed(tx, id, { at: at(`${date}T08:00`), by: author.person });
    return id;
  });
  return { planId, cells };
}

function placesAt(position: readonly [number, number]): H3Cell[] {
  const middle = cellAt(position, 10);
  const zone = parentCell(middle, zoneResolution);
  return disk(middle, 2)
    .filter((cell) => parentCell(cell, zoneResolution) === zone)
    .slice(0, 3);
}

function pastWindow(date: string, index: number, cells: readonly H3Cell[]): NewWindow {
  const shiftStart = london.startOfDate(date) + 14 * hourMs;
  const start = shiftStart + index * 2 * hourMs;
  return {
    label: `w${index + 1}`,
    zone: parentCell(cells[0] as H3Cell, zoneResolution),
    unit: index + 1,
    patrolPartner: null,
    start,
    end: start + 90 * minuteMs,
    shiftStart,
    shiftEnd: shiftStart + 8 * hourMs,
    stops: cells.map((cell, order) => {
      const arrive = start + order * 25 * minuteMs;
      return { cell, arrive, depart: arrive + 15 * minuteMs };
    }),
    expected: 0.1,
    range: null,
    whyHere: "5 reports at these stops in the last 8 weeks.",
    whyNow: "About as many reports as in an average hour.",
    locked: false,
    mode: "foot",
    purpose: "patrol",
    checkedAt: start,
    checkedOk: true,
  };
}
