import { ApiError, errorFromFailure } from "#client/api/api-error.ts";
import { fetchLines } from "#client/api/fetch.ts";
import { forgetOnSignOut } from "#client/api/private-data.ts";
import { createStore } from "#client/state/store.ts";
import { undoHistory } from "#client/state/undo.ts";
import {
  type PlanMessage,
  type PlanReply,
  planMessage,
  type SuggestBody,
} from "#core/patrols/wire/plan.ts";

export type Suggestion =
  | {
      readonly status: "none";
      /** The stored plan, shown until the list of plans contains it. */
      readonly made?: PlanReply;
    }
  | {
      readonly status: "running";
      readonly waiting: boolean;
      /** The first plan, shown at once and made better from then on; not stored. */
      readonly first: PlanReply | null;
      readonly progress: PlanProgress | null;
    }
  | { readonly status: "refused"; readonly error: ApiError };

type PlanProgress = Extract<PlanMessage, { readonly type: "progress" }>;

export const suggester = createSuggester((body, onMessage, signal) =>
  fetchLines("/api/plans/suggest", planMessage, onMessage, { method: "POST", body, signal }),
);

forgetOnSignOut(suggester.forget);

export async function suggestPlan(
  view: {
    readonly choosePlan: (planId: string | null) => void;
    readonly chooseWindow: (windowId: string | null) => void;
    readonly reload: () => void;
  },
  body: SuggestBody,
): Promise<void> {
  // Patrol ids of the first plan repeat those of the current one.
  view.chooseWindow(null);
  undoHistory.end();
  const plan = await suggester.start(body);
  if (!plan) return;
  view.choosePlan(plan.id);
  view.reload();
}

export function createSuggester(
  stream: (
    body: SuggestBody,
    onMessage: (message: PlanMessage) => void,
    signal: AbortSignal,
  ) => Promise<void>,
) {
  const store = createStore<Suggestion>({ status: "none" });
  let running: AbortController | null = null;
  const cancel = () => {
    running?.abort();
    running = null;
    store.set((state) => (state.status === "running" ? { status: "none" } : state));
  };
  return {
    store,
    cancel,
    forget: () => {
      cancel();
      store.set(() => ({ status: "none" }));
    },
    /** Null when refused or cancelled. */
    start: async (body: SuggestBody): Promise<PlanReply | null> => {
      cancel();
      const mine = new AbortController();
      running = mine;
      let plan: PlanReply | null = null;
      store.set(() => ({ status: "running", waiting: false, first: null, progress: null }));
      try {
        await stream(
          body,
          (message) => {
            if (running !== mine) return;
            if (message.type === "plan") plan = message.plan;
            store.set((state) => follow(state, message));
          },
          mine.signal,
        );
      } catch (cause) {
        if (running !== mine) return null;
        const error = errorFromFailure(cause);
        store.set(() => ({ status: "refused", error }));
      }
      if (running !== mine) return null;
      running = null;
      store.set((state) => settle(state, plan));
      return plan;
    },
  };
}

function follow(state: Suggestion, message: PlanMessage): Suggestion {
  if (message.type === "failed") {
    const title = "The suggestion was not finished";
    const error = new ApiError({ status: 0, title, detail: message.detail });
    return { status: "refused", error };
  }
  if (state.status !== "running") return state;
  if (message.type === "started") return { ...state, waiting: message.waiting };
  if (message.type === "first") return { ...state, waiting: false, first: message.plan };
  if (message.type === "progress") return { ...state, waiting: false, progress: message };
  return state;
}

/** A stream that ends without its last line was cut off. */
function settle(state: Suggestion, plan: PlanReply | null): Suggestion {
  if (state.status !== "running") return state;
  if (plan) return { status: "none", made: plan };
  return { status: "refused", error: errorFromFailure(null) };
}
