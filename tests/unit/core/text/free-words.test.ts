import { describe, expect, test } from "vitest";
import { cellAt, disk } from "#core/geo/cell.ts";
import { checkAction } from "#core/place-plans/action.ts";
import { checkPlan } from "#core/place-plans/check-plan.ts";
import { faultsOfWords } from "#core/text/free-words.ts";
import {
  faultsOfPartnerWords,
  faultsOfPlaceWords,
  faultsOfSharedWords,
  sentenceOfOutreachTime,
} from "#core/text/outreach-times.ts";
import { personsIn } from "#core/text/persons-in-words.ts";
import { unseenReason } from "#core/text/shown-name.ts";

describe("free words that speak of a person are found", () => {
  test.each([
    ["Spoke to Mr Smith about the alley", "names of people"],
    ["PC 1234 Jones to look at it", "names of people"],
    ["Mr Smith's corner", "names of people"],
    ["Cllr Demir asked for it", "names of people"],
    ["Angela Smith is there each night", "names of people"],
    ["seen with jack smith again", "names of people"],
    ["She is there on Fridays", "text about people"],
    ["a regular called Sarah", "names of people"],
    ["the victim, dob 12/03/1987", "dates of birth"],
    ["born on 3 May", "dates of birth"],
    ["came on 12 March 1987 to", "dates of birth"],
    ["Ring 07700 900123 about it", "phone numbers"],
    ["Ring 07700 900 123 about it", "phone numbers"],
    ["a car AB12 CDE again", "vehicle marks"],
    ["a car ab12cde again", "vehicle marks"],
    ["an old one, P123 ABC, parks there", "vehicle marks"],
    ["write to sam@example.org", "e-mail addresses"],
    ["opposite 14 Brettenham Road", "addresses"],
    ["lives at 12 fore street", "addresses"],
    ["the door of Flat 3", "addresses"],
    ["at 14 Fore Street N9 0AA", "addresses"],
    ["a Romanian female waits there", "nationalities or ethnicities"],
    ["an IC1 male", "nationalities or ethnicities"],
    ["somebody aged 34", "ages of people"],
    ["a 19-year-old", "ages of people"],
    ["QQ 12 34 56 C was given", "National Insurance numbers"],
    ["Mr\u00a0Smith", "names of people"],
    ["ＡＢ１２ ＣＤＥ", "vehicle marks"],
  ])("%s", (words, kind) => {
    expect(personsIn(words)[0]?.kind ?? null).toBe(kind);
  });
});

describe("words about a place are let through", () => {
  test.each([
    "Fore Street between the North Circular and St Mark's Road",
    "Angel Edmonton, by the King's Head",
    "Outside the George Inn and at Bruce Castle Park",
    "Florence Hayes Recreation Ground after dark",
    "Joyce Avenue and Snells Park estate; Joyce and Snells",
    "Alexandra Palace, Victoria Park, Mark Lane, Charlotte Street, Lee Valley, White Hart Lane, Sir Francis Way",
    "14 reports near Brettenham Road in 8 weeks, 3.1 expected",
    "In 2021 Fore Street had 12 complaints on Fridays",
    "12 lamps in Fore Street are out; 2 street lights and 3 side streets are dark",
    "Phase 2 Fore Street: from 6 September 2021 to 26 November 2021, 22:00-02:00",
    "A406 and A10 the whole way, A1010 for 20m, N18 has two alleys",
    "Will Enfield Council light the alley? Will Haringey?",
    "Mark white lines. May bring more. Residents aged 18 to 24. Open until 2am on 26 November 2021.",
    "Notices in Polish, Turkish and Somali shops; women feel unsafe at the bus stop",
    "Neighbourhood policing and the council's housing office; Elm Dr North; PC World car park",
    "Silver Street corner, Edmonton Green station, Upper Edmonton ward, Edmonton police station",
    "Review after 4 weeks; stop when 2 of 3 months have fewer than 10 complaints",
    "Buyers' conduct: drivers slow down by the kerb, circle and stop. Outreach leads.",
    "the alley by mid 2021 and 20m beyond, 100/2 lux, 5-10 cars",
  ])("%s", (words) => {
    expect(personsIn(words)).toEqual([]);
    expect(faultsOfWords("scanning", words)).toEqual([]);
  });
});

test("a refusal says the field, what was found and what to do, each thing once", () => {
  const [fault] = faultsOfWords("scanning", "Mr Smith of Flat 3, 07700 900123, AB12 CDE.");
  expect(fault).toEqual({
    field: "scanning",
    reason:
      "“Mr Smith” looks like somebody's name; “Flat 3” looks like somebody's address; “07700 900123” looks like a phone number. There is one more like it. Leave it out: this is about a place, never a person.",
  });
});

test("1,000 characters of a person's details are refused in words, and so is one more than that", () => {
  const details = "Angela Smith, dob 12/03/1987, Flat 3, 14 Brettenham Road, 07700 900123. "
    .repeat(14)
    .slice(0, 1000);
  expect(details).toHaveLength(1000);
  expect(faultsOfWords("note", details)[0]?.reason).toContain("looks like somebody's name");
  expect(faultsOfWords("note", "a".repeat(1001))[0]?.reason).toContain("this has 1,001");
});

test("what cannot be seen, and nothing where something is needed, are refused", () => {
  expect(faultsOfWords("note", "a\u200bb")[0]?.reason).toContain("invisible characters");
  expect(faultsOfWords("note", "a\u0000b")[0]?.reason).toContain("invisible characters");
  expect(faultsOfWords("note", "one\ntwo")).toEqual([]);
  expect(faultsOfWords("note", "  ")).toEqual([]);
  expect(faultsOfWords("note", "  ", { most: 10, isOptional: false })[0]?.reason).toContain("few");
});

describe("no words say when outreach comes", () => {
  test.each([
    "Outreach comes on Friday evenings.",
    "Lamps are out. The van stops here at 22:00.",
    "A charity meets women by the station, Tue and Thu",
    "partners are there at 10pm",
    "Support worker to visit. Mondays at 9pm at the church gate.",
    "Outreach will look at it! Only at weekends.",
    "Drop-in by the church, each Tuesday",
    "The van is there from ２２:００",
  ])("%s", (words) => {
    expect(sentenceOfOutreachTime(words)).not.toBeNull();
    expect(faultsOfPlaceWords("words", words).at(-1)?.reason).toContain(
      "may show when outreach comes",
    );
  });

  test.each([
    "Outreach leads. Most complaints are of Friday and Saturday nights.",
    "Outreach says first what helps; police wait for it.",
    "The gate is closed from 22:00 to 06:00.",
  ])("%s is let through", (words) => {
    expect(faultsOfPlaceWords("words", words)).toEqual([]);
  });
});

const timesAlone = [
  "Drop-in at the church, Tuesdays and Fridays 21:00 to 23:00",
  "Stand by the station car park on Tuesday and Friday nights from 22:00",
  "Mondays at 9pm at the church gate.",
  "Meet women by the alley on 12 December",
  "At the gate the 14th, then weekly",
];

test.each(timesAlone)(
  "SAFEGUARDS 4: where outreach is meant already, a time alone is refused: %s",
  (words) => {
    const told = expect.stringContaining("may show when outreach comes");
    const action = { words, owner: "outreach" as const, dueOn: "2021-12-31" };
    const ground = { asAt: "2021-11-26", kept: null };
    expect(checkAction(action, ground)).toEqual([{ field: "words", reason: told }]);
    expect(checkPlan(planWith(words), planGround)).toEqual([
      { field: "response.partners", reason: told },
    ]);
  },
);

test.each([
  "Outreach leads and says first what helps.",
  "Look at the car park; say by December where a sharps bin is needed in 2021 or May 2022",
  "Phase 2: 12 lamps, 4 by the alley",
])("what outreach does without day and hour passes: %s", (words) => {
  const action = { words, owner: "outreach" as const, dueOn: "2021-12-31" };
  expect(checkAction(action, { asAt: "2021-11-26", kept: null })).toEqual([]);
  expect(checkPlan(planWith(words), planGround)).toEqual([]);
});

const cells = disk(cellAt([-0.0631, 51.6179], 10), 1);

test("the name of a place plan takes nothing that nobody sees", () => {
  const plan = { ...planWith("Lamps are out."), name: "Fore\ufe0fStreet" };
  expect(checkPlan(plan, planGround)).toEqual([{ field: "name", reason: unseenReason }]);
});

const planGround = {
  command: { name: "the command", indexOf: new Map(cells.map((cell, at) => [cell, at])) },
  asAt: "2021-11-26",
  keptReviewOn: null,
};

function planWith(partners: string) {
  return {
    name: "By the church",
    area: { by: "picked" as const, name: null, cells },
    scanning: "",
    analysis: "",
    stopRule: "",
    reviewOn: "2021-12-14",
    result: "",
    response: { partners, place: "Close the gate at night.", diversion: "", enforcement: "" },
    state: "open" as const,
    isForMeeting: false,
  };
}

test.each([
  ["We are there on Friday evenings.", 1],
  ["Tell them that it is us. Fridays.", 1],
  ["Cars circle here on Friday nights.", 0],
  ["The lamps by the alley are out again, after dark.", 0],
])("SAFEGUARDS 4: a partner that says when it comes itself is refused: %s", (words, faults) => {
  expect(faultsOfPartnerWords("words", words)).toHaveLength(faults);
});

test.each([
  ["3 reports in October, 2 arrests", "3 reports"],
  ["four women asked for a place to sit", "four women"],
])("a count under 10 is no word for partners: %s", (words, found) => {
  expect(faultsOfSharedWords("words", words)[0]?.reason).toContain(
    `“${found}” is a count under 10`,
  );
});

test.each([
  "13 reports in October",
  "Move 2 lamps and 3 bins by the bus stop",
  "1.3 reports a week",
])("what counts things, or 10 and more, passes: %s", (words) => {
  expect(faultsOfSharedWords("words", words)).toEqual([]);
});

test("an action of outreach has a month, not a day on which it might come", () => {
  const ground = { asAt: "2021-11-26", kept: null };
  const action = { words: "Look at the car park", owner: "outreach" as const };
  const [fault] = checkAction({ ...action, dueOn: "2021-12-03" }, ground);
  expect(fault?.reason).toContain("the last day of a month");
  for (const dueOn of ["2021-11-30", "2022-02-28"]) {
    expect(checkAction({ ...action, dueOn }, ground)).toEqual([]);
  }
  expect(checkAction({ ...action, owner: "highways", dueOn: "2021-12-03" }, ground)).toEqual([]);
  // What stands already may stay; another office's day does not become outreach's.
  const dueOn = "2021-12-03";
  const kept = { asAt: "2021-11-26", kept: { owner: "outreach" as const, dueOn } };
  expect(checkAction({ ...action, dueOn }, kept)).toEqual([]);
  const handed = { asAt: "2021-11-26", kept: { owner: "highways" as const, dueOn } };
  expect(checkAction({ ...action, dueOn }, handed)).toHaveLength(1);
});
