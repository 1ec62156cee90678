import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ApiError, errorFromFailure } from "#client/api/api-error.ts";
import {
  dropUntold,
  followPerson,
  keepUntold,
  mayWait,
  sendUntold,
  type Untold,
  untold,
  waitingFor,
} from "#client/api/untold.ts";
import { stalePageTitle } from "#core/text/problem-types.ts";

const lost = errorFromFailure(new TypeError("Failed to fetch"));
const noSignal = () => Promise.reject(lost);
const answer =
  (status: number, title = "No") =>
  () =>
    Promise.reject(new ApiError({ status, title, detail: "Change it." }));

let person: string | null = "ann";
let tellOfPerson = () => undefined as unknown;
const listeners = new Map<string, unknown>();

beforeEach(() => {
  person = "ann";
  followPerson(
    () => person,
    (listener) => {
      tellOfPerson = listener;
    },
  );
  vi.useFakeTimers();
  vi.stubGlobal("window", {
    addEventListener: (name: string, listener: unknown) => listeners.set(name, listener),
    removeEventListener: (name: string) => listeners.delete(name),
  });
  vi.stubGlobal("document", {
    hidden: false,
    addEventListener: (name: string, listener: unknown) => listeners.set(name, listener),
    removeEventListener: (name: string) => listeners.delete(name),
  });
});
afterEach(() => {
  for (const { id } of untold.get()) dropUntold(id);
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const ids = () => untold.get().map(({ id }) => id);
function wait(id: string, send: Untold["send"], whose = "ann") {
  keepUntold({ id, words: id, person: whose, send }, lost);
}

test("waits without a signal, in order, and goes out by itself when it is back", async () => {
  let isThere = false;
  const sent: string[] = [];
  const sendAs = (id: string) => async () => {
    if (!isThere) await noSignal();
    sent.push(id);
  };
  wait("first", sendAs("first"));
  wait("second", sendAs("second"));
  await vi.advanceTimersByTimeAsync(20_000);
  expect([sent, ids()]).toEqual([[], ["first", "second"]]);
  expect(await sendUntold(), "there is no signal").toBe(false);
  isThere = true;
  await vi.advanceTimersByTimeAsync(5_000);
  expect([sent, ids()]).toEqual([["first", "second"], []]);
  expect(listeners.size, "nothing warns or listens any more").toBe(0);
});

test.each([
  [401, "No"],
  [403, stalePageTitle],
  [423, "No"],
  [429, "No"],
])("an answer of %i is no word on it: it waits for its person", async (status, title) => {
  wait("one", answer(status, title));
  expect(await sendUntold()).toBe(true);
  expect(untold.get()).toMatchObject([{ id: "one", refusal: null }]);
});

test("what is dropped while the one before it is under way does not go out", async () => {
  const sent: string[] = [];
  wait("first", async () => dropUntold("second"));
  wait("second", async () => void sent.push("second"));
  await sendUntold();
  expect([sent, ids()]).toEqual([[], []]);
});

test.each([403, 422])(
  "what the server refuses (%i) says why, and does not hold up the next",
  async (status) => {
    const sent: string[] = [];
    wait("bad", answer(status));
    wait("good", async () => void sent.push("good"));
    expect(await sendUntold()).toBe(true);
    expect(sent).toEqual(["good"]);
    expect(untold.get()).toMatchObject([{ id: "bad", refusal: "No. Change it." }]);
  },
);

test("said anew while it is under way, it goes out again as it is then, in its place", async () => {
  const sent: string[] = [];
  wait("first", async () => {
    sent.push("arrived");
    wait("first", async () => void sent.push("left"));
  });
  wait("second", async () => void sent.push("second"));
  await sendUntold();
  expect([sent, ids()]).toEqual([["arrived", "left", "second"], []]);
});

test("nobody sends what another person saved: it is gone with them", async () => {
  const send = vi.fn(() => Promise.resolve());
  wait("hers", send);
  person = null;
  await sendUntold();
  expect(ids(), "signed out").toEqual(["hers"]);
  person = "bea";
  await sendUntold();
  expect([ids(), send.mock.calls.length]).toEqual([[], 0]);
});

test("whoever opens the page again sends at once, and nothing while the session is only read again", async () => {
  let tries = 0;
  wait("one", () => {
    tries += 1;
    return noSignal();
  });
  tellOfPerson();
  await vi.advanceTimersByTimeAsync(0);
  expect(tries).toBe(0);
  person = null;
  tellOfPerson();
  await vi.advanceTimersByTimeAsync(0);
  expect(tries).toBe(0);
  person = "ann";
  tellOfPerson();
  await vi.advanceTimersByTimeAsync(0);
  expect(tries).toBe(1);
});

test("two that send at the same moment send once", async () => {
  const send = vi.fn(() => new Promise<void>((resolve) => setTimeout(resolve, 100)));
  wait("one", send);
  const both = Promise.all([sendUntold(), sendUntold()]);
  await vi.advanceTimersByTimeAsync(200);
  expect(await both).toEqual([true, true]);
  expect(send).toHaveBeenCalledTimes(1);
});

test("leaving the page is asked about while something waits", () => {
  wait("one", noSignal);
  const preventDefault = vi.fn();
  (listeners.get("beforeunload") as (event: object) => void)({ preventDefault });
  expect(preventDefault).toHaveBeenCalledTimes(1);
});

test("a phone that wakes sends at once what waits, and nothing while it is out of sight", async () => {
  let tries = 0;
  wait("one", () => {
    tries += 1;
    return noSignal();
  });
  const look = listeners.get("visibilitychange") as () => void;
  Object.assign(document, { hidden: true });
  look();
  await vi.advanceTimersByTimeAsync(0);
  expect(tries).toBe(0);
  Object.assign(document, { hidden: false });
  look();
  await vi.advanceTimersByTimeAsync(0);
  expect(tries).toBe(1);
});

test("what it waits for is said: a signal, or its person", async () => {
  let status = 401;
  wait("one", () => answer(status)());
  expect(waitingFor.get()).toBe("signal");
  await sendUntold();
  expect(waitingFor.get()).toBe("person");
  status = 503;
  await sendUntold();
  expect(waitingFor.get()).toBe("signal");
});

test("a session that has ended meanwhile loses nothing, and a refusal is no reason to wait", () => {
  const of = (status: number) => new ApiError({ status, title: "No", detail: "" });
  expect([0, 401, 423, 429, 503].filter((status) => !mayWait(of(status)))).toEqual([]);
  expect([400, 404, 409, 422].filter((status) => mayWait(of(status)))).toEqual([]);
});
