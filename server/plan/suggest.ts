import { demandDefaults } from "#core/demand/settings.ts";
import type { Actor } from "#core/model/role.ts";
import { createClosedTime } from "#core/patrol/closed-time.ts";
import type { PlanFrame } from "#core/patrol/plan.ts";
import { whyHere, whyNow } from "#core/patrol/reasons.ts";
import { routeCells } from "#core/patrol/route.ts";
import { gapOf } from "#core/patrol/split.ts";
import type { Visit } from "#core/patrol/window.ts";
import type { ActServices } from "#server/audit/notes.ts";
import { countFootprintView } from "#server/outreach/footprint-views.ts";
import { placesOf } from "#server/places/places.ts";
import { type Ask, readRequest, type SuggestRequest } from "#server/plan/ask.ts";
import { takenWindows } from "#server/plan/checks.ts";
import type { SolveProgress } from "#server/plan/highs.ts";
import { type Known, readKnown } from "#server/plan/known.ts";
import { lightAt } from "#server/plan/light.ts";
import type { SolvedPlan } from "#server/plan/plan-job.ts";
import type { NewWindow } from "#server/queries/patrol-windows.ts";
import type { NewPlan } from "#server/queries/plans.ts";

/** A plan that is made and checked, and not stored yet. */
export interface Suggestion {
  readonly plan: NewPlan;
  readonly windows: readonly NewWindow[];
  /** Visits of other plans that count towards the same caps. */
  readonly others: readonly Visit[];
}

export interface SuggestHooks {
  readonly signal: AbortSignal;
  /** The request makes sense and everything was read; from here on it runs. */
  readonly onAccepted?: () => void;
  readonly onFirst?: (suggestion: Suggestion) => void;
  readonly onProgress?: (progress: SolveProgress) => void;
}

export type SuggestServices = Pick<ActServices, "db" | "zone" | "asAt" | "solver" | "addDetail">;

/** The whole way from a request to a checked plan: read, solve in the other thread, check again. */
export async function suggestPlan(
  services: SuggestServices,
  actor: Actor,
  request: SuggestRequest,
  hooks: SuggestHooks,
): Promise<Suggestion> {
  const { from, days, units, seed } = request;
  services.addDetail({ from, days, units, seed });
  const ask = readRequest(services, actor, request);
  services.solver.warm();
  const { command } = await placesOf(services);
  const known = await services.db.transaction(actor, async (tx) => {
    const read = await readKnown(tx, services, ask, command);
    await countFootprintView(tx, actor, { day: services.asAt.date(), seen: read.seen });
    services.addDetail({ asAt: ask.moment.asAt, events: read.demand.reports });
    return read;
  });
  hooks.onAccepted?.();
  const describe = (solved: SolvedPlan, taken: ReadonlySet<string>) =>
    suggestionOf(services, ask, known, solved, taken);
  const solved = await services.solver.solve({
    frame: known.frame,
    from: known.demand.from,
    onDemand: known.demand.keep,
    timeZone: services.zone.name,
    signal: hooks.signal,
    ...(hooks.onProgress ? { onProgress: hooks.onProgress } : {}),
    onFirst: (first) => hooks.onFirst?.(describe(first, touched(known.frame, first))),
  });
  // A calendar may have changed while the planner ran.
  const taken = await services.db.transaction(actor, (tx) =>
    takenWindows(tx, { zone: services.zone, ...ask.moment, ...ask.period }, labelled(solved)),
  );
  return describe(solved, taken);
}

function labelled(solved: SolvedPlan) {
  return solved.windows.map((window, index) => ({ ...window, label: `w${index + 1}` }));
}

/** The first plan is held once more against what was read, cell by cell. */
function touched(input: PlanFrame, solved: SolvedPlan): Set<string> {
  const closed = createClosedTime(input.closed);
  const found = labelled(solved).filter(({ start, end, stops }) =>
    routeCells(stops.map((stop) => stop.cell)).some((cell) => !closed.isClear(cell, start, end)),
  );
  return new Set(found.map(({ label }) => label));
}

const recentWeeks = demandDefaults.recentDays / 7;
const knownWeeks = demandDefaults.knownDays / 7;

function suggestionOf(
  { zone, asAt }: SuggestServices,
  ask: Ask,
  known: Known,
  solved: SolvedPlan,
  taken: ReadonlySet<string>,
): Suggestion {
  const { request, shiftTexts, moment } = ask;
  const all = labelled(solved);
  const lost = all.filter(({ label }) => taken.has(label));
  const lostValue = lost.reduce((sum, window) => sum + window.expected, 0);
  const objective = Math.round((solved.objective - lostValue) * 1e6) / 1e6;
  const { windows: _, refused, ...proven } = solved;
  return {
    plan: {
      ...proven,
      objective,
      gap: gapOf(objective, solved.bound),
      refused: [
        ...refused,
        ...lost.map(({ start, end }) => ({ start, end, reason: "no longer available" })),
      ],
      startsOn: request.from,
      days: request.days,
      units: request.units,
      shifts: shiftTexts,
      seed: request.seed,
      asAt: moment.asAt,
      calendarsAsAt: known.calendarsAsAt,
      options: known.options,
    },
    windows: all
      .filter(({ label }) => !taken.has(label))
      .map(({ facts, ...window }): NewWindow => {
        const light = lightAt(window.zone, window.start, window.end);
        return {
          ...window,
          locked: false,
          mode: "foot",
          purpose: "patrol",
          whyHere: whyHere(facts, recentWeeks),
          whyNow: whyNow(facts, window, { zone, light, knownWeeks }),
          checkedAt: asAt.now(),
          checkedOk: true,
        };
      }),
    others: known.frame.visits,
  };
}
