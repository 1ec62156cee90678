import { standingConflict } from "#core/patrols/change.ts";
import { patrolDefaults } from "#core/patrols/settings.ts";
import type { StreetWays } from "#core/patrols/streets/street-ways.ts";
import type { PlanReply } from "#core/patrols/wire/plan.ts";
import type { Actor } from "#core/role.ts";
import type { ActServices } from "#server/acts/services.ts";
import type { Transaction } from "#server/db/database.ts";
import { refuseBeyondShown, standingParts } from "#server/patrols/agree.ts";
import { takenWindows } from "#server/patrols/checks.ts";
import { rememberChange } from "#server/patrols/history.ts";
import { asStanding, loggedBeside } from "#server/patrols/logged-beside.ts";
import { setRestored, type WindowRow } from "#server/patrols/queries/patrol-windows.ts";
import { markSuggested } from "#server/patrols/queries/plans.ts";
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

type RestoreServices = Pick<
  ActServices,
  "db" | "zone" | "asAt" | "streets" | "addDetail" | "refuse"
>;

/** The way back from withdrawing: all of these are suggestions again, checked again, or none. */
export async function restoreWindows(
  services: RestoreServices,
  actor: Actor,
  choice: { readonly planId: string; readonly labels: readonly string[] },
): Promise<PlanReply> {
  const { planId, labels } = choice;
  services.addDetail({ plan: planId });
  const describer = await describerOf(services);
  const ways = await streetWays(services);
  return services.db.transaction(
    actor,
    async (tx) => {
      await lockOccupancy(tx);
      const stored = await heldPlan(tx, planId);
      const windows = labels.map((label) => withdrawnWindow(stored, label, services.asAt.now()));
      services.addDetail({ windows: windows.length });
      refuseBeyondShown(services, actor, windows, "Not put back");
      await refuseUnlessCalendarsKnown(tx, services, stored.plan, "Not put back");
      const faults = await faultsOf(tx, { ...services, ways }, stored, windows);
      if (faults.length > 0) {
        const detail = "Nothing was put back: some of these patrols no longer fit.";
        throw new Problem(409, "Not put back", detail, faults);
      }
      const ids = windows.map(({ id }) => id);
      await setRestored(tx, ids, services.asAt.now());
      if (stored.plan.status === "withdrawn") await markSuggested(tx, planId);
      const after = await storedPlan(tx, planId);
      await rememberChange(tx, services, actor, { act: "restore", before: stored, after });
      return describeStored(tx, after, describer);
    },
    { retries: 5 },
  );
}

function withdrawnWindow({ windows }: StoredPlan, label: string, now: number): WindowRow {
  const window = windows.find((one) => one.label === label);
  if (window?.status === "withdrawn" && window.start > now) return window;
  throw new Problem(409, "Not put back", `Patrol ${label} was not withdrawn.`);
}

async function faultsOf(
  tx: Transaction,
  { zone, asAt, ways }: RestoreServices & { readonly ways: StreetWays | null },
  stored: StoredPlan,
  windows: readonly WindowRow[],
): Promise<FieldError[]> {
  const period = { zone, now: asAt.now(), ...periodOf(zone, stored.plan) };
  const taken = await takenWindows(tx, period, windows);
  const own = stored.windows.filter(({ status }) =>
    ["suggested", "agreed", "called_off"].includes(status),
  );
  const standing = [
    ...standingParts([...own, ...(await otherWindows(tx, zone, stored.plan))]),
    ...asStanding(await loggedBeside(tx, zone, stored.plan)),
  ];
  const faults: FieldError[] = [];
  for (const window of windows) {
    const reason = taken.has(window.label)
      ? "no longer available"
      : standingConflict(window, standing, zone, patrolDefaults, ways);
    if (reason === null) standing.push(window);
    else faults.push({ field: window.label, reason });
  }
  return faults;
}
