import { describe, expect, test } from "vitest";
import { smallCountIn } from "#core/text/small-counts.ts";

describe("a count under 10 in words that others read", () => {
  test.each([
    ["3 reports in October, 2 arrests", "3 reports"],
    ["four women asked for a place to sit", "four women"],
    ["After 3 kerb crawling reports the lamp was mended", "3 kerb crawling reports"],
    ["four young women moved on", "four young women"],
    ["2 street arrests", "2 street arrests"],
    ["3 local complaints were answered", "3 local complaints"],
    ["two more late-night sightings", "two more late-night sightings"],
    ["5 anonymous complaints", "5 anonymous complaints"],
    ["three homeless men", "three homeless men"],
    ["one young woman", "one young woman"],
    ["a single complaint", "a single complaint"],
    ["a couple of women", "a couple of women"],
    ["three of the women were referred", "three of the women"],
    ["This month 6 men took the course", "6 men"],
    ["The true figure is 4.", "figure is 4"],
    ["The number for May was 4", "number for May was 4"],
    ["We arrested 3.", "arrested 3"],
    ["Police stopped four in May", "stopped four"],
    ["Complaints: 4 in May", "Complaints: 4"],
    ["Complaints in May: 4", "Complaints in May: 4"],
    ["Arrests fell from 12 to 3", "Arrests fell from 12 to 3"],
    ["In May:3 reports; -4 women", "3 reports"],
    ["-4 women", "4 women"],
    ["The two stops by officers", "two stops"],
    ["two stops by the church", "two stops"],
    ["the two stops were searches", "two stops"],
  ])("a count under 10 is found whatever words stand between: %s", (words, found) => {
    expect(smallCountIn(words)).toBe(found);
  });
});

describe("is none where it counts things, where it is 10 or more, or no count at all", () => {
  test.each([
    "13 reports in October",
    "1.3 reports a week, 0.5 complaints",
    "Move 2 lamps and 3 bins by the bus stop",
    "the two stops by the church",
    "The three stops opposite Silver Street station",
    "two bus stops and a tram stop",
    "a one stop shop for residents",
    "one way street for drivers",
    "Section 60 stops, section 5 notices, phase 2 arrests",
    "At 2 pm people wait here; 2 am drivers circle",
    "On 3 May residents asked; by 5 December complaints are looked at again",
    "2 lamps residents asked for",
    "3 hour stops, 2 week courses",
    "2 of 3 months have fewer than 10 complaints",
    "The figure is 4.5 times as high; the figure is 4,000; the figure is 4 %; the figure is 4%",
    "3 in 10 complaints; the figure is 3 in 10",
    "The number is 40, complaints: 40 in May",
    "Residents reported 3 times",
    "We found 2 lamps out",
    "Phase: 2. Page 3 of the release was set again.",
    "Complaints on 3 December; reports of 4 May 2021",
    "The figure of May 2021 was put right: 15 becomes 20",
    "No one complains, and nobody is counted",
    "fifteen women, twenty-four reports",
  ])("%s", (words) => {
    expect(smallCountIn(words)).toBeNull();
  });
});
