import { expect, test } from "vitest";
import { areAlike } from "#server/accounts/look-alike.ts";

test.each([
  ["Open Door", "Οpen Dооr"],
  ["Open Door", "0pen Door"],
  ["Open Door", "open  door"],
  ["Ali", "AIi"],
  ["j.hollis", "j.ho1lis"],
  ["Morning", "Moming"],
  ["Partner", "Pаrtner"],
])("%s and %s look alike", (one, other) => {
  expect(areAlike(one, other)).toBe(true);
  expect(areAlike(other, one)).toBe(true);
});

test.each([
  ["Open Door", "Open Doors"],
  ["analyst-1", "analyst-2"],
  ["Partner A", "Partner B"],
  ["j.hollis", "k.hollis"],
])("%s and %s do not", (one, other) => {
  expect(areAlike(one, other)).toBe(false);
});
