import { expect, test } from "vitest";
import { createClocks } from "#core/calendar/clock.ts";
import { readLines } from "#core/calendar/lines.ts";
import { zoneLines } from "#core/calendar/write-zone.ts";
import { createZone, hourMs } from "#core/time/zone.ts";

const from = Date.UTC(2021, 10, 26, 9);
const asText = (lines: readonly string[]) =>
  ["BEGIN:VCALENDAR", "VERSION:2.0", ...lines, "END:VCALENDAR", ""].join("\r\n");

test("London changes on the last Sundays of March and October", () => {
  const lines = zoneLines(createZone("Europe/London"), from);
  expect(lines).toContain("RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU");
  expect(lines).toContain("RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU");
  expect(lines.length).toBeLessThan(20);
});

test.each([
  "Europe/London",
  "Europe/Stockholm",
  "America/New_York",
  "Australia/Lord_Howe",
  "Africa/Casablanca",
  "Asia/Kolkata",
])("%s under a name that nobody knows is the same clock for ten years", (name) => {
  const zone = createZone(name);
  const text = asText(zoneLines(zone, from)).replaceAll(name, "The station's own");
  const read = readLines(text);
  if (!read.ok) throw new Error(read.reason);
  const clock = createClocks(createZone("Etc/GMT+11"), read.value.zones).named("The station's own");
  for (let at = from - 300 * 24 * hourMs; at < from + 3_600 * 24 * hourMs; at += 3 * hourMs) {
    if (clock?.toLocal(at) === zone.toLocal(at)) continue;
    expect(`${new Date(at).toISOString()}: ${clock?.toLocal(at)}`).toBe(String(zone.toLocal(at)));
  }
});

test("a Windows name is the command's own clock where the clocks are the same, and so is a long name", () => {
  const isOwn = (zone: string, name: string) =>
    createClocks(createZone(zone), []).named(name)?.isOwn;
  expect(isOwn("Europe/Stockholm", "W. Europe Standard Time")).toBe(true);
  expect(isOwn("Europe/Stockholm", "GTB Standard Time")).toBe(false);
  expect(isOwn("America/Indiana/Indianapolis", "America/Indiana/Indianapolis")).toBe(true);
});
