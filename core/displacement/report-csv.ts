import { leastPhaseDays } from "#core/displacement/phases.ts";
import {
  leastReportedCount,
  receivedSentence,
  reportedCount,
  reportedSentence,
  reportedSums,
  reportedWrongIf,
  weeklyLines,
} from "#core/displacement/report-table.ts";
import type { PhasePlace } from "#core/displacement/wire/displacement.ts";
import type { OperationReportReply } from "#core/displacement/wire/operations.ts";
import { csvRow, defuse } from "#core/table/write-csv.ts";

type Row = OperationReportReply["assessment"]["overall"];

/** One shape for all rows, so that the file opens as one table. */
const columns = [
  "part",
  "name",
  "month",
  "before",
  "after",
  "control_before",
  "control_after",
  "low",
  "high",
  "difference",
  "p",
  "changed_from",
  "answer",
  "one_sided",
  "note",
] as const;
type Cells = Readonly<Record<string, string | number | boolean | null>>;

/**
 * The tables of an assessment report as CSV: areas, edges, phases, the running figure by month, dose as one total, and
 * what all this is about. `mark`: the demonstration's mark, or null.
 */
export function reportCsv(report: OperationReportReply, mark: string | null): string {
  const { overall, treatedArea, rings, edges, phases } = report.assessment;
  const areas = [overall, treatedArea, rings];
  const sums = reportedSums(areas);
  const rows: Cells[] = [
    ...areas.map((row, at) => {
      const [before = null, after = null] = sums[at] ?? [];
      const note = [reportedSentence(row), reportedWrongIf(row, [before, after]) ?? ""];
      return { ...compared("area", row), before, after, note: note.join(" ").trim() };
    }),
    ...edges.map((row) => compared("edge", row)),
    // No counts: with this side's they would reveal what the neighbour gave.
    ...edges.flatMap(({ name, received }) => {
      const part = "boundary with totals received";
      return received
        ? [{ part, name, answer: received.verdict, note: receivedSentence(name, received) }]
        : [];
    }),
    ...phases.flatMap((phase) => [
      // That it is too short is no count.
      {
        ...rounded("phase", phase),
        ...(phase.days < leastPhaseDays && { note: phase.sentence }),
      },
      ...phase.edges.map((edge) => ({
        ...rounded("phase edge", { ...edge, name: `${phase.name}: ${edge.name}` }),
        one_sided: edge.oneSided,
      })),
    ]),
    ...areas.flatMap(({ name, running }) =>
      running.map(({ month, canTell, wdd, low, high }) => ({
        part: "running",
        name,
        month,
        ...(canTell ? whole({ wdd, low, high }) : { note: "not enough reports to tell" }),
      })),
    ),
    { part: "dose", name: "patrol hours logged, one total", after: report.dose.hours },
    ...aboutLines(report, mark).map(([name, note]) => ({ part: "about", name, note })),
  ];
  return `${[csvRow(columns), ...rows.map(written)].join("\n")}\n`;
}

/** A row fit to leave: without figures where a compared count is under 10. */
function compared(part: string, row: Row): Cells {
  const { wdd: difference, low, high, p } = row;
  return {
    part,
    name: row.name,
    answer: row.verdict,
    note: reportedSentence(row),
    before: reportedCount(row.treated[0]),
    after: reportedCount(row.treated[1]),
    control_before: reportedCount(row.control[0]),
    control_after: reportedCount(row.control[1]),
    ...(row.verdict !== "cannot_tell" && { low, high, difference, p }),
    changed_from: row.changedFrom,
    one_sided: row.oneSided,
  };
}

/** Phases add up to the areas: their counts, or finer figures, would give a small one back. */
function rounded(part: string, row: PhasePlace): Cells {
  const { name, verdict } = row;
  const figures = verdict === "cannot_tell" ? {} : whole(row);
  return { part, name, ...figures, answer: verdict, note: reportedSentence(row) };
}

/** To whole reports: finer values would reveal the counts of single months. */
function whole({ low, high, wdd }: Pick<Row, "low" | "high" | "wdd">): Cells {
  const round = (figure: number | null) => figure && Math.round(figure);
  return { low: round(low), high: round(high), difference: round(wdd) };
}

function aboutLines(report: OperationReportReply, mark: string | null): [string, string][] {
  const { operation, assessment, stopRule } = report;
  const { before, after, banner, controlCheck } = assessment;
  const control = controlCheck.chosenByHand
    ? `a chosen comparison area, ${controlCheck.cells} cells`
    : `the rest of ${assessment.studyArea}`;
  const displacement = [...(banner ? [banner] : []), ...weeklyLines(assessment.edges, stopRule)];
  const all: Readonly<Record<string, readonly string[]>> = {
    data: mark === null ? [] : [mark],
    operation: [operation.name],
    revision: [String(operation.revision)],
    "as at": [report.asAt],
    "period before": [`${before.from} to ${before.to}`],
    "period after": [`${after.from} to ${after.to}`],
    "compared with": [control],
    control: [controlCheck.sentence],
    displacement,
    counts: [`an empty count is under ${leastReportedCount}, or none`],
    dose: [report.dose.sentence],
    "left out": assessment.notes,
    records: report.caveats,
    method: assessment.method,
  };
  return Object.entries(all).flatMap(([name, notes]) =>
    notes.map((note): [string, string] => [name, note]),
  );
}

/** Defuses text; numbers stay numbers, also below zero. */
function written(cells: Cells): string {
  return csvRow(
    columns.map((column) => {
      const value = cells[column] ?? "";
      if (typeof value === "number") return String(Number(value.toPrecision(8)));
      return defuse(String(value));
    }),
  );
}
