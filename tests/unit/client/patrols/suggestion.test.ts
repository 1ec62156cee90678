import { expect, test } from "vitest";
import { ApiError } from "#client/api/api-error.ts";
import { createSuggester } from "#client/patrols/suggestion.ts";
import type { PlanMessage, PlanReply } from "#core/patrols/wire/plan.ts";

const body = { from: "2021-11-29", days: 7, units: 2, seed: 1 };
const plan = (id: string | null) => ({ id, windows: [] }) as unknown as PlanReply;
const progress: PlanMessage = {
  type: "progress",
  seconds: 1,
  objective: 10,
  bound: 11,
  gap: 0.1,
};

test("the first plan shows at once, then progress, then the stored plan is handed back", async () => {
  const seen: string[] = [];
  const suggester = createSuggester(async (_body, onMessage) => {
    onMessage({ type: "started", waiting: true });
    onMessage({ type: "first", plan: plan(null) });
    onMessage(progress);
    onMessage({ type: "plan", plan: plan("12") });
  });
  suggester.store.subscribe(() => {
    const state = suggester.store.get();
    if (state.status === "running") {
      seen.push(`${state.waiting} ${state.first !== null} ${state.progress !== null}`);
    } else seen.push(state.status);
  });
  expect((await suggester.start(body))?.id).toBe("12");
  expect(seen).toEqual([
    "false false false",
    "true false false",
    "false true false",
    "false true true",
    "none",
  ]);
});

test("a refusal and a failure in the stream are kept with their words", async () => {
  const refusing = createSuggester(() =>
    Promise.reject(new ApiError({ status: 409, title: "No suggestion", detail: "not given" })),
  );
  expect(await refusing.start(body)).toBeNull();
  expect(refusing.store.get()).toMatchObject({ status: "refused", error: { detail: "not given" } });

  const failing = createSuggester(async (_body, onMessage) => {
    onMessage({ type: "first", plan: plan(null) });
    onMessage({ type: "failed", detail: "The solver stopped." });
  });
  expect(await failing.start(body)).toBeNull();
  expect(failing.store.get()).toMatchObject({
    status: "refused",
    error: { detail: "The solver stopped." },
  });
});

test("a stream that is cut off before its last line is a failure, not an empty plan", async () => {
  const suggester = createSuggester(async (_body, onMessage) => {
    onMessage({ type: "first", plan: plan(null) });
  });
  expect(await suggester.start(body)).toBeNull();
  expect(suggester.store.get().status).toBe("refused");
});

test("cancelling stops the stream and leaves nothing behind", async () => {
  let wasAborted = false;
  const suggester = createSuggester(
    (_body, onMessage, signal) =>
      new Promise((_resolve, reject) => {
        onMessage({ type: "first", plan: plan(null) });
        signal.addEventListener("abort", () => {
          wasAborted = true;
          reject(new DOMException("stopped", "AbortError"));
        });
      }),
  );
  const running = suggester.start(body);
  suggester.cancel();
  expect(await running).toBeNull();
  expect(wasAborted).toBe(true);
  expect(suggester.store.get()).toEqual({ status: "none" });
});
