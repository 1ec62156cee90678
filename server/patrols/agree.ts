import { patrolDefaults } from "#core/patrols/ground/settings.ts";
import type { PatrolWindow } from "#core/patrols/ground/window.ts";
import { standingConflict } from "#core/patrols/plan/change.ts";
import { besideConflict } from "#core/patrols/plan/judge.ts";
import type { PlanReply } from "#core/patrols/wire/plan.ts";
import type { Act } from "#server/acts/services.ts";
import { lastShownDay, periodOf, planningEnds } from "#server/patrols/ask.ts";
import { refuseUnlessCalendarsKnown, takenWindows } from "#server/patrols/checks.ts";
import { changePlan, type HeldPlan } from "#server/patrols/history.ts";
import { patrolPartnerOf } from "#server/patrols/patrol-partners.ts";
import {
  occupy,
  setAgreed,
  setBlocked,
  setRestored,
  type WindowRow,
} from "#server/patrols/queries/patrol-windows.ts";
import { markAgreed, markSuggested } from "#server/patrols/queries/plans.ts";
import { saidTo } from "#server/patrols/refused-change.ts";
import { planRoster } from "#server/patrols/roster.ts";
import { isPlanned, standingBeside, standingParts, stillStands } from "#server/patrols/stored.ts";
import { streetWays } from "#server/patrols/street-ways.ts";
import { refuseWaiting } from "#server/patrols/waiting.ts";
import { type FieldError, Problem } from "#server/problem.ts";

/**
 * Turns suggested windows into agreed ones, all or none: rechecked against the stored sessions,
 * then written to `occupancy`, whose constraint decides.
 */
export async function agreePlan(
  act: Act,
  planId: string,
  windowIds?: readonly string[],
): Promise<PlanReply> {
  const outcome = await changePlan(act, { planId }, async (held) => {
    const { tx, plan } = held;
    const windows = suggested(held, windowIds);
    const { weight: encounters } = plan.options?.encounters ?? {};
    act.addDetail({ windows: windows.length, ...(encounters ? { encounters } : {}) });
    refuseBeyondShown(act, windows, "Not approved");
    if (!act.asAt.demo && plan.asAt !== act.asAt.date()) {
      const detail = `This plan was made as at ${plan.asAt}. Suggest again, so that it knows what is known today.`;
      throw new Problem(409, "Not approved", detail);
    }
    await refuseUnlessCalendarsKnown(tx, act, plan, "Not approved");
    await refuseWaiting(act, tx, windows);
    const faults = await faultsOfAgreeing(act, held, windows);
    if (faults.length > 0) {
      act.refuse({ unavailable: faults.length });
      return { faults };
    }
    const at = act.asAt.now();
    await occupy(tx, windows);
    await setAgreed(
      tx,
      windows.map(({ id }) => id),
      at,
    );
    await markAgreed(tx, plan.id, { at, by: act.actor.person });
    return { faults, reply: await held.done("agree") };
  });
  if (outcome.reply) return outcome.reply;
  const detail =
    "Nothing was approved: some patrols are no longer available. Leave them out, or suggest again.";
  throw new Problem(409, "Not approved", detail, outcome.faults);
}

function suggested({ windows, isOwn }: HeldPlan, labels: readonly string[] | undefined) {
  const open = windows.filter((window) => window.status === "suggested" && isOwn(window));
  const chosen = labels
    ? labels.map((label) => {
        const window = open.find((one) => one.label === label);
        if (window) return window;
        throw new Problem(409, "Not approved", `Patrol ${label} cannot be approved.`);
      })
    : open;
  if (chosen.length > 0) return chosen;
  throw new Problem(409, "Not approved", "This plan has no patrol left to approve.");
}

/** Checked first: an answer about such a window would reveal what police are not shown. */
function refuseBeyondShown(act: Act, windows: readonly WindowRow[], title: string): void {
  const ends = planningEnds(act);
  const beyond = windows.filter((window) => ends !== null && window.end > ends);
  if (beyond.length === 0) return;
  throw new Problem(
    409,
    title,
    `Patrols are approved up to the end of ${lastShownDay(act)}, because keep-clear times are shown to police up to that day. Leave the later ones out.`,
    beyond.map(({ label }) => ({ field: label, reason: "too far ahead" })),
  );
}

const streetsChanged =
  "The streets were changed since this was suggested, and the way takes longer now. Suggest again.";

/** One fault a window, naming the caller's own windows only. */
async function faultsOfAgreeing(
  act: Act,
  { tx, plan, windows: all }: HeldPlan,
  windows: readonly WindowRow[],
): Promise<FieldError[]> {
  const { zone } = act;
  const now = act.asAt.now();
  const taken = await takenWindows(tx, { zone, now, ...periodOf(zone, plan) }, windows);
  const gone = windows.filter(({ label }) => taken.has(label)).map(({ id }) => id);
  await setBlocked(tx, gone, now);
  const own = standingParts(all.filter((one) => isPlanned(one) && !windows.includes(one)));
  const others = await standingBeside(tx, zone, plan, []);
  const roster = await planRoster(tx, zone, plan);
  const ways = await streetWays(act);
  const isSergeant = patrolPartnerOf(act.actor) === null;
  return faultsOf(windows, own, (window) => {
    if (taken.has(window.label)) return "no longer available";
    if (window.start < now) return "has begun or is over";
    // A plan's patrols fitted each other when suggested: only changed routes between them can
    // conflict now.
    if (isSergeant && standingConflict(window, own, zone, patrolDefaults, ways)) {
      return streetsChanged;
    }
    // So do those of others of the same plan: a coordinator is not asked to keep to half hours there.
    const mine = isSergeant ? own : own.filter((one) => one.patrolPartner === window.patrolPartner);
    return saidTo(act, [...others, ...mine], (standing) =>
      besideConflict({ ...roster, zone, ways, standing }, window),
    );
  });
}

/** Each window that fits counts for those after it. */
function faultsOf(
  windows: readonly WindowRow[],
  standing: PatrolWindow[],
  faultOf: (window: WindowRow) => string | null,
): FieldError[] {
  return windows.flatMap((window) => {
    const reason = faultOf(window);
    if (reason !== null) return [{ field: window.label, reason }];
    standing.push(window);
    return [];
  });
}

/** Rechecks them; all become suggestions again, or none. */
export function restoreWindows(
  act: Act,
  planId: string,
  windowIds: readonly string[],
): Promise<PlanReply> {
  return changePlan(act, { planId }, async (held) => {
    const { tx, plan } = held;
    const { zone } = act;
    const now = act.asAt.now();
    const windows = windowIds.map((label) => {
      const window = held.windows.find((one) => one.label === label);
      if (window?.status === "withdrawn" && window.start > now) return window;
      throw new Problem(409, "Not put back", `Patrol ${label} was not withdrawn.`);
    });
    act.addDetail({ windows: windows.length });
    refuseBeyondShown(act, windows, "Not put back");
    await refuseUnlessCalendarsKnown(tx, act, plan, "Not put back");
    const taken = await takenWindows(tx, { zone, now, ...periodOf(zone, plan) }, windows);
    const standing = await standingBeside(tx, zone, plan, held.windows.filter(stillStands));
    const ways = await streetWays(act);
    const faults = faultsOf(windows, standing, (window) =>
      taken.has(window.label)
        ? "no longer available"
        : standingConflict(window, standing, zone, patrolDefaults, ways),
    );
    if (faults.length > 0) {
      const detail = "Nothing was put back: some of these patrols no longer fit.";
      throw new Problem(409, "Not put back", detail, faults);
    }
    await setRestored(
      tx,
      windows.map(({ id }) => id),
      now,
    );
    if (plan.status === "withdrawn") await markSuggested(tx, planId);
    return held.done("restore");
  });
}
