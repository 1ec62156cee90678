import { demandDefaults } from "#core/patrols/demand/settings.ts";
import type { Neighbourhood } from "#core/patrols/forecast/cell-shares.ts";
import type { PlanReports } from "#core/patrols/plan/plan.ts";
import { leastSightings } from "#core/patrols/wire/encounters.ts";
import { dayMs, minuteMs } from "#core/time/zone.ts";
import type { Act } from "#server/acts/services.ts";
import type { Transaction } from "#server/db/database.ts";
import { withOptions } from "#server/db/database.ts";
import type { Ask } from "#server/patrols/ask.ts";
import type { EncountersAsked } from "#server/patrols/solver/plan-job.ts";
import { placesOf } from "#server/places/places.ts";
import { Problem } from "#server/problem.ts";
import { loadSexWorkSightings } from "#server/records/queries/events.ts";
import { loadUnknownMonths } from "#server/records/queries/unknown-months.ts";

/** Sightings for a plan that gives encounters a weight; refused where there are too few. */
export async function askEncounters(
  tx: Transaction,
  act: Act,
  { request, moment }: Ask,
  study: Neighbourhood,
): Promise<EncountersAsked | null> {
  const { encounters: weight = "none" } = request;
  if (weight === "none") return null;
  const sightings = await sightingsBefore(tx, act, moment.reportsBefore, study);
  if (!isEnough(sightings)) {
    const detail = `No suggestion: fewer than ${leastSightings} sightings of street sex work in the last year, too few to plan by. Under "Start differently" set "Meet fewer sex workers" to Off.`;
    throw new Problem(422, "No suggestion", detail);
  }
  return { weight, sightings };
}

export async function encountersKnown(act: Act): Promise<{ readonly isEnough: boolean }> {
  const { command } = await placesOf(act);
  const before = act.zone.startOfDate(act.asAt.date());
  return withOptions(act.db, { events: true }).transaction(act.actor, async (tx) => {
    const reply = { isEnough: isEnough(await sightingsBefore(tx, act, before, command)) };
    act.addDetail(reply);
    return reply;
  });
}

async function sightingsBefore(
  tx: Transaction,
  { zone }: Pick<Act, "zone">,
  asAt: number,
  { cells, offsets, targets }: Neighbourhood,
): Promise<PlanReports> {
  const columns = await loadSexWorkSightings(tx, {
    from: asAt - demandDefaults.historyDays * dayMs,
    before: asAt,
  });
  const unknown = await loadUnknownMonths(tx, zone, ["sighting"]);
  return { columns, asAt, study: { cells, offsets, targets }, unknown };
}

function isEnough({ columns, asAt, study }: PlanReports): boolean {
  const first = (asAt - demandDefaults.knownDays * dayMs) / minuteMs;
  const inside = new Set(study.cells);
  let count = 0;
  for (let row = 0; row < columns.length; row += 1) {
    const cell = columns.cells[columns.cell[row] ?? 0];
    if (cell !== undefined && inside.has(cell) && (columns.start[row] ?? 0) >= first) count += 1;
  }
  return count >= leastSightings;
}
