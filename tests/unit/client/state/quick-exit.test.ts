import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { leaveQuickly, quickExit } from "#client/state/quick-exit.ts";

interface Step {
  readonly state: unknown;
  readonly url: string;
}

/** The steps of a page, as a browser keeps them. */
let steps: Step[];
let at: number;
/** How long the browser takes over each step back; null: it never goes. */
let backMs: number | null;
/** Each time that the page was told to go elsewhere. */
let left: { readonly to: string; readonly atMs: number }[];
const start = Date.parse("2021-11-26T12:00Z");

beforeEach(() => {
  left = [];
  const onPopstate: (() => void)[] = [];
  const onScreen = (change: () => void) => {
    if (left.length === 0) change();
  };
  vi.useFakeTimers({ now: start });
  vi.stubGlobal("document", { documentElement: { style: {} }, title: "Diary" });
  vi.stubGlobal("window", {
    addEventListener: (name: string, listener: () => void) => {
      if (name === "popstate") onPopstate.push(listener);
    },
    history: {
      get state() {
        return steps[at]?.state;
      },
      pushState: (state: unknown, _title: string, url: string) =>
        onScreen(() => {
          steps = [...steps.slice(0, at + 1), { state, url }];
          at += 1;
        }),
      replaceState: (state: unknown, _title: string, url: string) =>
        onScreen(() => {
          steps[at] = { state, url };
        }),
      back: () => {
        if (backMs === null) return;
        setTimeout(
          () =>
            onScreen(() => {
              at = Math.max(0, at - 1);
              for (const listener of onPopstate) listener();
            }),
          backMs,
        );
      },
    },
    location: {
      replace: (to: string) => {
        left.push({ to, atMs: Date.now() - start });
      },
    },
  });
});
afterEach(() => {
  quickExit.set((state) => ({ ...state, isLeaving: false }));
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

function leaveFrom(count: number, withBackMs: number | null) {
  steps = Array.from({ length: count + 1 }, (_, index) => ({
    state: { steps: index },
    url: `#/step-${index}`,
  }));
  at = count;
  backMs = withBackMs;
  leaveQuickly(() => undefined);
  vi.advanceTimersByTime(10_000);
}
const uncovered = () => steps.slice(1).filter(({ url }) => url !== "#/away").length;

test("every step that lies behind is covered before the page is left, however many there are", () => {
  leaveFrom(45, 20);
  expect(uncovered()).toBe(0);
  expect(at, "the first step becomes the page that follows").toBe(0);
  expect(left).toEqual([{ to: expect.stringContaining("weather"), atMs: 46 * 20 }]);
});

test("a browser that goes back no more is not waited for", () => {
  leaveFrom(45, null);
  expect(left.map(({ atMs }) => atMs)).toEqual([400]);
});

test("a history that is slow and long is left after three seconds, covered as far as it went", () => {
  leaveFrom(45, 300);
  expect(left.map(({ atMs }) => atMs)).toEqual([3_000]);
  expect(uncovered()).toBe(45 - 9);
});
