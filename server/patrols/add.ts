import { type H3Cell, parentCell, zoneResolution } from "#core/geo/cell.ts";
import { groupBy } from "#core/group-by.ts";
import { createStopChooser } from "#core/patrols/candidates/candidate.ts";
import { createCredit } from "#core/patrols/candidates/credit.ts";
import { createDoseLedger } from "#core/patrols/ground/dose.ts";
import { isOfSquad, paced } from "#core/patrols/ground/squad.ts";
import type { PatrolWindow } from "#core/patrols/ground/window.ts";
import { modeOnDuty, planSettings } from "#core/patrols/plan/judge.ts";
import type { NewWindowBody, WindowChangeReply } from "#core/patrols/wire/board.ts";
import type { Act } from "#server/acts/services.ts";
import { refuseUnlessCalendarsKnown } from "#server/patrols/checks.ts";
import { knownDemand } from "#server/patrols/demand-known.ts";
import {
  type Desk,
  openDesk,
  ownerOf,
  placedIn,
  placeWindow,
  refusal,
  refusedTooFar,
  standingOn,
} from "#server/patrols/desk.ts";
import { changePlan } from "#server/patrols/history.ts";
import { numbered } from "#server/patrols/patrol-partners.ts";
import { insertWindows, type WindowRow } from "#server/patrols/queries/patrol-windows.ts";
import type { AskedWindow } from "#server/patrols/refused-change.ts";
import type { StoredPlan } from "#server/patrols/stored.ts";
import { replaceLost } from "#server/patrols/withdraw.ts";
import { Problem } from "#server/problem.ts";

/** Labels are `w` and at most four digits. */
const mostWindows = 500;

export function addWindow(
  act: Act,
  planId: string,
  body: NewWindowBody,
): Promise<WindowChangeReply> {
  return changePlan(act, { planId }, async (held): Promise<WindowChangeReply> => {
    const { tx, plan, done } = held;
    refuseUnlessOpen(held);
    await refuseUnlessCalendarsKnown(tx, act, plan, "Not added");
    const span = { start: Date.parse(body.start), end: Date.parse(body.end) };
    const tooFar = refusedTooFar(act, span);
    if (tooFar) return tooFar;
    const desk = await openDesk(act, held);
    const standing = standingOn(desk);
    const cells = body.stops ?? (await walkFor(desk, body, standing));
    const [first] = cells;
    if (first === undefined) throw new Problem(409, "Not added", noPlace(body));
    const zone = (body.stops ? undefined : body.zone) ?? zoneOf(first);
    const asked: AskedWindow = { zone, unit: body.unit, ...span, cells, before: span };
    const owner = ownerOf(desk, body.unit)?.patrolPartner ?? null;
    const window = blankWindow(desk, asked, owner);
    const placed = await placeWindow(desk, { asked, window, standing });
    if (!placed.ok) return refusal(act, placed);
    await insertWindows(tx, planId, [placed.window]);
    if (body.instead) await replaceLost(tx, body.instead, placed.window);
    return placedIn(await done("add"), window.label);
  });
}

const zoneOf = (cell: H3Cell) => parentCell(cell, zoneResolution);

function noPlace({ zone }: NewWindowBody): string {
  return zone === undefined
    ? "No place has expected reports at that time. Choose one on the map."
    : "That place is outside the area. Choose another.";
}

export function refuseUnlessOpen({ plan, windows }: StoredPlan): void {
  if (plan.status === "withdrawn") {
    throw new Problem(409, "Not added", "This plan was withdrawn. Suggest or start another one.");
  }
  if (windows.filter(({ status }) => status !== "withdrawn").length >= mostWindows) {
    throw new Problem(409, "Not added", `A plan holds at most ${mostWindows} patrols.`);
  }
}

export function blankWindow(
  { plan, windows, now, squads }: Desk,
  { zone, unit, start, end }: AskedWindow,
  patrolPartner: string | null,
): WindowRow {
  const [nextLabel = { label: "", patrolPartner }] = numbered([{ patrolPartner }], squads, windows);
  return {
    id: "",
    planId: plan.id,
    zone,
    unit,
    start,
    end,
    kmh: null,
    ...nextLabel,
    stops: [],
    shiftStart: start,
    shiftEnd: end,
    expected: 0,
    range: null,
    whyHere: "",
    whyNow: "",
    status: "suggested",
    locked: false,
    dismissed: false,
    mode: "foot",
    purpose: "patrol",
    checkedAt: now,
    checkedOk: false,
  };
}

/**
 * The walk that covers the most expected reports, of the zone or of all, as the planner would
 * choose it. Where none of it is open, its busiest cell: the refusal then says when it is.
 */
async function walkFor(
  desk: Desk,
  body: NewWindowBody,
  standing: readonly PatrolWindow[],
): Promise<H3Cell[]> {
  const { act, plan, zone, command, closed, ways } = desk;
  const judge = { ...act, study: command };
  const demand = await knownDemand(desk.tx, judge, zone.startOfDate(plan.asAt));
  const [start, end] = [Date.parse(body.start), Date.parse(body.end)];
  if (!(end > start)) return demand.cells.slice(0, 1);
  const settings = planSettings(plan);
  const mode = modeOnDuty(desk.onDuty, { unit: body.unit, start, end }) ?? "foot";
  const { reachMinutes } = settings;
  const credit = createCredit(demand, { zone, closed, start, end, reachMinutes });
  const dose = createDoseLedger(
    standing.flatMap(({ stops }) => stops),
    zone,
    settings,
  );
  const squad = ownerOf(desk, body.unit);
  const choice = paced({ zone, closed, credit, dose, settings, streets: ways }, squad);
  const worthOf = (cell: H3Cell) => credit.reachedFrom(cell, start);
  const zones =
    body.zone === undefined
      ? [...groupBy(demand.cells, zoneOf).values()]
      : [command.cells.filter((cell) => zoneOf(cell) === body.zone)];
  let best: { readonly value: number; readonly cells: H3Cell[] } | null = null;
  for (const all of zones) {
    const cells = all.filter((cell) => isOfSquad(squad, cell));
    const found = createStopChooser(cells, mode, choice)(start, end);
    if (!found || (best && found.value <= best.value)) continue;
    best = { value: found.value, cells: found.stops.map(({ cell }) => cell) };
  }
  if (best) return best.cells;
  const all = zones.flat();
  const open = all.filter((cell) => closed.isClear(cell, start, end));
  const busiest = (open.length > 0 ? open : all).reduce<H3Cell | undefined>(
    (most, cell) => (most === undefined || worthOf(cell) > worthOf(most) ? cell : most),
    undefined,
  );
  return busiest === undefined ? [] : [busiest];
}
