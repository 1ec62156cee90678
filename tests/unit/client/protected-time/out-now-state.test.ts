import { expect, test } from "vitest";
import { outNowState, recentPlaces } from "#client/protected-time/outreach/OutNowAt.tsx";
import { timesFromNow } from "#client/protected-time/session-form/draft-when.ts";
import type { OutreachSessionReply } from "#core/protected-time/wire/outreach.ts";

import { at, london } from "#tests/support/outreach.ts";

const now = Date.parse("2021-11-26T19:00:00Z");

function session(
  placeId: string,
  times: readonly [startsAt: string, endsAt: string],
  more: { readonly endedAt?: string; readonly state?: "called_off" } = {},
): OutreachSessionReply {
  const [startsAt, endsAt] = times.map((time) => `2021-11-26T${time}:00Z`) as [string, string];
  const next = {
    date: "2021-11-26",
    startsAt,
    endsAt,
    closedFrom: startsAt,
    closedTo: endsAt,
    state: more.state ?? ("planned" as const),
  };
  return {
    placeId,
    endedAt: more.endedAt ?? null,
    next: [next],
  } as unknown as OutreachSessionReply;
}

const waitingAt = (about: string, refusal: string | null = null) => ({
  id: "x",
  words: "x",
  about,
  person: "ann",
  send: async () => undefined,
  refusal,
});

const stateOf = (given: Partial<Parameters<typeof outNowState>[1]>) =>
  outNowState("a", { sessions: [], waiting: [], sent: null, now, ...given });

test("a place is on from the start of a session to its end, and no longer", () => {
  expect(stateOf({ sessions: [session("a", ["19:00", "21:00"])] })).toBe("on");
  expect(stateOf({ sessions: [session("a", ["19:01", "21:00"])] })).toBe("ready");
  expect(stateOf({ sessions: [session("a", ["17:00", "19:00"])] })).toBe("ready");
  expect(stateOf({ sessions: [session("b", ["18:00", "21:00"])] })).toBe("ready");
});

test("what is called off or ended is not on, so it can be closed again", () => {
  const times = ["18:00", "21:00"] as const;
  expect(stateOf({ sessions: [session("a", times, { state: "called_off" })] })).toBe("ready");
  const ended = session("a", times, { endedAt: "2021-11-26T18:30:00Z" });
  expect(stateOf({ sessions: [ended] })).toBe("ready");
});

test("what could not be sent says so and never that it is on; what is refused can be tapped again", () => {
  expect(stateOf({ waiting: [waitingAt("a")] })).toBe("waits");
  expect(stateOf({ waiting: [waitingAt("a", "It is gone.")] })).toBe("ready");
  expect(stateOf({ waiting: [waitingAt("b")] })).toBe("ready");
});

test("between the answer and the list there is no second tap", () => {
  expect(stateOf({ sent: "a" })).toBe("sent");
  expect(stateOf({ sent: "b" })).toBe("ready");
});

test("the places of the last sessions are offered, and stand where they stood", () => {
  const used = (id: string, day: string) => ({ id, usedAt: `2021-11-${day}T19:00:00+00:00` });
  const places = [
    used("a", "20"),
    used("b", "25"),
    used("c", "19"),
    used("d", "24"),
    used("e", "02"),
  ];
  expect(recentPlaces(places)).toEqual(["b", "d", "a"]);
  expect(recentPlaces(places.slice(0, 2))).toEqual(["b", "a"]);
  expect(recentPlaces([])).toEqual([]);
});

test("out now is from this minute on, over midnight and over the end of summer time", () => {
  const here = { zone: london, now: at("2021-11-26T23:25") };
  expect(timesFromNow(here, 2)).toEqual({ firstDate: "2021-11-26", start: "23:25", end: "01:25" });
  const clocksBack = { zone: london, now: at("2021-10-30T23:30") };
  expect(timesFromNow(clocksBack, 3)).toMatchObject({ start: "23:30", end: "01:30" });
});
