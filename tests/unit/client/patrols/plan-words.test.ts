import { expect, test } from "vitest";
import {
  aboutTime,
  shareRange,
  shortPlace,
  standingWords,
  stoppedWords,
} from "#client/patrols/plan-words.ts";
import type { PlanReply, WindowReply, WindowStatus } from "#core/patrols/wire/plan.ts";

const planOf = (...windows: readonly { status: WindowStatus }[]) =>
  ({ windows }) as unknown as PlanReply;

test("a box has the street that tells it from the others", () => {
  expect(shortPlace("Fore Street by Alpha Road")).toBe("Alpha Road");
  expect(shortPlace("Nobel Road, 400 m east of Montagu Road")).toBe("Nobel Road");
  expect(shortPlace("Silver Street station")).toBe("Silver Street station");
  expect(shortPlace("Tottenham High Road by the stadium")).toBe("stadium");
  expect(shortPlace("Hertford Road by The Broadway")).toBe("Broadway");
});

test("what is withdrawn is counted by what it is", () => {
  expect(standingWords(planOf({ status: "agreed" }, { status: "suggested" }))).toBe(
    "1 approved and 1 suggested patrol",
  );
  const three = planOf({ status: "agreed" }, { status: "agreed" }, { status: "withdrawn" });
  expect(standingWords(three)).toBe("2 approved patrols");
});

test("a patrol's share is said with where it lies, and without where it was never told", () => {
  const ranged = { expected: 1.2, share: 0.05, range: { low: 0.6, high: 2.4 } } as WindowReply;
  expect(shareRange(ranged)).toBe("2.5% to 10%");
  expect(shareRange({ ...ranged, range: null })).toBeNull();
  expect(shareRange({ ...ranged, range: { low: 1.2, high: 1.2 } })).toBeNull();
});

test("stops are rounded as on paper", () => {
  expect(aboutTime("2021-11-26T19:56:00+00:00")).toBe("about 19:55");
});

test("why the planner stopped: rounds are not time, and only what ran out of time may differ next time", () => {
  expect(stoppedWords({ stopped: "optimal", gap: 0 })).toMatch(
    /no better plan exists.*same plan again/,
  );
  expect(stoppedWords({ stopped: "gap", gap: 0.008 })).toMatch(/close enough.*same plan again/);
  expect(stoppedWords({ stopped: "gap", gap: 0.02 })).toMatch(
    /before time ran out.*same plan again/,
  );
  expect(stoppedWords({ stopped: "time", gap: 0.02 })).toMatch(/time ran out/);
  expect(stoppedWords({ stopped: "time", gap: 0.02 })).not.toMatch(/same plan again/);
});
