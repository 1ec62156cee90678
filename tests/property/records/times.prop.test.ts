import { fc, test } from "@fast-check/vitest";
import { expect } from "vitest";
import { plainTable, readText } from "#tests/support/import.ts";
import { printedIn, serverZones } from "#tests/support/printed-in.ts";
import { someTries } from "#tests/support/runs.ts";

const minuteMs = 60_000;
/** Any minute of 2015 to 2025, half of them within a day of a clock change. */
const minutes = fc.oneof(
  fc.integer({ min: Date.UTC(2015, 0, 1) / minuteMs, max: Date.UTC(2025, 11, 30) / minuteMs }),
  fc
    .tuple(
      fc.integer({ min: 2015, max: 2024 }),
      fc.boolean(),
      fc.integer({ min: -1440, max: 1440 }),
    )
    .map(
      ([year, isSpring, off]) => Math.floor(lastSunday(year, isSpring ? 2 : 9) / minuteMs) + off,
    ),
);

/** 01:00 UTC of the last Sunday of a month: when British clocks change. */
function lastSunday(year: number, month: number): number {
  const last = new Date(Date.UTC(year, month + 1, 0));
  return Date.UTC(year, month, last.getUTCDate() - last.getUTCDay(), 1);
}

/** By Intl, which shares nothing with the code under test. */
const london = new Intl.DateTimeFormat("en-GB", {
  timeZone: "Europe/London",
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
});

function wallClock(instant: number) {
  const parts = Object.fromEntries(
    london.formatToParts(instant).map(({ type, value }) => [type, value]),
  );
  const { year = "", month = "", day = "", hour = "", minute = "" } = parts;
  return { year, month, day, hour, minute };
}

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
type Wall = ReturnType<typeof wallClock>;
const ways: readonly ((wall: Wall) => string)[] = [
  ({ year, month, day, hour, minute }) => `${year}-${month}-${day} ${hour}:${minute}`,
  ({ year, month, day, hour, minute }) => `${year}-${month}-${day}T${hour}:${minute}:59.999`,
  ({ year, month, day, hour, minute }) => `${day}/${month}/${year} ${hour}:${minute}`,
  ({ year, month, day, hour, minute }) => `${day}.${month}.${year.slice(2)}, ${hour}:${minute}`,
  ({ year, month, day, hour, minute }) =>
    `${Number(day)} ${months[Number(month) - 1]} ${year} ${hour}:${minute}`,
  ({ year, month, day, hour, minute }) =>
    `${day}-${months[Number(month) - 1]}-${year.slice(2)} ${hour}${minute}`,
  ({ year, month, day, hour, minute }) => `${year}${month}${day} ${hour}${minute}`,
  ({ year, month, day, hour, minute }) => `${hour}${minute}hrs ${day}/${month}/${year}`,
  ({ year, month, day, hour, minute }) => `${day}/${month}/${year} ${hour}${minute}`,
  ({ year, month, day, hour, minute }) =>
    `${months[Number(month) - 1]} ${day}, ${year} ${Number(hour) % 12 || 12}.${minute} ${Number(hour) < 12 ? "a.m." : "pm"}`,
  ({ year, month, day, hour, minute }) =>
    `${day}/${month}/${year} ${Number(hour) % 12 || 12}:${minute} ${Number(hour) < 12 ? "am" : "PM"}`,
];

test.prop([minutes, fc.integer({ min: 0, max: ways.length - 1 })], someTries)(
  "a wall-clock time in any way of writing is its instant; in the doubled hour both of them",
  (minute, way) => {
    const instant = minute * minuteMs;
    const wall = wallClock(instant);
    const text = ways[way]?.(wall) ?? "";
    const { drafts } = readText(plainTable([text]), { dates: "day-first" });
    const same = [-60, 60]
      .map((off) => instant + off * minuteMs)
      .filter((other) => JSON.stringify(wallClock(other)) === JSON.stringify(wall));
    const all = [instant, ...same].sort((a, b) => a - b);
    expect(drafts, text).toMatchObject([{ startsAt: all[0], endsAt: all.at(-1) }]);
  },
);

test.prop([minutes, fc.integer({ min: -14 * 60, max: 14 * 60 })], someTries)(
  "with an offset the instant is what is written, whatever the zone",
  (minute, offset) => {
    const written = new Date((minute + offset) * minuteMs).toISOString().slice(0, 16);
    const size = Math.abs(offset);
    const pad = (value: number) => String(value).padStart(2, "0");
    const text = `${written}${offset < 0 ? "-" : "+"}${pad(Math.floor(size / 60))}:${pad(size % 60)}`;
    const { drafts } = readText(plainTable([text]));
    expect(drafts, text).toMatchObject([
      { startsAt: minute * minuteMs, endsAt: minute * minuteMs },
    ]);
  },
);

test.prop(
  [
    fc.array(fc.tuple(fc.integer({ min: 1, max: 28 }), fc.integer({ min: 1, max: 12 })), {
      minLength: 1,
      maxLength: 60,
    }),
  ],
  someTries,
)("day and month are of one order in the whole column, never row by row", (pairs) => {
  const cells = pairs.map(([day, month]) => `${day}/${month}/2021`);
  const proof = "31/12/2021";
  const { drafts } = readText(plainTable([...cells, proof]));
  expect(drafts.map(({ startsAt }) => wallClock(startsAt))).toMatchObject(
    [...pairs, [31, 12] as const].map(([day, month]) => ({
      day: String(day).padStart(2, "0"),
      month: String(month).padStart(2, "0"),
    })),
  );
});

test.prop([minutes, fc.integer({ min: 1, max: 7 * 24 * 60 })], someTries)(
  "an end before its start is refused, and from and to keep their order",
  (minute, length) => {
    const text = (at: number) => `${new Date(at * minuteMs).toISOString().slice(0, 16)}Z`;
    const table = (from: number, to: number) =>
      `From,To,Lat,Lng,Kind\n${text(from)},${text(to)},51.6179,-0.0631,complaint`;
    expect(readText(table(minute, minute + length)).drafts).toMatchObject([
      { startsAt: minute * minuteMs, endsAt: (minute + length) * minuteMs },
    ]);
    expect(readText(table(minute + length, minute)).faults).toMatchObject([
      { reason: "ends before it starts" },
    ]);
  },
);

const script = new URL("../../support/print-import-times.ts", import.meta.url);

test("a file is read the same on servers in UTC, London and New York", async () => {
  const [utc = "", ...others] = await Promise.all(
    serverZones.map((zone) => printedIn(zone, script)),
  );
  expect(others).toEqual([utc, utc]);
  expect(utc.split("\n").length).toBeGreaterThan(3_000);
  expect(utc).toContain("2021-03-28 01:30: refused");
  expect(utc).toContain("2021-10-31 01:30: 2021-10-31T01:30:00+01:00/2021-10-31T01:30:00+00:00");
});
