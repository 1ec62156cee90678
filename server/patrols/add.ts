import { type H3Cell, parentCell, zoneResolution } from "#core/geo/cell.ts";
import { createStopChooser } from "#core/patrols/candidate.ts";
import { createCredit } from "#core/patrols/credit.ts";
import { createDoseLedger } from "#core/patrols/dose.ts";
import type { PatrolWindow } from "#core/patrols/window.ts";
import type { NewWindowBody } from "#core/patrols/wire/board.ts";
import type { WindowChangeReply } from "#core/patrols/wire/plan.ts";
import type { Actor } from "#core/role.ts";
import { describeDone } from "#server/patrols/change.ts";
import { knownDemand } from "#server/patrols/demand-known.ts";
import {
  type Desk,
  type DeskServices,
  openDesk,
  placeWindow,
  refusal,
  refusedTooFar,
  standingBeside,
} from "#server/patrols/desk.ts";
import { replaceLost } from "#server/patrols/dismiss.ts";
import { rememberChange } from "#server/patrols/history.ts";
import { type AskedWindow, planSettings } from "#server/patrols/moved-window.ts";
import { insertWindows, type WindowRow } from "#server/patrols/queries/patrol-windows.ts";
import { refuseUnlessCalendarsKnown } from "#server/patrols/standing.ts";
import { heldPlan, type StoredPlan, storedPlan } from "#server/patrols/stored.ts";
import { placesOf } from "#server/places/places.ts";
import { Problem } from "#server/problem.ts";
import { lockOccupancy } from "#server/protected-time/queries/occupancy.ts";

/** Labels are `w` and at most four digits. */
const mostWindows = 500;

/** A window that the sergeant wants, where and when they want it; or why not, and what would fit. */
export async function addWindow(
  services: DeskServices,
  actor: Actor,
  given: { readonly planId: string; readonly body: NewWindowBody },
): Promise<WindowChangeReply> {
  const { planId, body } = given;
  services.addDetail({ plan: planId });
  const { command, nameOf } = await placesOf(services);
  return services.db.transaction(
    actor,
    async (tx): Promise<WindowChangeReply> => {
      await lockOccupancy(tx);
      const stored = await heldPlan(tx, planId);
      refuseUnlessOpen(stored);
      await refuseUnlessCalendarsKnown(tx, services, stored.plan, "Not added");
      const span = { start: Date.parse(body.start), end: Date.parse(body.end) };
      const tooFar = refusedTooFar(services, span);
      if (tooFar) return tooFar;
      const desk = await openDesk(tx, { services, actor, command, stored });
      const standing = standingBeside(desk, []);
      const cells = (body.stops as H3Cell[] | undefined) ?? (await walkFor(desk, body, standing));
      const [first] = cells;
      if (first === undefined) throw new Problem(409, "Not added", noPlace(body));
      const zone = body.stops
        ? zoneOf(first)
        : ((body.zone as H3Cell | undefined) ?? zoneOf(first));
      const asked: AskedWindow = { zone, unit: body.unit, ...span, cells, before: span };
      const window = blankWindow(stored, asked, services.asAt.now());
      const placed = await placeWindow(desk, { asked, window, standing });
      if (!placed.ok) return refusal(services, placed);
      await insertWindows(tx, planId, [placed.window]);
      if (body.instead) await replaceLost(tx, body.instead, placed.window);
      const after = await storedPlan(tx, planId);
      await rememberChange(tx, services, actor, { act: "add", before: stored, after });
      return describeDone(tx, after, window.label, { ...services, nameOf });
    },
    { retries: 5 },
  );
}

function zoneOf(cell: H3Cell): H3Cell {
  return parentCell(cell, zoneResolution);
}

function noPlace({ zone }: NewWindowBody): string {
  return zone === undefined
    ? "No place has expected reports at that time. Choose one on the map."
    : "That place is outside the area. Choose another.";
}

/** Windows are added to what stands. */
export function refuseUnlessOpen({ plan, windows }: StoredPlan): void {
  if (plan.status === "withdrawn") {
    throw new Problem(409, "Not added", "This plan was withdrawn. Suggest or start another one.");
  }
  if (windows.filter(({ status }) => status !== "withdrawn").length >= mostWindows) {
    throw new Problem(409, "Not added", `A plan holds at most ${mostWindows} patrols.`);
  }
}

/** The next label of its plan; everything else is still to be filled in. */
export function blankWindow(
  { plan, windows }: StoredPlan,
  { zone, unit, start, end }: AskedWindow,
  now: number,
): WindowRow {
  const numbers = windows.map(({ label }) => Number(label.slice(1)));
  return {
    id: "",
    planId: plan.id,
    label: `w${Math.max(0, ...numbers) + 1}`,
    zone,
    unit,
    start,
    end,
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
 * The walk that reaches most, of the zone or of all of them, as the planner would choose it. Where
 * nothing of it is open, its busiest cell: the refusal then says when it is.
 */
async function walkFor(
  desk: Desk,
  body: NewWindowBody,
  standing: readonly PatrolWindow[],
): Promise<H3Cell[]> {
  const { services, command, closed, stored, ways } = desk;
  const { zone } = services;
  const judge = { ...services, study: command };
  const { asAt, chosen } = stored.plan;
  const reportsBefore = zone.startOfDate(asAt);
  const demand = await knownDemand(desk.tx, judge, { reportsBefore, chosen });
  const [start, end] = [Date.parse(body.start), Date.parse(body.end)];
  if (!(end > start)) return demand.cells.slice(0, 1);
  const settings = planSettings(stored.plan);
  const mode = desk.modeOf({ unit: body.unit, start, end }) ?? "foot";
  const { reachMinutes } = settings;
  const credit = createCredit(demand, { zone, closed, start, end, reachMinutes });
  const dose = createDoseLedger(
    standing.flatMap(({ stops }) => stops),
    zone,
    settings,
  );
  const choice = { zone, closed, credit, dose, settings, streets: ways };
  const worthOf = (cell: H3Cell) => credit.reachedFrom(cell, start);
  const zones =
    body.zone === undefined
      ? zonesOf(demand.cells)
      : [command.cells.filter((cell) => zoneOf(cell) === body.zone)];
  let best: { readonly value: number; readonly cells: H3Cell[] } | null = null;
  for (const cells of zones) {
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

function zonesOf(cells: readonly H3Cell[]): H3Cell[][] {
  const zones = new Map<H3Cell, H3Cell[]>();
  for (const cell of cells) {
    const zone = zoneOf(cell);
    const list = zones.get(zone);
    if (list) list.push(cell);
    else zones.set(zone, [cell]);
  }
  return [...zones.values()];
}
