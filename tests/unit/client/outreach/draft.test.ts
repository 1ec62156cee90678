import { expect, test } from "vitest";
import { type Draft, draftOf, emptyDraft, readDraft } from "#client/outreach/draft.ts";
import { ruleSentence } from "#client/outreach/outreach-words.ts";
import { readCoordinates, searchPlaces } from "#client/outreach/place-search.ts";
import { createSecretDraw, cryptoRandom } from "#client/outreach/secret-draw.ts";
import { drawFootprint } from "#core/blackouts/footprint.ts";
import { createRandom } from "#core/random.ts";
import type { OutreachSessionReply, SavedPlaceReply } from "#core/wire/outreach.ts";

const venue = [-0.0631, 51.6179] as const;
const saved = (radiusM = 150): SavedPlaceReply => ({
  id: "11111111-1111-4111-8111-111111111111",
  label: "Thursdays",
  radiusM,
  cells: drawFootprint({ at: venue, radiusM }, createRandom(4).next),
  savedAt: "2021-11-20T10:00:00+00:00",
});
const fresh: Draft = { ...emptyDraft("2021-11-26", []), at: venue, label: "Blue door" };

test("a weekly session at a new place is read with its venue and label", () => {
  expect(readDraft(fresh, [])).toMatchObject({
    ok: true,
    value: {
      place: { kind: "new", venue: { at: venue, radiusM: 150 }, label: "Blue door" },
      rule: { repeats: "weekly", everyWeeks: 1, firstDate: "2021-11-26", until: null },
    },
  });
});

test("each fault is named where it can be mended", () => {
  const read = readDraft({ ...fresh, at: null, radius: "5", end: fresh.start }, []);
  expect(read.ok).toBe(false);
  if (!read.ok)
    expect(new Set(Object.keys(read.reason))).toEqual(new Set(["place", "radius", "when"]));
  expect(readDraft({ ...fresh, label: "  " }, [])).toMatchObject({
    ok: false,
    reason: { label: expect.any(String) },
  });
  expect(readDraft({ ...fresh, at: [51.6179, -0.0631] }, [])).toMatchObject({
    ok: false,
    reason: { place: expect.stringContaining("swapped") },
  });
});

test("a venue inside a saved place uses its outline again, and no second one is drawn", () => {
  expect(readDraft(fresh, [saved()])).toMatchObject({
    ok: true,
    value: { place: { kind: "saved", isReused: true } },
  });
  expect(readDraft({ ...fresh, at: [-0.05, 51.64] }, [saved()])).toMatchObject({
    ok: true,
    value: { place: { kind: "new" } },
  });
});

test("a session may cross midnight, and a single one has no last date", () => {
  const once: Draft = {
    ...fresh,
    repeats: "once",
    start: "22:30",
    end: "01:30",
    until: "2021-12-24",
    everyWeeks: "3",
  };
  const read = readDraft(once, []);
  expect(read).toMatchObject({ ok: true, value: { rule: { everyWeeks: 1, until: null } } });
  if (read.ok) {
    expect(ruleSentence(read.value.rule)).toBe("Once, Fri 26 Nov, 22:30 to 01:30 the next day");
  }
});

test("a moved session starts from what it was, on its next date", () => {
  const session = {
    placeId: saved().id,
    rule: {
      repeats: "weekly",
      everyWeeks: 2,
      firstDate: "2021-10-07",
      start: "19:00",
      end: "21:30",
      until: null,
    },
    next: [{ date: "2021-12-02" }],
  } as unknown as OutreachSessionReply;
  expect(draftOf(session, "2021-11-26")).toMatchObject({
    placeId: saved().id,
    firstDate: "2021-12-02",
    everyWeeks: "2",
    end: "21:30",
  });
});

test("the secret offset stays while the radius changes, and is new for another venue", () => {
  let asked = 0;
  const random = createRandom(9);
  const draw = createSecretDraw(() => {
    asked += 1;
    return random.next();
  });
  const small = draw({ at: venue, radiusM: 100 });
  const large = draw({ at: venue, radiusM: 400 });
  expect(asked).toBe(2);
  expect(small.every((cell) => large.includes(cell))).toBe(true);
  expect(draw({ at: venue, radiusM: 100 })).toEqual(small);
  draw({ at: [-0.06, 51.62], radiusM: 100 });
  expect(asked).toBe(4);
});

test("the browser's source gives numbers in [0, 1) that do not repeat", () => {
  const numbers = Array.from({ length: 1_000 }, cryptoRandom);
  expect(numbers.every((value) => value >= 0 && value < 1)).toBe(true);
  expect(new Set(numbers).size).toBe(1_000);
});

test("places are found by words in any order, and by coordinates either way round", () => {
  const gazetteer = {
    roads: [],
    corners: [
      { road: "Fore Street", name: "Brettenham Road", at: [-0.0631, 51.6179] as [number, number] },
    ],
    streets: [{ name: "Town Road", at: [-0.05, 51.62] as [number, number] }],
    stations: [{ name: "Silver Street", at: [-0.0669, 51.61528] as [number, number] }],
    neighbourhoods: [{ name: "Edmonton Green", at: [-0.06, 51.625] as [number, number] }],
  };
  const names = (text: string) => searchPlaces(gazetteer, text).map(({ name }) => name);
  expect(names("brett fore")).toEqual(["Fore Street by Brettenham Road"]);
  expect(names("street")).toEqual(["Fore Street by Brettenham Road", "Silver Street station"]);
  expect(names("silver")).toEqual(["Silver Street station"]);
  expect(names("x")).toEqual([]);
  expect(readCoordinates("51.6147, -0.0644")).toEqual([-0.0644, 51.6147]);
  expect(readCoordinates("-0.0644 51.6147")).toEqual([-0.0644, 51.6147]);
  expect(readCoordinates("Fore Street 12")).toBeNull();
});
