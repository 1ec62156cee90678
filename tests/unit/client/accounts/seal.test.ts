import { expect, test } from "vitest";
import { keeperOf, seal, unseal } from "#client/accounts/unsent/seal.ts";
import { letterForm } from "#client/protected-time/unsent/letter.ts";

const words = "Late walk, north end: out now, 2 hours";
const [mine, other] = await Promise.all([keeperOf("5e".repeat(32)), keeperOf("5f".repeat(32))]);

test("what is sealed is opened by the same key, as a new page makes it again, and by no other", async () => {
  const sealed = await seal(mine, words);
  expect(await unseal(await keeperOf("5e".repeat(32)), sealed)).toBe(words);
  expect(await unseal(other, sealed)).toBeNull();
  expect(other.mark).not.toBe(mine.mark);
  expect(mine.mark).toMatch(/^[0-9a-f]{16}$/);
});

test("it holds no word of what was sealed, is never the same twice, and is not opened once it was changed", async () => {
  const [one, two] = await Promise.all([seal(mine, words), seal(mine, words)]);
  expect(one).not.toBe(two);
  expect(atob(one)).not.toContain("walk");
  const changed = `${one.slice(0, 40)}${one[40] === "A" ? "B" : "A"}${one.slice(41)}`;
  expect(await unseal(mine, changed)).toBeNull();
  expect(await unseal(mine, "no base64 at all!")).toBeNull();
});

const id = "00000000-0000-4000-8000-000000000001";
const rule = {
  repeats: "once",
  everyWeeks: 1,
  firstDate: "2021-12-01",
  until: null,
  start: "19:00",
  end: "22:00",
};
const place = {
  key: id,
  label: "By the tree",
  kind: "circle",
  lattice: ["89195da4923ffff"],
  classM: 150,
};

test.each([
  ["out now", { kind: "out-now", key: id, place: { id }, hours: 2 }],
  [
    "a session at a saved place",
    { kind: "session", key: id, place: { id }, rule, except: [], changed: null },
  ],
  [
    "one date moved to a new place",
    {
      kind: "session",
      key: id,
      place,
      rule,
      except: [],
      changed: { sessionId: id, date: "2021-12-02" },
    },
  ],
])("a letter that was kept is read as it was written: %s", (_name, letter) => {
  expect(letterForm.parse(JSON.parse(JSON.stringify(letter)))).toEqual(letter);
});

test.each([
  ["a point", { kind: "session", key: id, place: { ...place, at: [0, 51] }, rule, except: [] }],
  ["no key", { kind: "out-now", placeId: id, hours: 2 }],
  ["another kind", { kind: "cancel", key: id, placeId: id }],
])("a letter with %s is none", (_name, letter) => {
  expect(letterForm.safeParse(letter).success).toBe(false);
});
