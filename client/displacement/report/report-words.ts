import { intervalWords, verdictWords } from "#client/displacement/VerdictMark.tsx";
import { areaWords, cellKm2 } from "#core/displacement/operation-area.ts";
import { leastPhaseDays } from "#core/displacement/phases.ts";
import { leastReportedCount, reportedCount } from "#core/displacement/report-table.ts";
import type { OperationReportReply } from "#core/displacement/wire/operations.ts";
import { formatCount, formatQuantity } from "#core/text/numbers.ts";
import { formatDate, formatDateRange } from "#core/time/words.ts";

export function questionWords({ operation, assessment }: OperationReportReply): string {
  const rest = operation.control ? "the comparison area" : `the rest of ${assessment.studyArea}`;
  return `Did reports by residents and partners fall in the treated area of ${operation.name} after it started on ${formatDate(operation.startsOn)}, compared with ${rest}? Did they rise next to it?`;
}

type Fact = readonly [label: string, text: string];

export function areaFacts({ operation, assessment }: OperationReportReply): readonly Fact[] {
  const { treatedArea, controlArea, control } = operation;
  const { zones } = assessment;
  return [
    ["Treated", `${areaWords(treatedArea)}, ${sizeWords(zones.treated.length)}`],
    ["Rings", `two rings of cells around it, ${sizeWords(zones.rings.length)}`],
    [
      "Comparison",
      controlArea && control
        ? `${areaWords(controlArea)}, ${sizeWords((zones.control ?? control).length)} used`
        : "the rest of the area, outside the rings and boundary zones",
    ],
    [
      "Boundary zones",
      `${formatCount(assessment.edges.length)}, each 1 km on either side of a border`,
    ],
  ];
}

function sizeWords(cells: number): string {
  return `${formatQuantity(cells, "cell")} (${(cells * cellKm2).toFixed(2)} km²)`;
}

/** "Visible patrols: 1 Aug to 31 Aug 2021". */
export function phaseWords({
  name,
  startsOn,
  endsOn,
}: OperationReportReply["operation"]["phases"][number]): string {
  return `${name}: ${endsOn === null ? `${formatDate(startsOn)} on` : formatDateRange(startsOn, endsOn)}`;
}

/** ". Fall (12 to 30 fewer than expected). Rise at Westley" once it has been assessed. */
export function phaseAnswer(
  { assessment }: OperationReportReply,
  { name }: OperationReportReply["operation"]["phases"][number],
): string {
  const found = assessment.phases.find((phase) => phase.name === name);
  if (!found) return "";
  if (found.days === 0) {
    return found.from > assessment.after.to ? ". Not begun" : ". Outside the days compared";
  }
  if (found.days < leastPhaseDays)
    return `. Too short to compare: ${formatQuantity(found.days, "day")}`;
  const interval = intervalWords(found);
  const edges = (["rise", "fall"] as const).flatMap((verdict) => {
    const names = found.edges.flatMap((edge) => (edge.verdict === verdict ? [edge.name] : []));
    return names.length === 0 ? [] : [`. ${verdictWords[verdict]} at ${names.join(", ")}`];
  });
  return `. ${verdictWords[found.verdict]}${interval === null ? "" : ` (${interval} than expected)`}${edges.join("")}`;
}

export function dataWords({
  assessment,
  operation,
  asAt,
}: OperationReportReply): readonly string[] {
  const { before, after, treatedArea } = assessment;
  const open = operation.endsOn === null || operation.endsOn > asAt;
  return [
    `Counts reports by residents and partners, ${formatDateRange(before.from, before.to)} (${formatCount(before.days)} days) before and ${formatDateRange(after.from, after.to)} (${formatCount(after.days)} days) after the start. Reports recorded by police are excluded. The treated area had ${countWords(treatedArea.treated[0])} before and ${countWords(treatedArea.treated[1])} after.`,
    assessment.controlCheck.sentence,
    ...assessment.notes,
    ...(open ? [`The operation is ongoing. This is the position at ${formatDate(asAt)}.`] : []),
  ];
}

/** "159", or "under 10": printed copies cannot be changed. */
export function countWords(count: number): string {
  return shownWords(reportedCount(count), count);
}

/** For a count already judged; "not given" where a smaller one could be worked out of it. */
export function shownWords(shown: number | null, count: number): string {
  if (shown !== null) return formatCount(shown);
  return reportedCount(count) === null ? `under ${leastReportedCount}` : "not given";
}

/** Letters, digits and hyphens of the name. */
export function reportFileName({ operation, asAt }: OperationReportReply): string {
  const name = operation.name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
  return `assessment-${name || "operation"}-revision-${operation.revision}-as-at-${asAt}`;
}
