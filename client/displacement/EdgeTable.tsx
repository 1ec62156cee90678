import { VerdictMark } from "#client/displacement/VerdictMark.tsx";
import {
  type AssessedRow,
  type EdgeRow,
  estimateWords,
  intervalWords,
  verdictWords,
} from "#client/displacement/verdict-words.ts";
import { SortableTable, type TableColumn } from "#client/ui/SortableTable.tsx";
import type { AssessmentReply } from "#core/displacement/wire/displacement.ts";
import { formatCount } from "#core/text/numbers.ts";
import { formatMonth } from "#core/time/words.ts";

type TableRow = AssessedRow | EdgeRow;

const columns: readonly TableColumn<TableRow>[] = [
  {
    key: "name",
    label: "Where",
    cell: (row) => row.name,
  },
  {
    key: "before",
    label: "Before",
    isNumber: true,
    cell: (row) => formatCount(row.treated[0]),
  },
  { key: "after", label: "After", isNumber: true, cell: (row) => formatCount(row.treated[1]) },
  {
    key: "interval",
    label: "Than expected, 95% interval",
    cell: (row) => intervalWords(row) ?? <span className="quiet">too few to compare</span>,
  },
  {
    key: "estimate",
    label: "Best estimate",
    cell: (row) => (intervalWords(row) === null ? "" : estimateWords(row.wdd)),
  },
  {
    key: "verdict",
    label: "Answer",
    cell: (row) => (
      <span className="edge-table__answer">
        <VerdictMark verdict={row.verdict} /> {verdictWords[row.verdict]}
      </span>
    ),
  },
  {
    key: "changed",
    label: "First month of change",
    cell: (row) => (row.changedFrom === null ? "" : formatMonth(row.changedFrom)),
  },
  {
    key: "inner",
    label: "This side",
    cell: (row) => ("inner" in row ? change(row.inner) : ""),
  },
  {
    key: "outer",
    label: "Beyond the boundary",
    cell: (row) =>
      "outer" in row && row.outer === null ? (
        <span className="quiet">not recorded</span>
      ) : "outer" in row && row.outer ? (
        change(row.outer)
      ) : (
        ""
      ),
  },
];

/** "36 to 89" */
function change([before, after]: readonly [number, number]): string {
  return `${formatCount(before)} to ${formatCount(after)}`;
}

export interface EdgeTableProps {
  readonly assessment: AssessmentReply;
  readonly edges: readonly EdgeRow[];
  readonly chosen: string | null;
  readonly onChoose: (key: string | null) => void;
}

/** Every figure behind the picture: the area itself first, then the edges in the strip's order. */
export function EdgeTable({ assessment, edges, chosen, onChoose }: EdgeTableProps) {
  const rows: readonly TableRow[] = [
    assessment.overall,
    assessment.treatedArea,
    assessment.rings,
    ...edges,
  ];
  return (
    <SortableTable
      caption="Reports before and after, by area and edge"
      columns={columns}
      rows={rows}
      rowKey={rowKey}
      selectedKey={chosen}
      onSelect={(row) => onChoose(row && rowKey(row))}
    />
  );
}

export function rowKey(row: TableRow): string {
  return row.neighbour ?? row.name;
}
