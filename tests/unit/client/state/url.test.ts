import { expect, test } from "vitest";
import { formatFragment, parseFragment } from "#client/state/url.ts";

test("a fragment names the screen and its parameters", () => {
  expect(parseFragment("#/hotspots?from=2021-10-01&days=fri,sat")).toEqual({
    screen: "hotspots",
    params: { from: "2021-10-01", days: "fri,sat" },
  });
});

test("an empty fragment names no screen", () => {
  expect(parseFragment("")).toEqual({ screen: "", params: {} });
});

test("commas and colons stay readable, everything else survives the round trip", () => {
  const params = { place: "St Ann's & Harringay?", at: "-0.06,51.6", time: "22:00" };
  const fragment = formatFragment({ screen: "plan", params });
  expect(fragment).toContain("at=-0.06,51.6");
  expect(fragment).toContain("time=22:00");
  expect(parseFragment(fragment)).toEqual({ screen: "plan", params });
});

test("empty and missing parameters are left out", () => {
  const params = { from: "", to: undefined, res: "8" };
  expect(formatFragment({ screen: "hotspots", params })).toBe("#/hotspots?res=8");
});
