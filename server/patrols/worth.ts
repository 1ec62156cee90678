import type { H3Cell } from "#core/geo/cell.ts";
import { hoursOfWeek } from "#core/patrols/demand/week-shape.ts";
import { patrolDefaults } from "#core/patrols/ground/settings.ts";
import type { WorthReply } from "#core/patrols/wire/board.ts";
import type { Act } from "#server/acts/services.ts";
import { knownDemand } from "#server/patrols/demand-known.ts";
import { planRoster } from "#server/patrols/roster.ts";
import { besideDays, storedPlan } from "#server/patrols/stored.ts";
import { placesOf } from "#server/places/places.ts";

/**
 * Data for pricing a drag: reports expected at a plan's stops by hour of the week, from reports
 * only; logged visits; and who is on duty.
 */
export async function planWorth(act: Act, planId: string): Promise<WorthReply> {
  const { zone } = act;
  act.addDetail({ plan: planId });
  const { command } = await placesOf(act);
  return act.db.transaction(act.actor, async (tx) => {
    const { plan, windows } = await storedPlan(tx, planId);
    const judge = { ...act, study: command };
    const demand = await knownDemand(tx, judge, zone.startOfDate(plan.asAt));
    const indexOf = new Map(demand.cells.map((cell, index) => [cell, index] as const));
    const stops = new Set<H3Cell>(
      windows.flatMap((window) => window.stops.map(({ cell }) => cell)),
    );
    const cells = [...stops].filter((cell) => indexOf.has(cell));
    const rates = cells.flatMap((cell) => {
      const from = (indexOf.get(cell) ?? 0) * hoursOfWeek;
      return Array.from(demand.rates.subarray(from, from + hoursOfWeek), rounded);
    });
    act.addDetail({ cells: cells.length });
    const { staffing } = await planRoster(tx, zone, plan);
    const { logged } = await besideDays(tx, zone, plan);
    return {
      total: plan.expectedTotal,
      reachMinutes: patrolDefaults.reachMinutes,
      cells,
      rates,
      logged: logged.map(({ cell, arrive, depart }) => ({ cell, arrive, depart })),
      staffing: staffing && {
        dates: [...staffing.dates],
        duties: staffing.duties.map(({ unit, mode, patrolPartner = null, from, to, free }) => ({
          unit,
          mode,
          patrolPartner,
          from,
          to,
          free: free.map((span) => ({ from: span.from, to: span.to })),
        })),
      },
    };
  });
}

/** Finer than any share on screen. */
function rounded(rate: number): number {
  return Number(rate.toPrecision(5));
}
