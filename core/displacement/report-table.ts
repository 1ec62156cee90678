import { weeklySentence } from "#core/displacement/evidence-words.ts";
import { leastPhaseDays } from "#core/displacement/phases.ts";
import {
  stopAgreedWords,
  stopAnswerWords,
  stopDue,
  stopDueOn,
  stopRuleSentence,
} from "#core/displacement/stop-rule.ts";
import { wrongIfWords } from "#core/displacement/tipping.ts";
import type { PhasePlace, PhaseRow } from "#core/displacement/wire/displacement.ts";
import type { OperationReportReply } from "#core/displacement/wire/operations.ts";
import { csvRow, defuse } from "#core/table/write-csv.ts";
import { dateName } from "#core/time/words.ts";

type Assessed = OperationReportReply["assessment"];
type Row = Assessed["overall"];

/**
 * An assessment report as CSV: areas, edges, running figure by month, dose as one total, then its
 * subject. `mark`: the demonstration's mark, or null.
 */
export function reportCsv(report: OperationReportReply, mark: string | null): string {
  const { assessment } = report;
  const areas = [assessment.overall, assessment.treatedArea, assessment.rings];
  const sums = reportedSums(areas);
  const rows: Cells[] = [
    ...areas.map((row, at) => {
      const [before = null, after = null] = sums[at] ?? [];
      const wrongIf = reportedWrongIf(row, [before, after]);
      const note = [reportedSentence(row), wrongIf].filter(Boolean).join(" ");
      return { ...comparison("area", row), before, after, note };
    }),
    ...assessment.edges.map((row) => comparison("edge", row)),
    // No counts: with this side's they would reveal what the neighbour gave.
    ...assessment.edges.flatMap(({ name, received }): Cells[] =>
      received
        ? [
            {
              part: "boundary with totals received",
              name,
              answer: received.verdict,
              note: receivedSentence(name, received),
            },
          ]
        : [],
    ),
    ...assessment.phases.flatMap((phase) => [
      phaseRow("phase", phase, phase),
      ...phase.edges.map((edge) => ({
        ...phaseRow("phase edge", phase, { ...edge, name: `${phase.name}: ${edge.name}` }),
        one_sided: edge.oneSided,
      })),
    ]),
    ...areas.flatMap(runningRows),
    { part: "dose", name: "patrol hours logged, one total", after: report.dose.hours },
    ...about(report, mark),
  ];
  return `${[csvRow([...columns]), ...rows.map(written)].join("\n")}\n`;
}

/** Phases add up to the areas: their counts, or finer figures, would give a small one back. */
function phaseRow(part: string, { days }: Pick<PhaseRow, "days">, row: PhasePlace): Cells {
  const { low, high, wdd } = reportedFigures(row);
  const figures = { low: whole(low), high: whole(high), difference: whole(wdd) };
  // That it is too short is no count.
  const note = days < leastPhaseDays ? row.sentence : reportedSentence(row);
  return { part, name: row.name, ...figures, answer: row.verdict, note };
}

function counted(part: string, row: Row): Cells {
  const { controlScale, wdd, low, high, p } = reportedFigures(row);
  return {
    part,
    name: row.name,
    before: reportedCount(row.treated[0]),
    after: reportedCount(row.treated[1]),
    control_before: reportedCount(row.control[0]),
    control_after: reportedCount(row.control[1]),
    control_scale: controlScale,
    low,
    high,
    difference: wdd,
    p,
    answer: row.verdict,
    note: reportedSentence(row),
  };
}

function comparison(part: string, row: Row): Cells {
  return {
    ...counted(part, row),
    dispersion: row.dispersion,
    changed_from: row.changedFrom,
    one_sided: row.oneSided,
  };
}

function runningRows(row: Row): Cells[] {
  return row.running.map(({ month, low, high, wdd, canTell }) => ({
    part: "running",
    name: row.name,
    month,
    // Rounded to whole reports: finer values would reveal the counts of single months.
    ...(canTell ? { low: whole(low), high: whole(high), difference: whole(wdd) } : {}),
    note: canTell ? "" : "not enough reports to tell",
  }));
}

function whole(figure: number | null): number | null {
  return figure === null ? null : Math.round(figure);
}

function about(
  { operation, assessment, asAt, dose, caveats, stopRule }: OperationReportReply,
  mark: string | null,
): Cells[] {
  const { before, after } = assessment;
  const lines: [string, string][] = [
    ...(mark === null ? [] : [["data", mark] as [string, string]]),
    ["operation", operation.name],
    ["revision", String(operation.revision)],
    ["as at", asAt],
    ["period before", `${before.from} to ${before.to}`],
    ["period after", `${after.from} to ${after.to}`],
    [
      "compared with",
      assessment.controlCheck.chosenByHand
        ? `a chosen comparison area, ${assessment.controlCheck.cells} cells`
        : `the rest of ${assessment.studyArea}`,
    ],
    ["control", assessment.controlCheck.sentence],
    ...(assessment.banner === null
      ? []
      : [["displacement", assessment.banner] as [string, string]]),
    ["counts", `an empty count is under ${leastReportedCount}, or none`],
    ["dose", dose.sentence],
    ...weeklyLines(assessment.edges, stopRule).map((line): [string, string] => [
      "displacement",
      line,
    ]),
    ...assessment.notes.map((note): [string, string] => ["left out", note]),
    ...caveats.map((caveat): [string, string] => ["records", caveat]),
    ...assessment.method.map((line): [string, string] => ["method", line]),
  ];
  return lines.map(([name, note]) => ({ part: "about", name, note }));
}

/** Defuses text; numbers stay numbers, also below zero. */
function written(cells: Cells): string {
  return csvRow(
    columns.map((column) => {
      const value = cells[column];
      if (value === null || value === undefined) return "";
      if (typeof value === "number") return String(Number(value.toPrecision(8)));
      return typeof value === "boolean" ? String(value) : defuse(value);
    }),
  );
}

/** One shape for all rows, so that the file opens as one table. */
const columns = [
  "part",
  "name",
  "month",
  "before",
  "after",
  "control_before",
  "control_after",
  "control_scale",
  "low",
  "high",
  "difference",
  "p",
  "dispersion",
  "changed_from",
  "answer",
  "one_sided",
  "note",
] as const;
type Cells = Partial<Record<(typeof columns)[number], string | number | boolean | null>>;

/** The weekly looks, what was agreed beforehand and what was done, on paper and in the file. */
export function weeklyLines(
  edges: Assessed["edges"],
  stopRule: OperationReportReply["stopRule"],
): readonly string[] {
  const { inForce } = stopRule;
  const agreed = inForce
    ? `${stopRuleSentence(inForce)} ${stopAgreedWords(stopRule)}`
    : "No stop rule is agreed for the case that reports rise at a boundary.";
  const done = stopDue(edges, stopRule).map(({ neighbour, movedOn, answer }) => {
    if (answer) return `${neighbour}: ${stopAnswerWords(answer)}.`;
    const due = inForce ? `, due by ${dateName(stopDueOn(inForce, movedOn))}` : "";
    return `${neighbour}: not answered yet${due}.`;
  });
  return [weeklySentence(edges), agreed, ...done];
}

/** A smaller count may identify a person, and paper cannot be corrected (SAFEGUARDS 7). */
export const leastReportedCount = 10;

/** A count as a report may give it, or null for "under 10", zero included. */
export function reportedCount(count: number): number | null {
  return count < leastReportedCount ? null : count;
}

/**
 * Counts of rows of which the first is the sum of the others: where exactly one other is too small
 * to show, the sum is withheld too, or subtraction would reveal it.
 */
export function reportedSums(
  rows: readonly { readonly treated: readonly [number, number] }[],
): (readonly [number | null, number | null])[] {
  const shown = rows.map(({ treated: [before, after] }) => [
    reportedCount(before),
    reportedCount(after),
  ]);
  for (const period of [0, 1] as const) {
    const hidden = shown.slice(1).filter((counts) => counts[period] === null).length;
    const [sum] = shown;
    if (hidden === 1 && sum) sum[period] = null;
  }
  return shown.map(([before = null, after = null]) => [before, after]);
}

/** A report has one sentence for every count that is too small, zero included. */
export function reportedSentence(row: {
  readonly name: string;
  readonly verdict: string;
  readonly sentence: string;
}): string {
  return row.verdict === "cannot_tell" ? `${row.name}: not enough reports to tell.` : row.sentence;
}

/** What would make it false, where a report shows all counts that it speaks of (SAFEGUARDS 7). */
export function reportedWrongIf(
  row: Row,
  counts: readonly [number | null, number | null],
): string | null {
  // Which side a rise rests on would bound what is under 10 there.
  return counts.includes(null) ? null : wrongIfWords({ ...row, restsBeyond: false });
}

/** The same for an edge with its neighbour's totals, or why they do not serve. */
export function receivedSentence(
  name: string,
  received: { readonly outer: unknown; readonly verdict: string; readonly sentence: string },
): string {
  if (received.outer === null) return received.sentence;
  return reportedSentence({ ...received, name: `${name}, with totals received` });
}

/** A row fit for paper: without figures where a compared count is under 10. */
function reportedFigures<Row extends { readonly verdict: string } & Record<Figure, number | null>>(
  row: Row,
): Pick<Row, Figure> {
  const { controlScale, wdd, low, high, p } = row;
  const none = { controlScale: null, wdd: null, low: null, high: null, p: null };
  return row.verdict === "cannot_tell"
    ? (none as Pick<Row, Figure>)
    : { controlScale, wdd, low, high, p };
}

type Figure = "controlScale" | "wdd" | "low" | "high" | "p";
