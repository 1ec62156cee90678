import { plainTable, readText, spanText } from "#tests/support/import.ts";

/**
 * How times around both clock changes and the turn of the year are read, one a line: run in processes
 * whose own time zones differ, it must print the same (SAFEGUARDS, invariant 14).
 */
const pad = (value: number) => String(value).padStart(2, "0");
const days = ["2021-03-27", "2021-03-28", "2021-10-30", "2021-10-31", "2020-12-31", "2021-01-01"];
const times = days.flatMap((day) =>
  Array.from(
    { length: 24 * 20 },
    (_, at) => `${day} ${pad(Math.floor(at / 20))}:${pad((at % 20) * 3)}`,
  ),
);
const dates = Array.from({ length: 365 }, (_, at) =>
  new Date(Date.UTC(2021, 0, 1 + at)).toISOString().slice(0, 10),
);
const cells = [...times, ...dates, "2021-03", "2021-10", "Oct 2021", "2021-10-31 24:00"];
const { drafts } = readText(plainTable(cells));
const byLine = new Map(drafts.map((draft) => [draft.line, spanText(draft)]));
cells.forEach((cell, at) => {
  process.stdout.write(`${cell}: ${byLine.get(at + 2) ?? "refused"}\n`);
});
