import { windowCells } from "#core/patrols/route.ts";
import type { PatrolWindow } from "#core/patrols/window.ts";
import { type Check, sealCheck } from "#core/patrols/wire/check.ts";
import { shownUntil } from "#core/protected-time/shown-until.ts";
import { formatInstant, type Zone } from "#core/time/zone.ts";
import type { Services } from "#server/acts/services.ts";
import type { Transaction } from "#server/db/database.ts";
import { checkPlan } from "#server/patrols/checker/check-plan.ts";
import type { WindowRow } from "#server/patrols/queries/patrol-windows.ts";
import { lineOf } from "#server/patrols/replies.ts";
import { blockedWindows } from "#server/protected-time/protected-stretches.ts";

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
    windows.map((window) => ({
      id: window.label,
      from: window.start,
      to: window.end,
      cells: windowCells(window),
    })),
  );
  const plan = {
    windows: windows.map(({ label, start, end, stops, legs }) => ({
      id: label,
      start: formatInstant(zone, start),
      end: formatInstant(zone, end),
      stops: stops.map(({ cell }) => ({ cell })),
      ...(legs ? { legs: legs.map(({ line }) => ({ line: lineOf(line) })) } : {}),
    })),
  };
  const verdict = await tx.through("keeper", (keeper) => checkPlan(keeper, zone.name, plan));
  return new Set([...blocked, ...verdict.overlaps.map(String)]);
}

/**
 * What a check says at this very moment, by label: a stored one would be as old as the window's own last
 * change, whatever has changed since. Of windows that stand and are not over; of none beyond the days
 * that police are shown, where the answer would tell what they are not.
 */
export async function checksNow(
  tx: Transaction,
  period: {
    readonly zone: Zone;
    readonly asAt: Services["asAt"];
    readonly planFrom: number;
    readonly planTo: number;
  },
  windows: readonly WindowRow[],
): Promise<ReadonlyMap<string, Check>> {
  const { zone, asAt } = period;
  const now = asAt.now();
  const shown = shownUntil(zone, asAt.date());
  const open = windows.filter(
    ({ status, end }) =>
      (status === "suggested" || status === "agreed") && end > now && end <= shown,
  );
  const taken = await takenWindows(tx, { ...period, now }, open);
  const at = formatInstant(zone, now);
  return new Map(open.map(({ label }) => [label, sealCheck({ at, ok: !taken.has(label) })]));
}
