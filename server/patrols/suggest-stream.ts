import { Readable } from "node:stream";
import { gapOf } from "#core/patrols/split.ts";
import type { PlanMessage, PlanReply, SuggestBody } from "#core/patrols/wire/plan.ts";
import { logFault } from "#server/http/request-log.ts";
import type { RequestContext } from "#server/http/route.ts";
import { describePlan } from "#server/patrols/replies.ts";
import {
  describerOf,
  describeStored,
  type StoredDescriber,
  type Suggestion,
  storeSuggestion,
} from "#server/patrols/stored.ts";
import { suggestPlan } from "#server/patrols/suggest.ts";
import { Problem } from "#server/problem.ts";

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
        // Before it was accepted the refusal goes the way of every other; after that it is only here.
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

/** A fault of ours is logged; the caller reads what to do. */
function detailOf(error: unknown): string {
  if (error instanceof Problem) return error.detail;
  return "The planner stopped before it was done. Nothing was saved: try again.";
}
