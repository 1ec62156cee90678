import { standingConflict } from "#core/patrols/change.ts";
import { windowCells } from "#core/patrols/route.ts";
import { patrolDefaults } from "#core/patrols/settings.ts";
import { spentVisits } from "#core/patrols/spent-visits.ts";
import type { StreetWays } from "#core/patrols/streets/street-ways.ts";
import type { PatrolWindow } from "#core/patrols/window.ts";
import type { PlanReply } from "#core/patrols/wire/plan.ts";
import type { Actor } from "#core/role.ts";
import type { ActServices } from "#server/acts/services.ts";
import type { Transaction } from "#server/db/database.ts";
import { lastShownDay, planningEnds } from "#server/patrols/ask.ts";
import { askStaffing } from "#server/patrols/ask-staffing.ts";
import { takenWindows } from "#server/patrols/checks.ts";
import { rememberChange } from "#server/patrols/history.ts";
import { asStanding, loggedBeside } from "#server/patrols/logged-beside.ts";
import {
  insertPatrolOccupancy,
  setAgreed,
  setChecked,
  type WindowRow,
} from "#server/patrols/queries/patrol-windows.ts";
import { markAgreed, type PlanRow } from "#server/patrols/queries/plans.ts";
import { refuseUnlessCalendarsKnown } from "#server/patrols/standing.ts";
import {
  describerOf,
  describeStored,
  heldPlan,
  otherWindows,
  periodOf,
  type StoredPlan,
  storedPlan,
} from "#server/patrols/stored.ts";
import { streetWays } from "#server/patrols/street-ways.ts";
import { type FieldError, Problem } from "#server/problem.ts";
import { lockOccupancy } from "#server/protected-time/queries/occupancy.ts";

type AgreeServices = Pick<ActServices, "db" | "zone" | "asAt" | "streets" | "addDetail" | "refuse">;

/**
 * Turns suggested windows into agreed ones, all or none: checked again against the stored sessions, then
 * written to `occupancy`, whose constraint has the last word. Tried again when a session came in between.
 */
export async function agreePlan(
  services: AgreeServices,
  actor: Actor,
  choice: { readonly planId: string; readonly labels?: readonly string[] | undefined },
): Promise<PlanReply> {
  services.addDetail({ plan: choice.planId });
  const describer = await describerOf(services);
  const ways = await streetWays(services);
  const outcome = await services.db.transaction(
    actor,
    async (tx) => {
      await lockOccupancy(tx);
      const stored = await heldPlan(tx, choice.planId);
      const windows = chosenWindows(stored, choice.labels);
      services.addDetail({ windows: windows.length });
      refuseBeyondShown(services, actor, windows);
      await refuseUnlessCurrent(tx, services, stored.plan);
      const faults = await faultsOf(tx, { ...services, ways }, stored, windows);
      if (faults.length > 0) {
        services.refuse({ unavailable: faults.length });
        return { faults };
      }
      await writeAgreed(tx, services, actor, { plan: stored.plan, windows });
      const now = await storedPlan(tx, choice.planId);
      await rememberChange(tx, services, actor, { act: "agree", before: stored, after: now });
      return { faults, reply: await describeStored(tx, now, describer) };
    },
    { retries: 5 },
  );
  if ("reply" in outcome) return outcome.reply;
  throw new Problem(
    409,
    "Not approved",
    "Nothing was approved: some patrols are no longer available. Leave them out, or suggest again.",
    outcome.faults,
  );
}

function chosenWindows(
  { windows }: StoredPlan,
  labels: readonly string[] | undefined,
): readonly WindowRow[] {
  const chosen = labels
    ? labels.map((label) => {
        const window = windows.find((one) => one.label === label);
        if (window?.status === "suggested") return window;
        throw new Problem(409, "Not approved", `Patrol ${label} cannot be approved.`);
      })
    : windows.filter((window) => window.status === "suggested");
  if (chosen.length > 0) return chosen;
  throw new Problem(409, "Not approved", "This plan has no patrol left to approve.");
}

/** Before anything is looked up: an answer about a window there would tell what police are not shown. */
export function refuseBeyondShown(
  services: Pick<AgreeServices, "zone" | "asAt">,
  actor: Actor,
  windows: readonly WindowRow[],
  title = "Not approved",
): void {
  const ends = planningEnds(services, actor);
  const beyond = windows.filter((window) => ends !== null && window.end > ends);
  if (beyond.length === 0) return;
  throw new Problem(
    409,
    title,
    `Patrols are approved up to the end of ${lastShownDay(services)}, because keep-clear times are shown to police up to that day. Leave the later ones out.`,
    beyond.map(({ label }) => ({ field: label, reason: "too far ahead" })),
  );
}

/** Calendars as fresh as for a suggestion, and outside the demonstration today's knowledge (DEFINITIONS). */
async function refuseUnlessCurrent(
  tx: Transaction,
  { zone, asAt }: AgreeServices,
  plan: PlanRow,
): Promise<void> {
  if (!asAt.demo && plan.asAt !== asAt.date()) {
    throw new Problem(
      409,
      "Not approved",
      `This plan was made as at ${plan.asAt}. Suggest again, so that it knows what is known today.`,
    );
  }
  await refuseUnlessCalendarsKnown(tx, { zone, asAt }, plan, "Not approved");
}

const streetsChanged =
  "The streets were changed since this was suggested, and the way takes longer now. Suggest again.";

/** One fault a window, naming the caller's own windows only. */
async function faultsOf(
  tx: Transaction,
  { zone, asAt, ways }: AgreeServices & { readonly ways: StreetWays | null },
  stored: StoredPlan,
  windows: readonly WindowRow[],
): Promise<FieldError[]> {
  const now = asAt.now();
  const period = { zone, now, ...periodOf(zone, stored.plan) };
  const taken = await takenWindows(tx, period, windows);
  const gone = windows.filter(({ label }) => taken.has(label)).map(({ id }) => id);
  await setChecked(tx, gone, { at: now, ok: false });
  const others = [
    ...standingParts(await otherWindows(tx, zone, stored.plan)),
    ...asStanding(await loggedBeside(tx, zone, stored.plan)),
  ];
  const own = standingParts(
    stored.windows.filter((one) => isPlanned(one) && !windows.includes(one)),
  );
  const conflictOf = (window: WindowRow, beside: readonly PatrolWindow[]) =>
    standingConflict(window, beside, zone, patrolDefaults, ways);
  const staffing = await askStaffing(tx, zone, stored.plan);
  const faults: FieldError[] = [];
  for (const window of windows) {
    let reason: string | null = null;
    if (taken.has(window.label)) reason = "no longer available";
    else if (window.start < now) reason = "has begun or is over";
    // Patrols of one plan fit each other as they were suggested: only other ways between them part them now.
    else if (conflictOf(window, own)) reason = streetsChanged;
    else reason = staffing(window) ?? conflictOf(window, [...others, ...own]);
    if (reason) faults.push({ field: window.label, reason });
    else own.push(window);
  }
  return faults;
}

function isPlanned(window: WindowRow): boolean {
  return window.status === "agreed" || window.status === "called_off";
}

/** Of a window that was called off only the visits that had begun stand. */
export function standingParts(windows: readonly WindowRow[]): PatrolWindow[] {
  return windows.map((window) => ({ ...window, stops: spentVisits([window]) }));
}

async function writeAgreed(
  tx: Transaction,
  { asAt }: AgreeServices,
  actor: Actor,
  { plan, windows }: { readonly plan: PlanRow; readonly windows: readonly WindowRow[] },
): Promise<void> {
  const now = asAt.now();
  const occupied = windows.map((window) => ({
    windowId: window.id,
    start: window.start,
    end: window.end,
    cells: windowCells(window),
  }));
  await tx.through("keeper", (keeper) => insertPatrolOccupancy(keeper, occupied));
  await setAgreed(
    tx,
    windows.map((window) => window.id),
    now,
  );
  await markAgreed(tx, plan.id, { at: now, by: actor.person });
}
