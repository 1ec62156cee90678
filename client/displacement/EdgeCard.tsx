import { IntervalBar } from "#client/displacement/IntervalBar.tsx";
import { VerdictMark } from "#client/displacement/VerdictMark.tsx";
import { type EdgeRow, intervalWords, verdictWords } from "#client/displacement/verdict-words.ts";
import { classNames } from "#client/ui/class-names.ts";

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
