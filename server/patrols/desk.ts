import { standingConflict } from "#core/patrols/change.ts";
import type { ClosedTime } from "#core/patrols/closed-time.ts";
import { notAvailableWords } from "#core/patrols/refusal.ts";
import { patrolDefaults } from "#core/patrols/settings.ts";
import { createLegMaker } from "#core/patrols/streets/leg-maker.ts";
import type { StreetWays } from "#core/patrols/streets/street-ways.ts";
import type { PatrolWindow, Visit } from "#core/patrols/window.ts";
import type { PatrolMode } from "#core/patrols/wire/plan.ts";
import { shownUntil } from "#core/protected-time/shown-until.ts";
import type { Actor } from "#core/role.ts";
import { minuteMs } from "#core/time/zone.ts";
import type { ActServices } from "#server/acts/services.ts";
import type { Transaction } from "#server/db/database.ts";
import { standingParts } from "#server/patrols/agree.ts";
import { lastShownDay } from "#server/patrols/ask.ts";
import { type AskStaffing, askStaffing } from "#server/patrols/ask-staffing.ts";
import { takenWindows } from "#server/patrols/checks.ts";
import { judgedWindow } from "#server/patrols/judged-window.ts";
import { closedTime, planStaffing } from "#server/patrols/known.ts";
import { asStanding, loggedBeside } from "#server/patrols/logged-beside.ts";
import { type AskedWindow, movedWindow, shiftsOf } from "#server/patrols/moved-window.ts";
import type { WindowRow } from "#server/patrols/queries/patrol-windows.ts";
import { type Refusal, refusedChange } from "#server/patrols/refused-change.ts";
import { otherWindows, periodOf, type StoredPlan } from "#server/patrols/stored.ts";
import { streetWays } from "#server/patrols/street-ways.ts";
import type { Places } from "#server/places/places.ts";
import { countFootprintView } from "#server/protected-time/footprint-views.ts";

export type DeskServices = Pick<
  ActServices,
  "db" | "zone" | "asAt" | "streets" | "addDetail" | "refuse"
>;

/** A plan on the sergeant's desk, with all that decides where one of its windows may stand. */
export interface Desk {
  readonly tx: Transaction;
  readonly services: DeskServices;
  readonly command: Places["command"];
  readonly stored: StoredPlan;
  /** Protected time over the whole plan, as far as police are shown it. */
  readonly closed: ClosedTime;
  /** Null without streets. */
  readonly ways: StreetWays | null;
  /** Windows of other plans, whose dose and units matter too. */
  readonly others: readonly WindowRow[];
  /** Logged visits that count beside them. */
  readonly logged: readonly Visit[];
  /** Why a unit cannot go as the staffing stands. */
  readonly staffing: AskStaffing;
  /** How a unit on duty then moves; null where nobody said. */
  readonly modeOf: (window: Pick<PatrolWindow, "unit" | "start" | "end">) => PatrolMode | null;
}

/** Reading protected time is seen by its partners. */
export async function openDesk(
  tx: Transaction,
  given: {
    readonly services: DeskServices;
    readonly actor: Actor;
    readonly command: Places["command"];
    readonly stored: StoredPlan;
  },
): Promise<Desk> {
  const { services, actor, command, stored } = given;
  const seen = new Set<string>();
  const closed = await closedOf(tx, services, stored, seen);
  await countFootprintView(tx, actor, { day: services.asAt.date(), seen });
  const { zone } = services;
  const { startsOn, days } = stored.plan;
  const duties = (await planStaffing(tx, zone, { from: startsOn, days }))?.duties ?? [];
  return {
    tx,
    services,
    command,
    stored,
    closed,
    ways: await streetWays(services),
    others: await otherWindows(tx, zone, stored.plan),
    logged: await loggedBeside(tx, zone, stored.plan),
    staffing: await askStaffing(tx, zone, stored.plan),
    modeOf: ({ unit, start, end }) =>
      duties.find((duty) => duty.unit === unit && duty.from <= start && end <= duty.to)?.mode ??
      null,
  };
}

/** What takes units and visits, but for windows that are to be placed again. */
export function standingBeside(desk: Desk, but: readonly string[]): PatrolWindow[] {
  const own = desk.stored.windows.filter(
    (one) => !but.includes(one.id) && ["suggested", "agreed", "called_off"].includes(one.status),
  );
  return [...standingParts([...own, ...desk.others]), ...asStanding(desk.logged)];
}

/** The window as asked for, judged and checked; or why not, and what would fit. */
export async function placeWindow(
  desk: Desk,
  given: {
    readonly asked: AskedWindow;
    readonly window: WindowRow;
    readonly standing: readonly PatrolWindow[];
  },
): Promise<{ readonly ok: true; readonly window: WindowRow } | Refusal> {
  const { tx, services, command, closed, ways } = desk;
  const { window, standing } = given;
  const asked = { ...given.asked, mode: desk.modeOf(given.asked) ?? window.mode };
  const { plan } = desk.stored;
  const { zone } = services;
  const now = services.asAt.now();
  const legMaker = createLegMaker(ways, closed);
  const study = command.indexOf;
  const moved = movedWindow({ plan, window, asked }, { zone, now, study, legMaker });
  const reason = moved.ok ? await conflictOf(desk, moved.value, standing) : moved.reason;
  if (!moved.ok || reason !== null) {
    const { staffing } = desk;
    return refusedChange(
      { zone, now, plan, closed, standing, staffing, ways },
      asked,
      reason ?? "",
    );
  }
  const judge = { ...services, study: command };
  return { ok: true, window: await judgedWindow(tx, judge, { plan, window: moved.value, closed }) };
}

/** The answer to the caller: in the log it is a refusal. */
export function refusal(services: DeskServices, answer: Refusal): Refusal {
  services.refuse();
  return answer;
}

/**
 * Each refusal says something of protected time, which police are shown so far only: beyond it one
 * answer for everything, before anything is looked up.
 */
export function refusedTooFar(
  services: DeskServices,
  ...windows: readonly { readonly end: number }[]
): Refusal | null {
  const last = shownUntil(services.zone, services.asAt.date());
  if (windows.every(({ end }) => end <= last)) return null;
  const reason = `Patrols can be changed up to the end of ${lastShownDay(services)}, because keep-clear times are shown to police up to that day.`;
  return refusal(services, { ok: false, reason, nearest: null, otherUnit: null });
}

/** Protected time first, in the one sentence that it is ever told in; then staffing, units and dose. */
async function conflictOf(
  { tx, services, stored, staffing, ways }: Desk,
  moved: WindowRow,
  standing: readonly PatrolWindow[],
): Promise<string | null> {
  const { zone, asAt } = services;
  const period = { zone, now: asAt.now(), ...periodOf(zone, stored.plan) };
  const taken = await takenWindows(tx, period, [moved]);
  if (taken.size > 0) return notAvailableWords;
  return staffing(moved) ?? standingConflict(moved, standing, zone, patrolDefaults, ways);
}

function closedOf(
  tx: Transaction,
  { zone, asAt }: DeskServices,
  { plan }: StoredPlan,
  seen: Set<string>,
): Promise<ClosedTime> {
  const lastEnd = Math.max(...shiftsOf(zone, plan).map((shift) => shift.end));
  const reachEnd = lastEnd + patrolDefaults.reachMinutes * minuteMs;
  const until = Math.min(reachEnd, shownUntil(zone, asAt.date()));
  return closedTime(tx, { zone, now: asAt.now(), ...periodOf(zone, plan), until, seen });
}
