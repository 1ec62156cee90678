import { expect, test } from "vitest";
import { plainTable, readText, spanText } from "#tests/support/import.ts";

const at = (time: string) => `2021-06-05 ${time}`;
const many = (count: number, time: string) => new Array<string>(count).fill(at(time));

test("midnights far above every other full hour are asked about", () => {
  const times = [...many(9, "00:00"), ...many(2, "22:00"), ...many(20, "21:17")];
  const { outline } = readText(plainTable(times));
  expect(outline.midnightSpike).toEqual({ rows: 9, timed: 31 });
  expect(outline.notes.join(" ")).toContain(
    "Time unknown? 9 of 31 rows with a time say 00:00 (29%)",
  );
});

test.each([
  [
    "times that are rounded to the hour fill every full hour",
    [...many(9, "00:00"), ...many(4, "23:00")],
  ],
  ["a few are chance", [...many(4, "00:00"), ...many(20, "21:17")]],
  ["a problem of the night fills the hours beside it", [...many(9, "00:00"), ...many(3, "01:00")]],
  ["dates without a time have none", new Array<string>(50).fill("2021-06-05")],
])("%s: no question", (_, times) => {
  expect(readText(plainTable(times)).outline.midnightSpike).toBeNull();
});

test("read as unknown, a midnight is its whole day, and all other times stay", () => {
  const text = plainTable([at("00:00"), at("00:01"), "2021-06-05T00:00:00Z", at("24:00")]);
  const { drafts } = readText(text, { midnight: "unknown" });
  expect(drafts.map(spanText)).toEqual([
    "2021-06-05T00:00:00+01:00/2021-06-06T00:00:00+01:00",
    "2021-06-05T00:01:00+01:00",
    "2021-06-05T00:00:00+01:00/2021-06-06T00:00:00+01:00",
    "2021-06-06T00:00:00+01:00",
  ]);
});

test("read as unknown, from and to at midnight are whole days", () => {
  const rows = "2021-06-05 00:00,2021-06-06 00:00,51.6179,-0.0631,complaint";
  const { drafts } = readText(`From,To,Lat,Lng,Kind\n${rows}`, { midnight: "unknown" });
  expect(drafts.map(spanText)).toEqual(["2021-06-05T00:00:00+01:00/2021-06-07T00:00:00+01:00"]);
});

test("a span of more than a year says nothing and is refused; a leap year is taken", () => {
  const row = (from: string, to: string) => `${from},${to},51.6179,-0.0631,complaint`;
  const { drafts, faults } = readText(
    ["From,To,Lat,Lng,Kind", row("2020-01-01", "2020-12-31"), row("2020-01-01", "2021-01-02")].join(
      "\n",
    ),
  );
  expect(drafts).toHaveLength(1);
  expect(faults).toMatchObject([{ row: 3, reason: expect.stringContaining("more than a year") }]);
});
