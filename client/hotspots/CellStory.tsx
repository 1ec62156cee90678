import { nounOf } from "#client/hotspots/kind-words.ts";
import { MeasureStory } from "#client/hotspots/MeasureStory.tsx";
import { NearFactors } from "#client/hotspots/NearFactors.tsx";
import type { Ranked } from "#client/hotspots/ranked.ts";
import type { HotspotsView } from "#client/hotspots/view.ts";
import { Button } from "#client/ui/Button.tsx";
import { formatDecimal, formatProbability, formatQuantity } from "#client/ui/format.ts";
import type { H3Cell } from "#core/geo/cell.ts";
import type { Hotspot } from "#core/hotspots/rank.ts";
import type { FactorIndex } from "#core/layers/near.ts";

export interface CellStoryProps {
  readonly view: HotspotsView;
  readonly cell: H3Cell;
  readonly ranked: Ranked | null;
  readonly factors: FactorIndex;
  readonly nameOf: (cell: H3Cell) => string;
  readonly onClose: () => void;
}

/** One chosen place: plain words first, the exact statement behind a click. */
export function CellStory(props: CellStoryProps) {
  const { view, cell, ranked, factors, nameOf, onClose } = props;
  if (!ranked) return null;
  const noun = nounOf(view);
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
            {formatQuantity(row.count, noun.one, noun.many)} here;{" "}
            {formatDecimal(ranked.picture.leading.shares[study.indexOf.get(cell) ?? -1] ?? 0)} with
            uncertain times shared out, {row.rate.toFixed(2)} a week.
          </p>
          <MeasureStory view={view} cell={cell} ranked={ranked} />
          <p>{describeAround(row, noun)}</p>
          <details className="cell-story__test">
            <summary>How is this worked out?</summary>
            <p>
              Chance of at least {row.near} in this place and those around it: p{" "}
              {formatProbability(row.p)}, corrected for many places q {formatProbability(row.q)}
              {row.z === null ? "" : `, Gi* z ${row.z.toFixed(2)}`}.
            </p>
          </details>
        </>
      ) : (
        <p>Nothing here in this choice.</p>
      )}
      <NearFactors cell={cell} factors={factors} />
    </section>
  );
}

/** What the test compares, in figures: a place can stand out by those around it alone. */
export function describeAround(
  { count, near, expected, hot }: Pick<Hotspot, "count" | "near" | "expected" | "hot">,
  noun: { readonly one: string; readonly many: string },
): string {
  const found = formatQuantity(near, noun.one, noun.many);
  const verdict = hot ? "more than chance says" : "no more than chance may bring";
  const compared = `${found}, where ${formatDecimal(expected)} would be expected: ${verdict}.`;
  return hot && count === 0
    ? `What stands out lies in the places around this one: ${compared}`
    : `Here and in the places around it: ${compared}`;
}
