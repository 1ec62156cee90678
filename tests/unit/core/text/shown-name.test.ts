import { describe, expect, test } from "vitest";
import { newAccountBody, newPartnerBody } from "#core/accounts/wire/accounts.ts";
import { addPasskeyBody } from "#core/accounts/wire/second-factor.ts";
import { checkOperation } from "#core/displacement/operation-check.ts";
import { savedViewName } from "#core/hotspots/wire/saved-views.ts";
import { isPublicName } from "#core/places/gazetteer/names.ts";
import { readPlaceLabel } from "#core/protected-time/footprint.ts";
import { importProfileName } from "#core/records/wire/import-profile.ts";
import { tidyName } from "#core/text/shown-name.ts";

/** Each would make one name look like another, or like none. */
const unseen: readonly [string, string][] = [
  ["right-to-left override", "\u202e"],
  ["right-to-left mark", "\u200f"],
  ["isolate", "\u2067"],
  ["zero-width space", "\u200b"],
  ["zero-width joiner", "\u200d"],
  ["word joiner", "\u2060"],
  ["byte order mark inside", "\ufeff"],
  ["soft hyphen", "\u00ad"],
  ["Hangul filler", "\u3164"],
  ["variation selector", "\ufe0f"],
  ["tag letter", "\u{e0061}"],
  ["bell", "\u0007"],
  ["line separator", "\u2028"],
  ["private use", "\ue000"],
  ["unassigned", "\u0378"],
];

const nameFault = (faults: readonly { readonly field: string }[]) =>
  faults.some(({ field }) => field === "name");
const area = { inside: [], outside: 0 };
const operation = {
  startsOn: "2021-10-01",
  endsOn: null,
  treated: area,
  control: null,
  phases: [],
};

const fields: readonly [string, (name: string) => boolean][] = [
  [
    "sign-in name",
    (name) => newAccountBody.safeParse({ name: "ab", role: "admin", shownName: name }).success,
  ],
  ["partner", (name) => newPartnerBody.safeParse({ name }).success],
  ["passkey", (name) => addPasskeyBody.shape.name.safeParse(name).success],
  ["saved view", (name) => savedViewName.safeParse(name).success],
  ["import profile", (name) => importProfileName.safeParse(name).success],
  ["place of a partner", (name) => readPlaceLabel(name).ok],
  ["operation", (name) => !nameFault(checkOperation({ ...operation, name }, "Enfield"))],
  ["street or an area", isPublicName],
];

describe.each(fields)("the name of a %s", (_field, isTaken) => {
  test.each(unseen)("takes no %s", (_name, sign) => {
    expect(isTaken(`Open${sign}Door`)).toBe(false);
  });

  test("takes what people write", () => {
    expect(isTaken("Open Door 2")).toBe(true);
  });
});

test("a name is kept in its usual form: blanks of every kind are one, letters as they are usually written", () => {
  expect(tidyName("  Open\u00a0\u3000Door ")).toBe("Open Door");
  expect(tidyName("\uff2f\uff50\uff45\uff4e Cafe\u0301")).toBe("Open Café");
  const once = tidyName("\u1680 x \u00a8");
  expect(tidyName(once)).toBe(once);
});
