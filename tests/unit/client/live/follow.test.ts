import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { followLive } from "#client/live/follow.ts";
import { live } from "#client/live/refresh.ts";

/** A line of the browser's, without a network. */
class Line {
  static readonly CLOSED = 2;
  static opened: Line[] = [];
  readyState = 0;
  readonly url: string;
  readonly #listeners = new Map<string, (event: object) => void>();
  constructor(url: string) {
    this.url = url;
    Line.opened.push(this);
  }
  addEventListener(name: string, listener: (event: object) => void) {
    this.#listeners.set(name, listener);
  }
  say(name: string, lastEventId = "", data = "") {
    this.#listeners.get(name)?.({ lastEventId, data });
  }
  close() {
    this.readyState = Line.CLOSED;
  }
}

const heard = new Map<string, () => void>();
const page = {
  hidden: false,
  addEventListener: (name: string, listener: () => void) => heard.set(name, listener),
  removeEventListener: (name: string) => heard.delete(name),
};
let end: () => void = () => undefined;
let refused = 0;

beforeEach(() => {
  vi.useFakeTimers();
  Line.opened = [];
  refused = 0;
  page.hidden = false;
  vi.stubGlobal("EventSource", Line);
  vi.stubGlobal("document", page);
  vi.stubGlobal("window", page);
  end = followLive({
    since: 5,
    onRefused: () => {
      refused += 1;
    },
  });
});
afterEach(() => {
  end();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const urls = () => Line.opened.map(({ url }) => url);
function turn(hidden: boolean) {
  page.hidden = hidden;
  heard.get("visibilitychange")?.();
}

test("a phone that slept listens again as it wakes, from what it heard last on", () => {
  Line.opened[0]?.say("beat", "17");
  turn(true);
  // Asleep: the clock goes on, no timer does.
  vi.setSystemTime(Date.now() + 15_000);
  turn(false);
  expect(urls()).toEqual(["/api/live?since=5", "/api/live?since=17"]);
  expect(Line.opened[0]?.readyState, "the dead line is let go of").toBe(Line.CLOSED);
});

test("a look at something else for a moment keeps the line", () => {
  Line.opened[0]?.say("beat", "17");
  turn(true);
  vi.setSystemTime(Date.now() + 3_000);
  turn(false);
  expect(urls()).toHaveLength(1);
});

test("the signal is back: it listens at once, also while it waits after a refusal", () => {
  const [first] = Line.opened;
  first?.close();
  first?.say("error");
  expect([refused, live.get(), urls().length]).toEqual([1, "off", 1]);
  heard.get("online")?.();
  expect(urls()).toHaveLength(2);
  Line.opened[1]?.close();
  Line.opened[1]?.say("error");
  turn(true);
  turn(false);
  expect(urls(), "somebody looks: no waiting either").toHaveLength(3);
});

test("after a refusal it comes back when it said, and wakes a phone for nothing else within 15 seconds", () => {
  const timer = vi.spyOn(globalThis, "setInterval");
  end();
  end = followLive({ since: 5, onRefused: () => undefined });
  expect(timer.mock.calls.map(([, ms]) => ms)).toEqual([15_000]);
  Line.opened.at(-1)?.close();
  Line.opened.at(-1)?.say("error");
  vi.advanceTimersByTime(2_999);
  expect(urls()).toHaveLength(2);
  vi.advanceTimersByTime(1);
  expect(urls()).toHaveLength(3);
});

test("out of sight for long it lets go, and nothing is opened until somebody looks", () => {
  Line.opened[0]?.say("beat", "17");
  turn(true);
  vi.advanceTimersByTime(120_000);
  expect(urls()).toHaveLength(1);
  expect(live.get()).toBe("off");
  turn(false);
  expect(urls()).toEqual(["/api/live?since=5", "/api/live?since=17"]);
});
