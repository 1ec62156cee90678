import { routeCells } from "#core/patrol/route.ts";
import type { PatrolWindow } from "#core/patrol/window.ts";
import { formatInstant, type Zone } from "#core/time/zone.ts";
import { checkPlan } from "#server/checker/check-plan.ts";
import type { Transaction } from "#server/db/database.ts";
import { blockedWindows } from "#server/outreach/protected-stretches.ts";

export interface CheckedWindow extends PatrolWindow {
  readonly label: string;
}

/**
 * The windows that protected time has taken, by label, asked twice: of the stored sessions as the tool
 * expands them (assumed ones widened), and of the independent checker.
 */
export async function takenWindows(
  tx: Transaction,
  period: {
    readonly zone: Zone;
    readonly now: number;
    readonly planFrom: number;
    readonly planTo: number;
  },
  windows: readonly CheckedWindow[],
): Promise<Set<string>> {
  if (windows.length === 0) return new Set();
  const { zone } = period;
  const blocked = await blockedWindows(
    tx,
    period,
    windows.map(({ label, start, end, stops }) => ({
      id: label,
      from: start,
      to: end,
      cells: routeCells(stops.map((stop) => stop.cell)),
    })),
  );
  const plan = {
    windows: windows.map(({ label, start, end, stops }) => ({
      id: label,
      start: formatInstant(zone, start),
      end: formatInstant(zone, end),
      stops: stops.map(({ cell }) => ({ cell })),
    })),
  };
  const verdict = await tx.through("keeper", (keeper) => checkPlan(keeper, zone.name, plan));
  return new Set([...blocked, ...verdict.overlaps.map(String)]);
}
