import { randomInt } from "node:crypto";
import { z } from "zod";
import { columnTypes, date } from "#core/contract/fields.ts";
import { cellToDecimal, type H3Cell } from "#core/geo/cell.ts";
import {
  type ControlDay,
  controlPlaces,
  drawControlDays,
} from "#core/patrols/ground/control-days.ts";
import { busiestZones } from "#core/patrols/plan/plan-ground.ts";
import * as wire from "#core/patrols/wire/staffing.ts";
import { addDays, parseLocalDate } from "#core/time/zone.ts";
import type { Act } from "#server/acts/services.ts";
import type { Transaction } from "#server/db/database.ts";
import { columnsOf } from "#server/db/rows.ts";
import { insertInto, sql } from "#server/db/sql.ts";
import { knownDemand } from "#server/patrols/demand-known.ts";
import { plannedWindows } from "#server/patrols/queries/patrol-windows.ts";
import { onDays } from "#server/patrols/queries/staffing.ts";
import { placesOf } from "#server/places/places.ts";
import { Problem } from "#server/problem.ts";
import { lockOccupancy } from "#server/protected-time/queries/occupancy.ts";

/**
 * One draw a week. Refused where windows are agreed already, since they would determine the days,
 * and a second time, since days redrawn until they suit are no comparison.
 */
export async function drawControl(
  act: Act,
  { week, daysPerPlace }: wire.ControlDrawBody,
): Promise<wire.ControlDraw> {
  const { zone, asAt } = act;
  act.addDetail({ week, daysPerPlace });
  if (zone.hourOfWeek(zone.startOfDate(week)) !== 0) {
    throw notDrawn(422, `${week} is not a Monday. Comparison days need whole weeks.`);
  }
  if (parseLocalDate(week) <= parseLocalDate(asAt.date())) {
    throw notDrawn(422, "That week has started. Choose a later week.");
  }
  const { command } = await placesOf(act);
  return act.db.transaction(act.actor, async (tx) => {
    await lockOccupancy(tx);
    const span = { from: zone.startOfDate(week), to: zone.startOfDate(addDays(week, 7)) };
    if ((await plannedWindows(tx, span)).some(({ status }) => status === "agreed")) {
      throw notDrawn(
        409,
        "Patrols are already approved for that week, which would bias the choice of days. Withdraw them first, or choose a later week.",
      );
    }
    const reportsBefore = zone.startOfDate(asAt.date());
    const demand = await knownDemand(tx, { ...act, study: command }, reportsBefore);
    const zones = busiestZones(demand, controlPlaces);
    const places = zones.length;
    if (places === 0) throw notDrawn(409, "There are no reports to choose places by.");
    const seed = randomInt(2 ** 32);
    const draw = { week, daysPerPlace, places, seed, at: asAt.now(), by: act.actor.person };
    const isNew = await tx.through("keeper", (keeper) =>
      insertControlDraw(keeper, draw, drawControlDays({ zones, week, daysPerPlace, seed })),
    );
    if (isNew) return { week, daysPerPlace, places };
    throw notDrawn(
      409,
      "The comparison days of that week are already chosen and cannot be chosen again.",
    );
  });
}

function notDrawn(status: 409 | 422, detail: string): Problem {
  return new Problem(status, "Days not chosen", detail);
}

/** For evaluation: what was left out on purpose, once it is past by the day that the tool goes by. */
export async function pastControl(act: Act, { from, days }: wire.DateSpan) {
  const past = await act.db.transaction(act.actor, async (tx) => {
    const found = await pastControlDays(tx, { from, days, before: act.asAt.date() });
    act.addDetail({ from, days, rows: found.days.length });
    return found;
  });
  const draws = past.draws.map(({ drawnAt, ...draw }) => ({
    ...draw,
    drawnAt: new Date(drawnAt).toISOString(),
  }));
  return { days: past.days, draws };
}

const columns = { as: { place_count: "places" } };
/** Draws of weeks that share a day with these. */
const sharing = ({ from, days }: wire.DateSpan) =>
  sql`from control_draw where week < ${addDays(from, days)} and week > ${addDays(from, -7)}`;

export const controlDraws = (tx: Transaction, span: wire.DateSpan) =>
  tx.rows(
    wire.controlDraw,
    sql`select ${columnsOf(wire.controlDraw, columns)} ${sharing(span)} order by week`,
  );

const controlDay = z.object({
  zone: z.custom<H3Cell>().register(columnTypes, { type: "cell" }),
  day: date,
});
const pastDraw = wire.controlDraw.extend({ seed: z.int(), drawnAt: z.number() });

/**
 * The same for permitted readers, of weeks over on the day `before`: a draw is balanced, so a
 * week's first days would reveal its last ones.
 */
export async function pastControlDays(
  tx: Transaction,
  { before, ...span }: wire.DateSpan & { readonly before: string },
) {
  const isOver = sql`week <= ${addDays(before, -7)}`;
  return {
    days: await tx.rows(
      controlDay,
      sql`select zone, day from control_day
        where ${onDays("day", span)} and ${isOver} order by day, zone`,
    ),
    draws: await tx.rows(
      pastDraw,
      sql`select ${columnsOf(pastDraw, columns)} ${sharing(span)} and ${isOver} order by week`,
    ),
  };
}

/** False where the week was drawn already. */
export async function insertControlDraw(
  tx: Transaction,
  {
    places,
    at,
    by,
    ...draw
  }: wire.ControlDraw & { readonly seed: number; readonly at: number; readonly by: string },
  drawn: readonly ControlDay[],
): Promise<boolean> {
  const row = { ...draw, placeCount: places, drawnAt: new Date(at), drawnBy: by };
  const isNew = await tx.did(
    sql`${insertInto("control_draw", row)} on conflict on constraint control_draw_week_primary do nothing`,
  );
  if (!isNew) return false;
  const rows = drawn.map(({ zone, day }) => ({ zone: cellToDecimal(zone), day }));
  await tx.run(
    sql`insert into control_day (zone, day, week)
      select zone, day, ${draw.week}::date from json_to_recordset(${JSON.stringify(rows)})
        as given (zone bigint, day date)`,
  );
  return true;
}
