import { expect, test } from "vitest";
import { command } from "#client/state/command.ts";
import { formatProbability, formatTimeOfDay } from "#client/ui/format.ts";
import { formatQuantity } from "#core/text/numbers.ts";
import { formatDate, formatDateRange, formatDay, formatMonth } from "#core/time/words.ts";

test("dates are written the same on every machine, September with three letters", () => {
  expect(formatDate("2021-09-05")).toBe("5 Sep 2021");
  expect(formatDay("2021-11-26")).toBe("Fri 26 Nov");
  expect(formatMonth("2021-09")).toBe("Sep 2021");
});

test("a range says the year once where it is the same", () => {
  expect(formatDateRange("2021-10-02", "2021-11-26")).toBe("2 Oct to 26 Nov 2021");
  expect(formatDateRange("2020-12-28", "2021-01-03")).toBe("28 Dec 2020 to 3 Jan 2021");
  expect(formatDateRange("2021-01-03", "2021-01-03")).toBe("3 Jan 2021");
});

test("times are the wall clock of the command, in summer and in winter", () => {
  const before = command.get();
  const inZone = (timeZone: string) => command.set(() => ({ ...before, timeZone }));
  inZone("Europe/London");
  expect(formatTimeOfDay("2021-07-01T20:00:00Z")).toBe("21:00");
  expect(formatTimeOfDay("2021-11-26T20:00:00Z")).toBe("20:00");
  inZone("Europe/Stockholm");
  expect(formatTimeOfDay("2021-11-26T20:00:00Z")).toBe("21:00");
  command.set(() => before);
});

test("one is singular, all else plural, thousands have a comma", () => {
  expect(formatQuantity(1, "report")).toBe("1 report");
  expect(formatQuantity(0, "report")).toBe("0 reports");
  expect(formatQuantity(2512, "report")).toBe("2,512 reports");
});

test("a small probability is a bound, others have two figures", () => {
  expect(formatProbability(0.0004)).toBe("under 0.001");
  expect(formatProbability(0.0321)).toBe("0.032");
  expect(formatProbability(1)).toBe("1.0");
});
