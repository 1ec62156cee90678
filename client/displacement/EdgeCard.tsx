import { VerdictMark } from "#client/displacement/VerdictMark.tsx";
import {
  type AssessedRow,
  type EdgeRow,
  intervalWords,
  verdictWords,
} from "#client/displacement/verdict-words.ts";
import { classNames } from "#client/ui/class-names.ts";

interface IntervalBarProps {
  readonly row: Pick<AssessedRow, "low" | "high" | "wdd" | "verdict">;
  /** Both ends of the shared scale. */
  readonly reach: number;
}

const width = 200;
const middle = width / 2;

/** The interval as a bar about zero, the best estimate a notch in it; grey dots for cannot tell. */
function IntervalBar({ row, reach }: IntervalBarProps) {
  const x = (value: number) => middle + (value / reach) * (middle - 4);
  const { low, high, wdd, verdict } = row;
  const isKnown = low !== null && high !== null && wdd !== null && verdict !== "cannot_tell";
  return (
    <svg
      className={`interval interval--${verdict}`}
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

export interface EdgeCardProps {
  readonly edge: EdgeRow;
  /** The same number stands on the map. */
  readonly order: number;
  readonly reach: number;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
}

/** One edge: its answer in a mark and words, and its interval on the common scale. */
export function EdgeCard({ edge, order, reach, isChosen, onChoose }: EdgeCardProps) {
  const words = intervalWords(edge);
  return (
    <li>
      <button
        type="button"
        className={classNames("edge-card", isChosen && "edge-card--chosen")}
        aria-pressed={isChosen}
        title={edge.sentence}
        onClick={onChoose}
      >
        <span className="edge-card__order">{order}</span>
        <span className="edge-card__name">{edge.name}</span>
        <span className={`edge-card__verdict edge-card__verdict--${edge.verdict}`}>
          <VerdictMark verdict={edge.verdict} /> {verdictWords[edge.verdict]}
        </span>
        <IntervalBar row={edge} reach={reach} />
        <span className="edge-card__words">
          {[words, edge.oneSided ? "one-sided" : null].filter((part) => part !== null).join(" · ")}
        </span>
      </button>
    </li>
  );
}
