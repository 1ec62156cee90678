import type { PlanDays } from "#core/patrols/arrival-times/trend.ts";
import { windowCells } from "#core/patrols/ground/leg.ts";
import type { PatrolWindow } from "#core/patrols/ground/window.ts";
import { type Check, sealCheck } from "#core/patrols/wire/plan.ts";
import type { PlanPeriod } from "#core/protected-time/freshness.ts";
import { shownUntil } from "#core/protected-time/shown-until.ts";
import { formatInstant, type Zone } from "#core/time/zone.ts";
import type { Services } from "#server/acts/services.ts";
import type { Transaction } from "#server/db/database.ts";
import { periodOf } from "#server/patrols/ask.ts";
import { checkPlan } from "#server/patrols/checker/check-plan.ts";
import type { WindowRow } from "#server/patrols/queries/patrol-windows.ts";
import { lineOf } from "#server/patrols/replies.ts";
import { Problem } from "#server/problem.ts";
import { calendarState } from "#server/protected-time/calendars.ts";
import { blockedWindows } from "#server/protected-time/protected-stretches.ts";

/**
 * Windows that protected time has taken, by label, checked twice: against the stored sessions as
 * the tool expands them (assumed ones widened), and by the independent checker.
 */
export async function takenWindows(
  tx: Transaction,
  period: PlanPeriod & { readonly zone: Zone },
  windows: readonly (PatrolWindow & { readonly label: string })[],
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
 * Current check results, by label: a stored one would be as old as the window's last change,
 * whatever has changed since. Only for current windows that are not over, and none beyond the days
 * that police are shown, where the answer would reveal hidden time.
 */
export async function checksNow(
  tx: Transaction,
  { zone, asAt }: Pick<Services, "zone" | "asAt">,
  days: PlanDays,
  windows: readonly WindowRow[],
): Promise<ReadonlyMap<string, Check>> {
  const now = asAt.now();
  const shown = shownUntil(zone, asAt.date());
  const open = windows.filter(
    ({ status, end }) =>
      (status === "suggested" || status === "agreed") && end > now && end <= shown,
  );
  const taken = await takenWindows(tx, { zone, now, ...periodOf(zone, days) }, open);
  const at = formatInstant(zone, now);
  return new Map(open.map(({ label }) => [label, sealCheck({ at, ok: !taken.has(label) })]));
}

/** Null when the calendars are known. */
export async function calendarFault(
  tx: Transaction,
  { zone, asAt }: Pick<Services, "zone" | "asAt">,
  days: PlanDays,
): Promise<string | null> {
  const calendars = await calendarState(tx, { zone, now: asAt.now(), ...periodOf(zone, days) });
  return calendars.ok ? null : withoutTitle(calendars.reason);
}

/** Agreeing, moving, printing: each needs calendars as well known as a suggestion does (SAFEGUARDS 3). */
export async function refuseUnlessCalendarsKnown(
  tx: Transaction,
  services: Pick<Services, "zone" | "asAt">,
  days: PlanDays,
  title: string,
): Promise<void> {
  const fault = await calendarFault(tx, services, days);
  if (fault !== null) throw new Problem(409, title, fault);
}

export function withoutTitle(reason: string): string {
  const rest = reason.replace(/^No suggestion: /, "");
  return `${rest.charAt(0).toUpperCase()}${rest.slice(1)}`;
}
