import { Readable } from "node:stream";
import { demandDefaults } from "#core/patrols/demand/settings.ts";
import type { PlanStaffing } from "#core/patrols/duty/crew.ts";
import { createClosedTime } from "#core/patrols/ground/closed-time.ts";
import { windowCells } from "#core/patrols/ground/leg.ts";
import { patrolDefaults } from "#core/patrols/ground/settings.ts";
import { shiftOf } from "#core/patrols/ground/shift.ts";
import { pacedLegs, slowness } from "#core/patrols/ground/squad.ts";
import { type PlannedWindow, sumOf } from "#core/patrols/plan/finish.ts";
import { shiftsFor } from "#core/patrols/plan/judge.ts";
import { whyHere, whyNow } from "#core/patrols/plan/reasons.ts";
import { watchReason } from "#core/patrols/plan/watch.ts";
import { gapOf } from "#core/patrols/solve/split.ts";
import { createLegMaker, type LegMaker } from "#core/patrols/walk/street-ways.ts";
import type { PlanMessage, PlanReply, SuggestBody } from "#core/patrols/wire/plan.ts";
import type { Act } from "#server/acts/services.ts";
import { withOptions } from "#server/db/database.ts";
import { logFault } from "#server/http/request-log.ts";
import type { RequestContext } from "#server/http/route.ts";
import { type Ask, readRequest, type SuggestRequest } from "#server/patrols/ask.ts";
import { takenWindows } from "#server/patrols/checks.ts";
import { lightAt } from "#server/patrols/judged-window.ts";
import { type Known, readKnown } from "#server/patrols/known.ts";
import { numbered } from "#server/patrols/patrol-partners.ts";
import type { NewWindow } from "#server/patrols/queries/patrol-windows.ts";
import { describePlan } from "#server/patrols/replies.ts";
import type { SolveProgress } from "#server/patrols/solver/highs.ts";
import type { SolvedPlan } from "#server/patrols/solver/plan-job.ts";
import {
  describerOf,
  describeStored,
  type StoredDescriber,
  type Suggestion,
  storeSuggestion,
} from "#server/patrols/stored.ts";
import { answerNeeds, streetWays } from "#server/patrols/street-ways.ts";
import { placesOf } from "#server/places/places.ts";
import { Problem } from "#server/problem.ts";

export interface SuggestHooks {
  readonly signal: AbortSignal;
  readonly onAccepted?: () => void;
  readonly onFirst?: (suggestion: Suggestion) => void;
  readonly onProgress?: (progress: SolveProgress) => void;
}

export async function suggestPlan(
  act: Act,
  request: SuggestRequest,
  hooks: SuggestHooks,
): Promise<Suggestion> {
  const { db, zone, solver } = act;
  const { from, days, units, seed } = request;
  const { encounters: weight = "none" } = request;
  act.addDetail({ from, days, units, seed, ...(weight === "none" ? {} : { encounters: weight }) });
  const ask = readRequest(act, request);
  solver.warm();
  const places = await placesOf(act);
  const ways = await streetWays(act);
  const read = await withOptions(db, { events: true }).transaction(act.actor, async (tx) => {
    const read = await readKnown(tx, act, ask, { places, ways });
    act.addDetail({ asAt: ask.moment.asAt, events: read.demand.reports });
    return read;
  });
  // After the act's audit line is written: an assessment reads events too.
  const watch = ask.request.options.watch ? await act.watchedEdges(act, act.actor) : [];
  const known = { ...read, frame: { ...read.frame, watch } };
  hooks.onAccepted?.();
  const describe = (solved: SolvedPlan, taken: ReadonlySet<string>) =>
    suggestionOf(act, ask, known, solved, taken);
  const legMaker = createLegMaker(ways, createClosedTime(known.frame.closed));
  const solved = await solver.solve({
    ...(ways ? { street: (needs) => answerNeeds(ways, needs, hooks.signal) } : {}),
    frame: known.frame,
    from: known.demand.from,
    encounters: known.encounters,
    onDemand: known.demand.keep,
    timeZone: zone.name,
    signal: hooks.signal,
    ...(hooks.onProgress ? { onProgress: hooks.onProgress } : {}),
    onFirst: (first) => {
      const walked = withLegs(first, legMaker);
      hooks.onFirst?.(describe(walked, touched(known, walked)));
    },
  });
  const walked = withLegs(solved, legMaker);
  // A calendar may have changed while the planner ran.
  const taken = await db.transaction(act.actor, (tx) =>
    takenWindows(tx, { zone, ...ask.moment, ...ask.period }, labelled(known, walked)),
  );
  return describe(walked, taken);
}

/** Windows left without a way are dropped. */
function withLegs(solved: SolvedPlan, legMaker: LegMaker | null): SolvedPlan {
  if (!legMaker) return solved;
  const windows: PlannedWindow[] = [];
  const lost: PlannedWindow[] = [];
  for (const window of solved.windows) {
    const stops = window.stops.map(({ cell }) => cell);
    const legs = legMaker(stops, window.mode, window);
    if (legs === "closed") lost.push(window);
    else {
      const slower = slowness(patrolDefaults.modes, window.mode, window.kmh);
      windows.push({ ...window, legs: pacedLegs(legs, slower) });
    }
  }
  const gone = lost.map(({ start, end }) => ({ start, end, reason: notAvailableReason }));
  return {
    ...solved,
    windows,
    objective: lost.reduce((sum, window) => sumOf(sum, -window.expected), solved.objective),
    refused: [...solved.refused, ...gone],
  };
}

const notAvailableReason = "no longer available";

function labelled({ kept, frame }: Known, solved: SolvedPlan) {
  const all = [
    ...kept.map((row) => ({ row, window: row, start: row.start, unit: row.unit })),
    ...solved.windows.map((window) => ({
      row: null,
      window,
      start: window.start,
      unit: window.unit,
    })),
  ];
  all.sort((a, b) => a.start - b.start || a.unit - b.unit);
  return numbered(
    all.map(({ row, window }) => ({
      row,
      ...window,
      ...(row ? {} : ownShift(frame.staffing, window)),
      patrolPartner: window.patrolPartner ?? null,
    })),
    frame.staffing?.squads,
  );
}

/** Its unit's own hours, where a patrol partner's: the planner goes by the shifts of police. */
function ownShift(staffing: PlanStaffing | null, window: PlannedWindow) {
  const shift = shiftOf(shiftsFor({ shifts: [], staffing }, window), window);
  return shift && { shiftStart: shift.start, shiftEnd: shift.end };
}

/** Rechecks the first plan against the data, cell by cell. */
function touched(known: Known, solved: SolvedPlan): Set<string> {
  const closed = createClosedTime(known.frame.closed);
  const found = labelled(known, solved).filter((window) =>
    windowCells(window).some((cell) => !closed.isClear(cell, window.start, window.end)),
  );
  return new Set(found.map(({ label }) => label));
}

const recentWeeks = demandDefaults.recentDays / 7;
const knownWeeks = demandDefaults.knownDays / 7;

function suggestionOf(
  { zone, asAt }: Act,
  ask: Ask,
  known: Known,
  solved: SolvedPlan,
  taken: ReadonlySet<string>,
): Suggestion {
  const { from, days, units, shifts, seed } = ask.request;
  const all = labelled(known, solved);
  const keptStops = new Set(known.kept.flatMap(({ stops }) => stops));
  const keptValue = known.kept.reduce((sum, window) => sum + window.expected, 0);
  const lost = all.filter(({ label }) => taken.has(label));
  const lostValue = lost.reduce((sum, window) => sum + window.expected, 0);
  // Kept windows count in both value and bound: the plan is the whole week, and they were fixed.
  const objective = sumOf(solved.objective, keptValue - lostValue);
  const bound = sumOf(solved.bound, keptValue);
  const { windows: _, refused, encounters, ...proven } = solved;
  return {
    plan: {
      ...proven,
      objective,
      bound,
      greedy: sumOf(solved.greedy, keptValue),
      gap: gapOf(objective, bound),
      refused: [
        ...refused,
        ...known.lost,
        ...lost.map(({ start, end }) => ({ start, end, reason: notAvailableReason })),
      ],
      origin: "planner",
      from,
      days,
      units,
      shifts,
      seed,
      asAt: ask.moment.asAt,
      calendarsAsAt: known.calendarsAsAt,
      options: { ...known.options, ...(encounters ? { encounters } : {}) },
    },
    windows: all
      .filter(({ label }) => !taken.has(label))
      .map((one): NewWindow => {
        const checked = { label: one.label, checkedAt: asAt.now(), checkedOk: true };
        if (one.row) return { ...one.row, ...checked };
        if (!("facts" in one)) throw new TypeError("A new window comes with its facts");
        const { row: _row, facts, ...window } = one;
        const light = lightAt(window.zone, window.start, window.end);
        return {
          ...window,
          ...checked,
          locked: false,
          whyHere:
            window.purpose === "watch"
              ? watchReason(
                  window.stops.map(({ cell }) => cell),
                  known.frame.watch,
                )
              : whyHere(facts, recentWeeks),
          whyNow: whyNow(facts, window, { zone, light, knownWeeks }),
        };
      }),
    others: known.frame.visits.filter((visit) => !keptStops.has(visit)),
  };
}

/**
 * A suggestion as it comes, one JSON document a line. It resolves once the request was accepted and the
 * data read, so that a refusal is an ordinary problem; after that a failure is the stream's last line.
 */
export async function streamSuggestion(
  context: RequestContext,
  body: SuggestBody,
): Promise<Readable> {
  const describer = await describerOf(context);
  const stream = new Readable({ read: () => undefined });
  const tell = (message: PlanMessage) => {
    if (!stream.destroyed) stream.push(`${JSON.stringify(message)}\n`);
  };
  let isAccepted = false;
  const waiting = context.solver.pending() > 0;
  await new Promise<void>((accept, refuse) => {
    suggestPlan(context, body, {
      signal: context.signal,
      onAccepted: () => {
        tell({ type: "started", waiting });
        isAccepted = true;
        accept();
      },
      onFirst: ({ plan, windows, others }) =>
        tell({ type: "first", plan: describePlan(plan, windows, others, describer, () => null) }),
      onProgress: ({ seconds, objective, bound }) => {
        const gap = bound === null ? null : gapOf(objective, bound);
        tell({ type: "progress", seconds, objective, bound, gap });
      },
    })
      .then((suggestion) => store(context, suggestion, describer))
      .then((plan) => tell({ type: "plan", plan }))
      .catch((error: unknown) => {
        // Before acceptance a refusal is handled like any other; after it, only here.
        const isFault = !(error instanceof Problem || context.signal.aborted);
        if (isAccepted && isFault) logFault(context.request, error);
        refuse(error);
        tell({ type: "failed", detail: detailOf(error) });
      })
      .finally(() => stream.push(null));
  });
  return stream;
}

function store(
  { db, actor, asAt, signal }: RequestContext,
  suggestion: Suggestion,
  describer: StoredDescriber,
): Promise<PlanReply> {
  signal.throwIfAborted();
  return db.transaction(
    actor,
    async (tx) => {
      const made = { at: asAt.now(), by: actor.person };
      return describeStored(tx, await storeSuggestion(tx, suggestion, made), describer);
    },
    { retries: 5 },
  );
}

function detailOf(error: unknown): string {
  if (error instanceof Problem) return error.detail;
  return "The planner stopped before it was done. Nothing was saved: try again.";
}
