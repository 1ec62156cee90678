import ical from "node-ical";
import { describe, expect, test } from "vitest";
import { createZone, parseLocal } from "#core/time/zone.ts";
import { calendarFile } from "#server/patrols/plan-files.ts";

const zone = createZone("Europe/London");
const at = (local: string) => zone.toInstant(parseLocal(local), "earlier");
const entry = {
  uid: "plan-12-w3@boxster",
  start: at("2021-10-30T23:00"),
  end: at("2021-10-31T01:30"),
  location: "Around Edmonton Green",
  description: "Unit 1. Check, then go; back\\slash and a line\nbreak. Ünï Straße 😀 "
    .repeat(6)
    .trim(),
};
const issue = { at: at("2021-10-25T09:00"), sequence: 3, madeUp: true };
const fileText = () => calendarFile([entry, { ...entry, uid: "plan-12-w4@boxster" }], issue);

describe("the calendar file", () => {
  test("another reader finds the same events, text and instants", () => {
    const events = Object.values(ical.sync.parseICS(fileText())).filter(
      (one) => one?.type === "VEVENT",
    );
    expect(events).toHaveLength(2);
    const [first] = events;
    expect(first).toMatchObject({
      uid: entry.uid,
      summary: "Neighbourhood patrol",
      location: entry.location,
      description: `MADE-UP DATA. ${entry.description}`,
    });
    expect(first?.start.getTime()).toBe(entry.start);
    expect(first?.end?.getTime()).toBe(entry.end);
    expect(Number(first?.sequence)).toBe(3);
  });

  test("lines end in CRLF and are at most 75 octets long", () => {
    const text = fileText();
    expect(text.endsWith("END:VCALENDAR\r\n")).toBe(true);
    expect(text.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
    for (const line of text.split("\r\n")) {
      expect(new TextEncoder().encode(line).length).toBeLessThanOrEqual(75);
      expect(line).not.toContain("\uFFFD");
    }
  });

  test("text is escaped as RFC 5545 says", () => {
    const unfolded = fileText().replaceAll("\r\n ", "");
    expect(unfolded).toContain("Check\\, then go\\; back\\\\slash and a line\\nbreak.");
  });

  test("is laid out line by line, and carries its numbers", () => {
    const lines = calendarFile([{ ...entry, description: "Go." }], issue).split("\r\n");
    expect(lines).toEqual([
      "BEGIN:VCALENDAR",
      "VERSION:2.0",
      "PRODID:-//Boxster//Neighbourhood patrol//EN",
      "CALSCALE:GREGORIAN",
      "METHOD:PUBLISH",
      "X-WR-CALNAME:Neighbourhood patrol (MADE-UP DATA)",
      "BEGIN:VEVENT",
      "UID:plan-12-w3@boxster",
      "DTSTAMP:20211025T080000Z",
      "SEQUENCE:3",
      "DTSTART:20211030T220000Z",
      "DTEND:20211031T003000Z",
      "SUMMARY:Neighbourhood patrol",
      "LOCATION:Around Edmonton Green",
      "DESCRIPTION:MADE-UP DATA. Go.",
      "CLASS:CONFIDENTIAL",
      "STATUS:CONFIRMED",
      "END:VEVENT",
      "END:VCALENDAR",
      "",
    ]);
  });

  test("real data carries no mark", () => {
    expect(calendarFile([entry], { ...issue, madeUp: false })).not.toMatch(/MADE-UP/);
  });
});
