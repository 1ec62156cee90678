import { standingConflict, timedWindow } from "#core/patrols/change.ts";
import { type ClosedTime, createClosedTime } from "#core/patrols/closed-time.ts";
import type { ChosenForecast } from "#core/patrols/forecast/choice.ts";
import { expectedOver } from "#core/patrols/plan.ts";
import { notAvailableWords } from "#core/patrols/refusal.ts";
import { windowCells } from "#core/patrols/route.ts";
import { patrolDefaults } from "#core/patrols/settings.ts";
import { type ShiftOccurrence, shiftOccurrences } from "#core/patrols/shift.ts";
import { createLegMaker } from "#core/patrols/streets/leg-maker.ts";
import type { StreetWays } from "#core/patrols/streets/street-ways.ts";
import type { PatrolWindow } from "#core/patrols/window.ts";
import type { NewPlanBody } from "#core/patrols/wire/board.ts";
import type { PlanReply } from "#core/patrols/wire/plan.ts";
import { failure, type Result, success } from "#core/result.ts";
import type { Actor } from "#core/role.ts";
import { dayMs } from "#core/time/zone.ts";
import type { ActServices } from "#server/acts/services.ts";
import type { Transaction } from "#server/db/database.ts";
import { standingParts } from "#server/patrols/agree.ts";
import { type Ask, readRequest } from "#server/patrols/ask.ts";
import { askStaffing } from "#server/patrols/ask-staffing.ts";
import { takenWindows } from "#server/patrols/checks.ts";
import { knownDemand } from "#server/patrols/demand-known.ts";
import { judgedWindow } from "#server/patrols/judged-window.ts";
import { readKnown } from "#server/patrols/known.ts";
import { asStanding, loggedBeside } from "#server/patrols/logged-beside.ts";
import { plannedWindows, type WindowRow } from "#server/patrols/queries/patrol-windows.ts";
import type { NewPlan, RefusedShift } from "#server/patrols/queries/plans.ts";
import { describeStored, storeSuggestion } from "#server/patrols/stored.ts";
import { streetWays } from "#server/patrols/street-ways.ts";
import { type Places, placesOf } from "#server/places/places.ts";
import { countFootprintView } from "#server/protected-time/footprint-views.ts";

type NewPlanServices = Pick<ActServices, "db" | "zone" | "asAt" | "streets" | "addDetail">;

/** A plan without the planner: empty, or last week's agreed windows as far as they fit this week. */
export async function newPlan(
  services: NewPlanServices,
  actor: Actor,
  body: NewPlanBody,
): Promise<PlanReply> {
  const { from, days, units, origin } = body;
  services.addDetail({ from, days, units, origin });
  const ask = readRequest(services, actor, { ...body, seed: 1, keepLocked: false });
  const { command, nameOf } = await placesOf(services);
  const ways = await streetWays(services);
  return services.db.transaction(actor, async (tx) => {
    const known = await readKnown(tx, services, ask, {
      person: actor.person,
      study: command,
      ways,
    });
    await countFootprintView(tx, actor, { day: services.asAt.date(), seen: known.seen });
    const closed = createClosedTime(known.frame.closed);
    const { chosen } = known;
    const desk = { tx, services, ask, command, closed, ways, chosen };
    const copied = origin === "last_week" ? await copyWeek(desk) : { windows: [], refused: [] };
    services.addDetail({ windows: copied.windows.length });
    const demand = await knownDemand(
      tx,
      { ...services, study: command },
      { reportsBefore: ask.moment.reportsBefore, chosen },
    );
    const plan = planOf(ask, {
      origin,
      chosen,
      ...copied,
      calendarsAsAt: known.calendarsAsAt,
      expectedTotal: expectedOver(demand, services.zone, ask.request),
    });
    const made = { at: services.asAt.now(), by: actor.person };
    const stored = await storeSuggestion(
      tx,
      { plan, windows: copied.windows, others: known.frame.visits },
      made,
    );
    return describeStored(tx, stored, { ...services, nameOf });
  });
}

/** Compared with no other plan, so that nothing is claimed of how good it is (`origin`). */
function planOf(
  { request, shiftTexts, moment }: Ask,
  given: {
    readonly origin: NewPlanBody["origin"];
    readonly chosen: ChosenForecast | null;
    readonly windows: readonly WindowRow[];
    readonly refused: readonly RefusedShift[];
    readonly calendarsAsAt: number;
    readonly expectedTotal: number;
  },
): NewPlan {
  const { windows, ...rest } = given;
  const objective = windows.reduce((all, window) => all + window.expected, 0);
  return {
    ...rest,
    startsOn: request.from,
    days: request.days,
    units: Math.max(request.units, ...windows.map(({ unit }) => unit)),
    shifts: shiftTexts,
    seed: request.seed,
    asAt: moment.asAt,
    forecast: null,
    options: null,
    objective,
    bound: objective,
    gap: 0,
    greedy: objective,
    seconds: 0,
    stopped: "time",
  };
}

interface CopyDesk {
  readonly tx: Transaction;
  readonly services: NewPlanServices;
  readonly ask: Ask;
  readonly chosen: ChosenForecast | null;
  readonly command: Places["command"];
  readonly closed: ClosedTime;
  readonly ways: StreetWays | null;
}

interface Copied {
  readonly windows: WindowRow[];
  readonly refused: RefusedShift[];
}

/** Each agreed window of seven days before, on the same wall clock with the same unit and stops. */
async function copyWeek(desk: CopyDesk): Promise<Copied> {
  const { tx, services, ask } = desk;
  const { zone } = services;
  const { planFrom, planTo } = ask.period;
  const weekBefore = (at: number) => zone.toInstant(zone.toLocal(at) - 7 * dayMs, "earlier");
  const span = { from: weekBefore(planFrom), to: weekBefore(planTo) };
  const planned = await plannedWindows(tx, { from: span.from, to: planTo + 7 * dayMs });
  const source = planned.filter(
    ({ status, start }) => status === "agreed" && start >= span.from && start < span.to,
  );
  const { from, days } = ask.request;
  const logged = await loggedBeside(tx, zone, { startsOn: from, days });
  const standing = [...standingParts(planned), ...asStanding(logged)];
  const shifts = shiftOccurrences(zone, ask.request, ask.shifts);
  const staffing = await askStaffing(tx, zone, {
    startsOn: ask.request.from,
    days: ask.request.days,
    options: null,
    shifts: ask.shiftTexts,
  });
  const refused: RefusedShift[] = [];
  const drafts: WindowRow[] = [];
  for (const window of source) {
    const moved = movedOn(desk, shifts, window);
    const fit = moved.ok
      ? (fitOf(desk, moved.value, standing) ?? staffing(moved.value))
      : moved.reason;
    const start = zone.toInstant(zone.toLocal(window.start) + 7 * dayMs, "earlier");
    const end = start + window.end - window.start;
    if (!moved.ok || fit !== null) {
      refused.push({ start, end, reason: fit ?? "" });
      continue;
    }
    standing.push(moved.value);
    drafts.push({
      ...moved.value,
      id: "",
      label: `w${drafts.length + 1}`,
      status: "suggested",
      locked: false,
    });
  }
  const taken = await takenWindows(
    tx,
    { zone, now: services.asAt.now(), planFrom, planTo },
    drafts,
  );
  const windows: WindowRow[] = [];
  for (const draft of drafts) {
    if (taken.has(draft.label)) {
      const { start, end } = draft;
      refused.push({ start, end, reason: notAvailableWords });
      continue;
    }
    const judge = { ...services, study: desk.command };
    const plan = { asAt: ask.moment.asAt, chosen: desk.chosen };
    windows.push(await judgedWindow(tx, judge, { plan, window: draft, closed: desk.closed }));
  }
  return { windows, refused };
}

function movedOn(
  { services, command, closed, ways }: CopyDesk,
  shifts: readonly ShiftOccurrence[],
  window: WindowRow,
): Result<WindowRow> {
  const { zone } = services;
  const start = zone.toInstant(zone.toLocal(window.start) + 7 * dayMs, "earlier");
  const end = start + window.end - window.start;
  const cells = window.stops.map(({ cell }) => cell);
  const timed = timedWindow(
    { ...window, start, end, cells },
    command.indexOf,
    patrolDefaults,
    createLegMaker(ways, closed),
  );
  if (!timed.ok) return timed;
  const shift = shifts.find((one) => one.start <= start && end <= one.end);
  if (!shift) return failure("That is outside the shifts of this plan.");
  const { legs: _before, ...rest } = window;
  return success({ ...rest, ...timed.value, shiftStart: shift.start, shiftEnd: shift.end });
}

function fitOf(
  { services, ask, closed, ways }: CopyDesk,
  window: WindowRow,
  standing: readonly PatrolWindow[],
): string | null {
  const { start, end } = window;
  if (start < ask.moment.earliest) return "That time is over.";
  if (ask.latest !== null && end > ask.latest)
    return "That is beyond the days that can be planned.";
  const route = windowCells(window);
  if (route.some((cell) => !closed.isClear(cell, start, end))) return notAvailableWords;
  return standingConflict(window, standing, services.zone, patrolDefaults, ways);
}
