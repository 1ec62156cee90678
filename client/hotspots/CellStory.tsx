import type { Ranked } from "#client/hotspots/ranked.ts";
import { Button } from "#client/ui/Button.tsx";
import { formatCount, formatDecimal, formatProbability } from "#client/ui/format.ts";
import type { H3Cell } from "#core/geo/cell.ts";
import { describeTest } from "#core/hotspots/test-cells.ts";

export interface CellStoryProps {
  readonly cell: H3Cell;
  readonly ranked: Ranked | null;
  readonly nameOf: (cell: H3Cell) => string;
  readonly onClose: () => void;
}

/** One chosen place: plain words first, the exact statement behind a click. */
export function CellStory({ cell, ranked, nameOf, onClose }: CellStoryProps) {
  if (!ranked) return null;
  const { study } = ranked.picture.lens;
  const row = ranked.rows.find((each) => each.cell === cell);
  const place = study.indexOf.has(cell) ? nameOf(cell) : "Outside the chosen area";
  return (
    <section className="cell-story" aria-label="Chosen place">
      <header className="cell-story__head">
        <h2>{place}</h2>
        <Button look="quiet" icon="close" label="Let go of this place" onClick={onClose} />
      </header>
      {row ? (
        <>
          <p>
            {formatCount(row.count)} counted; {formatDecimal(row.weight)} when uncertain times are
            shared out.{" "}
            {row.hot
              ? "With its neighbours, more than chance says."
              : "With its neighbours, no more than chance may bring."}
          </p>
          <details className="cell-story__test">
            <summary>The test</summary>
            <p>
              Chance of at least this many in this place and its neighbours: p{" "}
              {formatProbability(row.p)}, corrected for many places q {formatProbability(row.q)}
              {row.z === null ? "" : `, Gi* z ${row.z.toFixed(2)}`}.
            </p>
            <p className="quiet">{describeTest(ranked.test, study)}.</p>
          </details>
        </>
      ) : (
        <p>Nothing here in this choice.</p>
      )}
    </section>
  );
}
