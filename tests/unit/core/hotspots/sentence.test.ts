import { expect, test } from "vitest";
import { hourMask } from "#core/hotspots/filter.ts";
import { describeHotspots } from "#core/hotspots/sentence.ts";

const noun = { one: "report", many: "reports" };
const clock = new Float64Array(168);
clock[118] = 5; // Friday 22:00
clock[121] = 5; // Saturday 01:00
clock[60] = 9; // Wednesday 12:00

test("it says how many, where and when", () => {
  expect(describeHotspots({ total: 214, weeks: 8, hotCells: 9, clock, hours: null, noun })).toBe(
    "214 reports in 8 weeks; 9 hotspots, most on Friday 22:00 to 02:00.",
  );
});

test("the busiest hours are looked for inside the hours asked for", () => {
  const hours = hourMask(["wed"], { from: 8, to: 18 });
  expect(describeHotspots({ total: 9, weeks: 1, hotCells: 1, clock, hours, noun })).toBe(
    "9 reports in 1 week; 1 hotspot, most on Wednesday 10:00 to 14:00.",
  );
});

test("nothing and little are said plainly", () => {
  const empty = new Float64Array(168);
  expect(
    describeHotspots({ total: 0, weeks: 8, hotCells: 0, clock: empty, hours: null, noun }),
  ).toBe("No reports in 8 weeks.");
  expect(
    describeHotspots({ total: 1, weeks: 3 / 7, hotCells: 0, clock: empty, hours: null, noun }),
  ).toBe("1 report in 3 days; no hotspots.");
});

test("of fewer than five with a known hour, however many there are, none is the busiest", () => {
  const few = new Float64Array(168);
  few[118] = 4;
  const told = () =>
    describeHotspots({ total: 80, weeks: 8, hotCells: 0, clock: few, hours: null, noun });
  expect(told()).toBe("80 reports in 8 weeks; no hotspots.");
  few[20] = 1;
  expect(told()).toContain("most on Friday 20:00 to midnight");
  const friday = hourMask(["fri"], { from: 18, to: 24 });
  expect(
    describeHotspots({ total: 80, weeks: 8, hotCells: 0, clock: few, hours: friday, noun }),
  ).not.toContain("most on");
});

test("the busiest hours are never wider than the hours asked for", () => {
  const hours = hourMask(["fri"], { from: 22, to: 23 });
  expect(describeHotspots({ total: 5, weeks: 1, hotCells: 0, clock, hours, noun })).toBe(
    "5 reports in 1 week; no hotspots, most on Friday 22:00 to 23:00.",
  );
  const late = hourMask(["fri"], { from: 23, to: 2 });
  expect(describeHotspots({ total: 5, weeks: 1, hotCells: 0, clock, hours: late, noun })).toContain(
    "most on Friday 23:00 to 02:00.",
  );
});

test("hours of Sunday night may run into Monday", () => {
  const sunday = new Float64Array(168);
  sunday[167] = 3;
  sunday[0] = 2;
  expect(
    describeHotspots({ total: 5, weeks: 1, hotCells: 0, clock: sunday, hours: null, noun }),
  ).toContain("most on Sunday 22:00 to 02:00.");
});
