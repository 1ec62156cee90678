import type { AssessedRow } from "#client/displacement/verdict-words.ts";

export interface IntervalBarProps {
  readonly row: Pick<AssessedRow, "low" | "high" | "wdd" | "verdict">;
  /** Both ends of the shared scale. */
  readonly reach: number;
}

const width = 200;
const middle = width / 2;

/** The interval as a bar about zero, the best estimate a notch in it; grey dots for cannot tell. */
export function IntervalBar({ row, reach }: IntervalBarProps) {
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
