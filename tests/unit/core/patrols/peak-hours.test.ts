import { expect, test } from "vitest";
import { minutesInside, minutesOf, peakEvenings } from "#core/patrols/done/peak-hours.ts";
import { createZone } from "#core/time/zone.ts";

const zone = createZone("Europe/London");
const october = { from: "2021-10-01", to: "2021-10-31" };
const at = (text: string) => Date.parse(text);

test("peak hours are the core hours that held on each Friday and Saturday, into the next day", () => {
  const core = [{ date: "2021-10-11", hours: "18:00-00:00" }];
  const evenings = peakEvenings(zone, october, { core, usual: "20:00-02:00" });
  // Fridays 1, 8, 15, 22, 29 and Saturdays 2, 9, 16, 23, 30.
  expect(evenings).toHaveLength(10);
  expect(evenings[0]).toEqual({
    from: at("2021-10-01T20:00+01:00"),
    to: at("2021-10-02T02:00+01:00"),
    hours: "20:00-02:00",
  });
  expect(evenings[4]).toEqual({
    from: at("2021-10-15T18:00+01:00"),
    to: at("2021-10-16T00:00+01:00"),
    hours: "18:00-00:00",
  });
});

test("SAFEGUARDS 14: the night of the clock change has its hour more", () => {
  const evenings = peakEvenings(zone, october, { core: [], usual: "20:00-02:00" });
  const last = evenings.at(-1);
  // Saturday 30 October 20:00 BST to Sunday 02:00 GMT, after the hour from 1 to 2 came twice.
  expect((last?.to ?? 0) - (last?.from ?? 0)).toBe(7 * 3_600_000);
});

test("only the part of a stay inside peak hours counts", () => {
  const evenings = [{ from: at("2021-10-01T19:00Z"), to: at("2021-10-02T01:00Z") }];
  const stay = (from: string, to: string) => ({ from: at(from), to: at(to) });
  expect(minutesInside([stay("2021-10-01T18:50Z", "2021-10-01T19:10Z")], evenings)).toBe(10);
  expect(minutesInside([stay("2021-10-02T00:55Z", "2021-10-02T01:15Z")], evenings)).toBe(5);
  expect(minutesInside([stay("2021-10-01T18:00Z", "2021-10-01T19:00Z")], evenings)).toBe(0);
});

test("duties and tasks are as long as their hours", () => {
  const date = "2021-10-05";
  expect(
    minutesOf(zone, [
      { date, hours: "14:00-22:00" },
      { date, hours: "22:00-02:00" },
    ]),
  ).toBe(720);
});
