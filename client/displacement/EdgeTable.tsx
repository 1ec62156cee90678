import {
  type AssessedRow,
  answerColumns,
  type EdgeRow,
  intervalWords,
  VerdictMark,
  verdictWords,
} from "#client/displacement/VerdictMark.tsx";
import { classNames } from "#client/ui/class-names.ts";
import type { TableColumn } from "#client/ui/SortableTable.tsx";
import { evidenceWords, shownEvidence } from "#core/displacement/evidence-words.ts";
import { formatCount } from "#core/text/numbers.ts";
import { formatMonth } from "#core/time/words.ts";

export const edgeColumns: readonly TableColumn<AssessedRow | EdgeRow>[] = [
  { label: "Where", cell: (row) => row.name },
  { label: "Before", isNumber: true, cell: (row) => formatCount(row.treated[0]) },
  { label: "After", isNumber: true, cell: (row) => formatCount(row.treated[1]) },
  ...answerColumns<AssessedRow>(() => "not enough to compare"),
  {
    label: "First month of change",
    cell: (row) => (row.changedFrom === null ? "" : formatMonth(row.changedFrom)),
  },
  {
    label: "Week by week",
    // On paper the cards say it, and the other columns need the room.
    screenOnly: true,
    cell: (row) => {
      const evidence = "evidence" in row ? shownEvidence(row) : null;
      return evidence === null ? "" : evidenceWords(evidence);
    },
  },
  { label: "This side", cell: (row) => ("inner" in row ? change(row.inner) : "") },
  {
    label: "Beyond the boundary",
    cell: (row) => {
      if (!("outer" in row)) return "";
      return row.outer ? change(row.outer) : <span className="quiet">not recorded</span>;
    },
  },
];

/** "36 to 89" */
function change([before, after]: readonly [number, number]): string {
  return `${formatCount(before)} to ${formatCount(after)}`;
}

export interface EdgeCardProps {
  readonly edge: EdgeRow;
  readonly order: number;
  readonly reach: number;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
}

export function EdgeCard({ edge, order, reach, isChosen, onChoose }: EdgeCardProps) {
  const words = intervalWords(edge);
  const evidence = shownEvidence(edge);
  return (
    <li>
      <button
        type="button"
        className={classNames(
          "edge-card pressable full grid middle framed raised pad-2-3",
          isChosen && "chosen",
        )}
        aria-pressed={isChosen}
        title={edge.sentence}
        onClick={onChoose}
      >
        <span className="edge-card__order disc centred small strong">{order}</span>
        <span className="edge-card__name strong">{edge.name}</span>
        <span
          className={`edge-card__verdict middle gap-1 small quiet edge-card__verdict--${edge.verdict}`}
        >
          <VerdictMark verdict={edge.verdict} /> {verdictWords[edge.verdict]}
        </span>
        <IntervalBar row={edge} reach={reach} />
        <span className="edge-card__words small">
          {[words, edge.oneSided ? "one-sided" : null].filter((part) => part !== null).join(" · ")}
        </span>
        {/* From no sign to has risen: it may be looked at every week (DEFINITIONS, Evidence of a rise). */}
        {evidence ? (
          <span className="edge-card__evidence row middle gap-2 small quiet">
            Week by week so far
            <progress className="edge-card__bar" value={evidence.share} aria-hidden="true" />
            {evidenceWords(evidence)}
          </span>
        ) : null}
      </button>
    </li>
  );
}

interface IntervalBarProps {
  readonly row: Pick<AssessedRow, "low" | "high" | "wdd" | "verdict">;
  /** The shared scale goes from -reach to +reach. */
  readonly reach: number;
}

const width = 200;
const middle = width / 2;

/** A bar about zero with a notch at the estimate; grey dots for cannot tell. */
function IntervalBar({ row, reach }: IntervalBarProps) {
  const x = (value: number) => middle + (value / reach) * (middle - 4);
  const { low, high, wdd, verdict } = row;
  const isKnown = low !== null && high !== null && wdd !== null && verdict !== "cannot_tell";
  return (
    <svg
      className={`interval full interval--${verdict}`}
      viewBox={`0 0 ${width} 20`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <path className="interval__zero" d={`M${middle} 0V20`} />
      {isKnown ? (
        <>
          <path className="interval__bar" d={`M${x(low)} 10H${x(high)}`} />
          <path className="interval__estimate" d={`M${x(wdd)} 4V16`} />
        </>
      ) : (
        <path className="interval__dots" d={`M${middle - 30} 10H${middle + 30}`} />
      )}
    </svg>
  );
}

export function rowKey(row: AssessedRow): string {
  return row.neighbour ?? row.name;
}
