import { createClosedTime } from "#core/patrols/ground/closed-time.ts";
import type { PatrolWindow } from "#core/patrols/ground/window.ts";
import type { WindowDraft } from "#core/patrols/plan/change.ts";
import { conflictOn, type Ground, visitWindows, windowOn } from "#core/patrols/plan/judge.ts";
import { expectedOver } from "#core/patrols/plan/plan.ts";
import { notAvailableWords, type RefusedShift } from "#core/patrols/plan/refusal.ts";
import { createLegMaker, type StreetWays } from "#core/patrols/walk/street-ways.ts";
import type { NewPlanBody } from "#core/patrols/wire/board.ts";
import type { PlanReply } from "#core/patrols/wire/plan.ts";
import { mostUnits } from "#core/patrols/wire/unit.ts";
import { dayMs } from "#core/time/zone.ts";
import type { Act } from "#server/acts/services.ts";
import type { Transaction } from "#server/db/database.ts";
import { type Ask, readRequest } from "#server/patrols/ask.ts";
import { takenWindows } from "#server/patrols/checks.ts";
import { knownDemand } from "#server/patrols/demand-known.ts";
import { judgedWindow } from "#server/patrols/judged-window.ts";
import { readKnown } from "#server/patrols/known.ts";
import { numbered, squadNumbers } from "#server/patrols/patrol-partners.ts";
import { plannedWindows, type WindowRow } from "#server/patrols/queries/patrol-windows.ts";
import { planRoster } from "#server/patrols/roster.ts";
import {
  besideDays,
  describeStored,
  standingParts,
  storeSuggestion,
} from "#server/patrols/stored.ts";
import { streetWays } from "#server/patrols/street-ways.ts";
import { type Places, placesOf } from "#server/places/places.ts";

/** Empty, or last week's agreed windows as far as they fit. */
export async function newPlan(act: Act, body: NewPlanBody): Promise<PlanReply> {
  const { zone } = act;
  const { from, days, units, origin } = body;
  act.addDetail({ from, days, units, origin });
  const ask = readRequest(act, { ...body, seed: 1, keepLocked: false });
  const places = await placesOf(act);
  const { command, nameOf } = places;
  const ways = await streetWays(act);
  return act.db.transaction(act.actor, async (tx) => {
    const { frame, calendarsAsAt } = await readKnown(tx, act, ask, { places, ways });
    const closed = createClosedTime(frame.closed);
    const desk = { ask, command, closed, ways };
    const { windows, refused } =
      origin === "last_week" ? await copyWeek(tx, act, desk) : { windows: [], refused: [] };
    act.addDetail({ windows: windows.length });
    const { asAt, reportsBefore } = ask.moment;
    const demand = await knownDemand(tx, { ...act, study: command }, reportsBefore);
    const objective = windows.reduce((all, window) => all + window.expected, 0);
    const plan = {
      from,
      days,
      origin,
      refused,
      calendarsAsAt,
      asAt,
      seed: 1,
      units: Math.max(
        units,
        ...windows.map(({ unit, patrolPartner }) => (patrolPartner ? 0 : unit)),
      ),
      shifts: ask.request.shifts,
      expectedTotal: expectedOver(demand, zone, ask.request),
      // Compared with no other plan, so it claims nothing about its quality (`origin`).
      objective,
      bound: objective,
      greedy: objective,
      gap: 0,
      seconds: 0,
      stopped: "time" as const,
      forecast: null,
      options: null,
    };
    const made = { at: act.asAt.now(), by: act.actor.person };
    const stored = await storeSuggestion(tx, { plan, windows, others: frame.visits }, made);
    return describeStored(tx, stored, { ...act, nameOf });
  });
}

interface CopyDesk extends Pick<Ground, "closed"> {
  readonly ask: Ask;
  readonly command: Places["command"];
  readonly ways: StreetWays | null;
}

async function copyWeek(
  tx: Transaction,
  act: Act,
  { ask, command, closed, ways }: CopyDesk,
): Promise<{ readonly windows: WindowRow[]; readonly refused: RefusedShift[] }> {
  const { zone } = act;
  const { planFrom, planTo } = ask.period;
  const weekOn = (at: number, weeks: number) =>
    zone.toInstant(zone.toLocal(at) + weeks * 7 * dayMs, "earlier");
  const span = { from: weekOn(planFrom, -1), to: weekOn(planTo, -1) };
  const planned = await plannedWindows(tx, { from: span.from, to: planTo + 7 * dayMs });
  const source = planned.filter(
    ({ status, start }) => status === "agreed" && start >= span.from && start < span.to,
  );
  const { logged } = await besideDays(tx, zone, ask.request);
  const standing: PatrolWindow[] = [...standingParts(planned), ...visitWindows(logged)];
  const { from, days, shifts } = ask.request;
  const plan = { units: mostUnits, options: null };
  const roster = await planRoster(tx, zone, { from, days, shifts, options: null });
  const ground = { ...roster, zone, plan, closed, standing, ways };
  const legMaker = createLegMaker(ways, closed);
  const refused: RefusedShift[] = [];
  const drafts: WindowRow[] = [];
  for (const window of source) {
    const start = weekOn(window.start, 1);
    const end = start + window.end - window.start;
    const draft: WindowDraft = {
      ...window,
      start,
      end,
      cells: window.stops.map(({ cell }) => cell),
    };
    const study = command.indexOf;
    const outside = "That is outside the shifts of this plan.";
    const placed = windowOn(ground, draft, { study, legMaker, outside });
    const reason = placed.ok
      ? (timeFault(ask, placed.value) ?? conflictOn(ground, placed.value))
      : placed.reason;
    if (!placed.ok || reason !== null) {
      refused.push({ start, end, reason: reason ?? "" });
      continue;
    }
    standing.push(placed.value);
    drafts.push({
      ...window,
      legs: null,
      ...placed.value,
      patrolPartner: window.patrolPartner,
      kmh: window.kmh,
      id: "",
      status: "suggested",
      locked: false,
    });
  }
  const now = act.asAt.now();
  const copied = numbered(drafts, await squadNumbers(tx));
  const taken = await takenWindows(tx, { zone, now, planFrom, planTo }, copied);
  const windows: WindowRow[] = [];
  for (const window of copied) {
    const { start, end } = window;
    if (taken.has(window.label)) refused.push({ start, end, reason: notAvailableWords });
    else {
      const judge = { ...act, study: command };
      windows.push(
        await judgedWindow(tx, judge, {
          plan: { asAt: ask.moment.asAt },
          window,
          closed,
        }),
      );
    }
  }
  return { windows, refused };
}

function timeFault({ moment, latest }: Ask, { start, end }: PatrolWindow): string | null {
  if (start < moment.earliest) return "That time is over.";
  return latest !== null && end > latest ? "That is beyond the days that can be planned." : null;
}
