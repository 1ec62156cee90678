import { type Issue, issueLines, movedWords, withdrawnWords } from "#core/releases/file/issue.ts";
import { tellingGroupOf } from "#core/releases/presentation/answer-slides.ts";
import { fewerThan } from "#core/releases/presentation/figure-slides.ts";
import { monthsOf } from "#core/releases/presentation/view.ts";
import { panelMeasures } from "#core/releases/wire/release.ts";
import { csvRow, defuse } from "#core/table/write-csv.ts";

/** Every figure, empty counts with a reason, then the words and the metadata. */
export function releaseCsv(issue: Issue): string {
  const withdrawn = withdrawnWords(issue);
  const about = issueLines(issue).map((note): Cells => ({ part: "about", note }));
  const rows =
    withdrawn === null
      ? [...figureRows(issue), ...doneRows(issue), ...spokenRows(issue), ...about]
      : [...withdrawn.map((note): Cells => ({ part: "withdrawn", note })), ...about];
  const { number, mark } = issue.reply.release;
  const each = { release: number, data: mark ?? "" };
  return `${[csvRow([...columns]), ...rows.map((row) => written({ ...each, ...row }))].join("\n")}\n`;
}

function figureRows({ reply: { release }, language }: Issue): Cells[] {
  const areas = new Map(release.areas.map((area) => [area.id, area]));
  const withheld = language.say("file.note", { threshold: String(release.threshold) });
  const states = new Map(
    panelMeasures.flatMap((measure) =>
      release.areas.flatMap(({ id }) =>
        monthsOf(release, id, measure).map(({ month, state }) => [
          `${measure} ${id} ${month}`,
          state,
        ]),
      ),
    ),
  );
  return release.values.map(({ area: id, month, measure, count }) => {
    const area = areas.get(id);
    const isBefore = states.get(`${measure} ${id} ${month}`) === "before";
    const missing = isBefore ? language.say("figure.before-records") : withheld;
    return {
      part: measure === "sightings" ? "sightings" : "complaints",
      area_code: id,
      area: area?.name ?? id,
      kind: area?.kind ?? "",
      from: month,
      to: month,
      measure,
      count,
      note: count === null ? missing : "",
    };
  });
}

function doneRows({ reply: { release }, language }: Issue): Cells[] {
  const missing = fewerThan(release, language);
  return release.done.map((row) => ({
    part: `done: ${tellingGroupOf(row)}`,
    area: row.label,
    from: row.from,
    to: row.to,
    measure: row.measure,
    count: row.count,
    note: row.count === null ? missing : "",
  }));
}

function spokenRows(issue: Issue): Cells[] {
  const { answers, forecast, commitments, notes } = issue.reply.release;
  return [
    ...answers.flatMap(({ operation, helped, moved, phases = [] }) => [
      ...[helped, ...moved].map(({ text, wrongIf, basis }, at) => ({
        part: at === 0 ? "helped" : "moved",
        area: operation,
        note: [text, wrongIf, basis].filter(Boolean).join(" "),
      })),
      ...phases.map(({ name, text, wrongIf, basis }) => ({
        part: "phase",
        area: `${operation}: ${name}`,
        note: [text, wrongIf, basis].filter(Boolean).join(" "),
      })),
    ]),
    ...movedWords(issue.reply.release).map((note) => ({ part: "moved", note })),
    ...(forecast ? [{ part: "forecast", note: `${forecast.text} ${forecast.basis}` }] : []),
    ...commitments.map(({ said, did, next, by }) => ({
      part: "promised",
      to: by,
      note: issue.language.say("promised.row", { said, did, next, by: issue.language.date(by) }),
    })),
    ...notes.map((note) => ({ part: "method", note })),
  ];
}

/** Defuses text, so that no spreadsheet reads it as a formula. */
function written(cells: Cells): string {
  return csvRow(
    columns.map((column) => {
      const value = cells[column];
      if (value === null || value === undefined) return "";
      return typeof value === "number" ? String(value) : defuse(value);
    }),
  );
}

/** The same for all rows, so that the file opens as one table; each row names its release. */
const columns = [
  "release",
  "data",
  "part",
  "area_code",
  "area",
  "kind",
  "from",
  "to",
  "measure",
  "count",
  "note",
] as const;
type Cells = Partial<Record<(typeof columns)[number], string | number | null>>;
