import { occurrencesBetween } from "#core/protected-time/occurrences.ts";
import { createRandom } from "#core/random.ts";
import { addDays, createZone, formatInstant } from "#core/time/zone.ts";
import { protectedTimes } from "#server/patrols/checker/check-plan.ts";
import { planImport } from "#server/protected-time/calendar-file/plan-import.ts";
import { dayAndTime } from "#server/protected-time/words.ts";
import { asStored } from "#tests/support/checker-session.ts";
import { randomSession } from "#tests/support/random-calendar.ts";

/** Run by a test under several time zones of the process: prints what must not depend on it. */
const london = createZone("Europe/London");
const write = (line: string) => process.stdout.write(`${line}\n`);

for (const week of ["2021-03-22", "2021-07-05", "2021-10-25"]) {
  const from = london.startOfDate(week);
  const to = london.startOfDate(addDays(week, 14));
  for (let seed = 1; seed <= 80; seed += 1) {
    const session = randomSession(createRandom(seed), week);
    for (const visit of occurrencesBetween(london, session, { from, to })) {
      const times = [visit.startsAt, visit.endsAt, visit.closedFrom, visit.closedTo];
      write(times.map((at) => `${at} ${formatInstant(london, at)}`).join(" "));
      write(dayAndTime(london, visit.startsAt));
    }
    write(JSON.stringify(protectedTimes("Europe/London", asStored(session), from, to)));
  }
}

const entries = [
  ["DTSTART;TZID=Europe/London:20211024T013000", "DURATION:PT2H", "RRULE:FREQ=WEEKLY"],
  ["DTSTART:20211024T013000", "DURATION:PT2H", "RRULE:FREQ=DAILY;COUNT=20"],
  ["DTSTART:20211024T003000Z", "DURATION:PT2H", "RRULE:FREQ=WEEKLY;COUNT=4"],
  ["DTSTART;TZID=America/New_York:20211024T150000", "DURATION:PT2H", "RRULE:FREQ=WEEKLY;COUNT=9"],
  [
    "DTSTART:20211024T200000",
    "DTEND:20211024T220000",
    "RRULE:FREQ=WEEKLY",
    "EXDATE;VALUE=DATE:20211031",
    "EXDATE:20211107T200000",
  ],
];
const plan = planImport({
  zone: london,
  now: Date.parse("2021-11-26T12:00Z"),
  text: [
    "BEGIN:VCALENDAR",
    ...entries.flatMap((lines, index) => [
      "BEGIN:VEVENT",
      `UID:${index}`,
      "GEO:51.6179;-0.0631",
      ...lines,
      "END:VEVENT",
    ]),
    "END:VCALENDAR",
  ].join("\r\n"),
  radiusM: 150,
  places: [],
  ground: null,
});
write(JSON.stringify(plan));
