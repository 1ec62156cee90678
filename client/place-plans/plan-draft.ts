import { useMemo, useState } from "react";
import { type ApiError, errorFromFailure } from "#client/api/api-error.ts";
import { forgetOnSignOut } from "#client/api/private-data.ts";
import { bodyOf, keepPlan, openPlan, placePlans } from "#client/place-plans/place-plans-api.ts";
import { createStore } from "#client/state/store.ts";
import { undoHistory } from "#client/state/undo.ts";
import { useStore } from "#client/state/use-store.ts";
import { showToast } from "#client/ui/toast-store.ts";
import { cellAt, disk, eventResolution, type Position } from "#core/geo/cell.ts";
import { checkPlan } from "#core/place-plans/check-plan.ts";
import type { PlanArea, PlanAreaWay } from "#core/place-plans/plan.ts";
import {
  type PlacePlanBody,
  type PlacePlanReply,
  planChangedMeanwhileTitle,
} from "#core/place-plans/wire/place-plans.ts";
import type { StudySet } from "#core/places/study-set.ts";
import { londonDate } from "#core/text/london-date.ts";

/** A plan as it is being typed, and what was read before. */
export interface PlanDraft {
  readonly revision: number;
  readonly read: PlacePlanBody;
  readonly body: PlacePlanBody;
}

/** What is typed of one plan, and what becomes of it. */
export function usePlanEditor(plan: PlacePlanReply | null) {
  const key = String(plan?.id ?? "new");
  const known = useStore(planDrafts, (all) => all[key]);
  const stored = useMemo(() => draftOf(plan), [plan]);
  const draft = known ?? stored;
  const [fault, setFault] = useState<ApiError | null>(null);
  const [isPending, setPending] = useState(false);
  const send = async (of: PlanDraft) => {
    if (isPending) return;
    setPending(true);
    setFault(null);
    const before = plan ? bodyOf(plan) : null;
    try {
      const kept = await keepPlan(plan ? { id: plan.id, revision: of.revision } : null, of.body);
      dropPlanDraft(key);
      showToast(`${kept.name} saved, revision ${kept.revision}`);
      if (before) rememberChange(kept, before, of.body);
      else undoHistory.end();
      openPlan(kept.id);
    } catch (cause) {
      const error = errorFromFailure(cause);
      setFault(error);
      if (error.title === planChangedMeanwhileTitle) placePlans.reload();
    }
    setPending(false);
  };
  return {
    draft,
    fault,
    isPending,
    isTouched: known !== undefined,
    change: (part: Partial<PlacePlanBody>) => {
      keepPlanDraft(key, { ...draft, body: { ...draft.body, ...part } });
    },
    send: (of: PlanDraft) => void send(of),
    discard: () => {
      setFault(null);
      dropPlanDraft(key);
    },
  };
}

/** Undo keeps what it was as a new revision; a change by somebody else in between is not undone with it. */
function rememberChange(
  kept: { readonly id: number; readonly revision: number },
  before: PlacePlanBody,
  after: PlacePlanBody,
): void {
  let { revision } = kept;
  const put = async (body: PlacePlanBody) => {
    revision = (await keepPlan({ id: kept.id, revision }, body)).revision;
  };
  undoHistory.remember({
    name: `change ${before.name}`,
    undo: () => put(before),
    redo: () => put(after),
  });
}

/**
 * What is being typed, by plan, for as long as the page is open: another screen, somebody else's change and a refused
 * save lose nothing of it. Gone with the session.
 */
export const planDrafts = createStore<Readonly<Record<string, PlanDraft>>>({});

forgetOnSignOut(() => planDrafts.set(() => ({})));

export function keepPlanDraft(key: string, draft: PlanDraft): void {
  planDrafts.set((known) => ({ ...known, [key]: draft }));
}

export function dropPlanDraft(key: string): void {
  planDrafts.set((known) => {
    const { [key]: _, ...rest } = known;
    return rest;
  });
}

export function draftOf(plan: PlacePlanReply | null): PlanDraft {
  const body = plan ? bodyOf(plan) : null;
  return plan && body
    ? { revision: plan.revision, read: body, body }
    : { revision: 0, read: newBody, body: newBody };
}

const newBody: PlacePlanBody = {
  name: "",
  area: { by: "named", name: null, cells: [] },
  scanning: "",
  analysis: "",
  response: { partners: "", place: "", diversion: "", enforcement: "" },
  stopRule: "",
  reviewOn: "",
  state: "open",
  result: "",
  isForMeeting: false,
};

/** By field: what is wrong, and what to do; the server asks the same. */
export function faultsOf(
  { body }: PlanDraft,
  about: {
    readonly command: StudySet;
    readonly asAt: string;
    readonly plan: PlacePlanReply | null;
  },
): Readonly<Record<string, string>> {
  const { command, asAt, plan } = about;
  const isDate = londonDate.safeParse(body.reviewOn).success;
  const dated = isDate ? body : { ...body, reviewOn: asAt };
  const faults = [
    ...checkPlan(dated, { command, asAt, keptReviewOn: plan?.reviewOn ?? null }),
    ...(isDate ? [] : [{ field: "reviewOn", reason: "Enter the next review date." }]),
  ];
  const named = faults.filter(
    ({ field }, at) => faults.findIndex((one) => one.field === field) === at,
  );
  return Object.fromEntries(named.map(({ field, reason }) => [field, reason]));
}

/** A cell and the six around it, about 300 m across. */
const ringsAround = 1;

/** A click on the map: a cell in or out where cells are picked, otherwise the point and the cells around it. */
export function areaAt(area: PlanArea, way: PlanAreaWay, at: Position): PlanArea {
  const cell = cellAt(at, eventResolution);
  if (way !== "picked") {
    return { by: "point", name: null, cells: disk(cell, ringsAround) };
  }
  const rest = area.cells.filter((other) => other !== cell);
  return {
    by: "picked",
    name: null,
    cells: rest.length === area.cells.length ? [...area.cells, cell] : rest,
  };
}

/** A street corner, station or neighbourhood of the gazetteer, with the cells around its point. */
export function namedArea(name: string, at: Position): PlanArea {
  return { by: "named", name, cells: disk(cellAt(at, eventResolution), ringsAround) };
}
