import { VerdictMark } from "#client/displacement/VerdictMark.tsx";
import { estimateWords, intervalWords, verdictWords } from "#client/displacement/verdict-words.ts";
import { formatCount, formatDateRange } from "#client/ui/format.ts";
import { SortableTable, type TableColumn } from "#client/ui/SortableTable.tsx";
import type { AssessmentReply } from "#core/displacement/wire/displacement.ts";

type Phase = AssessmentReply["phases"][number];

const columns = (lastDay: string): readonly TableColumn<Phase>[] => [
  { key: "name", label: "Phase", cell: ({ name }) => name },
  {
    key: "dates",
    label: "Days counted",
    cell: ({ from, to, days }) =>
      days === 0 ? <span className="quiet">none</span> : formatDateRange(from, to),
  },
  {
    key: "after",
    label: "Reports",
    isNumber: true,
    cell: (phase) =>
      phase.days === 0 ? (
        <span className="quiet">{phase.from > lastDay ? "not begun" : "not in these days"}</span>
      ) : (
        formatCount(phase.treated[1])
      ),
  },
  {
    key: "interval",
    label: "Than expected, 95% interval",
    cell: (phase) =>
      intervalWords(phase) ?? (
        <span className="quiet">{phase.days === 0 ? "" : "too few to compare"}</span>
      ),
  },
  {
    key: "estimate",
    label: "Best estimate",
    cell: (phase) => (intervalWords(phase) === null ? "" : estimateWords(phase.wdd)),
  },
  {
    key: "verdict",
    label: "Answer",
    cell: ({ verdict }) => (
      <span className="edge-table__answer">
        <VerdictMark verdict={verdict} /> {verdictWords[verdict]}
      </span>
    ),
  },
];

/** Treated area and rings, phase by phase, each against the same period before. */
export function PhaseTable({ phases, after }: Pick<AssessmentReply, "phases" | "after">) {
  if (phases.length === 0) return null;
  return (
    <section className="displacement__table" aria-labelledby="phases-title">
      <h2 id="phases-title">Phase by phase</h2>
      <p className="quiet small">
        Treated area and rings together, each phase against the same period before, by the day; all
        phases are judged together.
      </p>
      <SortableTable
        caption="Reports by phase"
        columns={columns(after.to)}
        rows={phases}
        rowKey={({ name, from }) => `${name} ${from}`}
      />
    </section>
  );
}
