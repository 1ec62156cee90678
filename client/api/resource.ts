import { type ApiError, errorFromFailure } from "#client/api/api-error.ts";
import { createStore, type Store } from "#client/state/store.ts";

export type Resource<Value> =
  | { readonly status: "idle" }
  | { readonly status: "loading" }
  /** `at`: when it was asked for; a later change may be missing. */
  | { readonly status: "ready"; readonly value: Value; readonly at: number }
  | { readonly status: "refreshing"; readonly value: Value; readonly at: number }
  | { readonly status: "failed"; readonly error: ApiError }
  /** The last try failed; an older value is there, from `at`. */
  | {
      readonly status: "stale";
      readonly error: ApiError;
      readonly value: Value;
      readonly at: number;
    };

export interface ResourceLoader<Value> {
  readonly store: Store<Resource<Value>>;
  readonly ensure: () => void;
  readonly reload: () => void;
  readonly cancel: () => void;
  readonly reset: () => void;
  readonly accept: (value: Value) => void;
}

/** `show` publishes a part while the rest is loading. */
export function createResource<Value>(
  load: (signal: AbortSignal, show: (part: Value) => void) => Promise<Value>,
  initial: Resource<Value> = { status: "idle" },
): ResourceLoader<Value> {
  const store = createStore<Resource<Value>>(initial);
  let running: AbortController | null = null;
  const cancel = () => {
    running?.abort();
    running = null;
    store.set((state) => settledState(state));
  };
  const reload = () => {
    running?.abort();
    const mine = new AbortController();
    running = mine;
    const at = Date.now();
    store.set((state) =>
      hasValue(state)
        ? { status: "refreshing", value: state.value, at: state.at }
        : { status: "loading" },
    );
    const show = (value: Value) => {
      if (running === mine) store.set(() => ({ status: "refreshing", value, at }));
    };
    load(mine.signal, show).then(
      (value) => {
        if (running !== mine) return;
        running = null;
        store.set(() => ({ status: "ready", value, at }));
      },
      (cause: unknown) => {
        if (running !== mine) return;
        running = null;
        const error = errorFromFailure(cause, "read");
        store.set((state) =>
          hasValue(state)
            ? { status: "stale", error, value: state.value, at: state.at }
            : { status: "failed", error },
        );
      },
    );
  };
  return {
    store,
    reload,
    cancel,
    ensure: () => {
      if (store.get().status === "idle" || store.get().status === "failed") reload();
    },
    reset: () => {
      running?.abort();
      running = null;
      store.set(() => ({ status: "idle" }));
    },
    accept: (value) => {
      running?.abort();
      running = null;
      store.set(() => ({ status: "ready", value, at: Date.now() }));
    },
  };
}

export type WithValue<Value> = Extract<Resource<Value>, { readonly value: Value }>;

export function hasValue<Value>(resource: Resource<Value>): resource is WithValue<Value> {
  return "value" in resource;
}

function settledState<Value>(state: Resource<Value>): Resource<Value> {
  if (state.status === "loading") return { status: "idle" };
  if (state.status === "refreshing") return { status: "ready", value: state.value, at: state.at };
  return state;
}
