import { patternName } from "#client/hotspots/cell-story-words.ts";
import type { Ranked } from "#client/hotspots/ranked.ts";
import type { PictureTests } from "#client/hotspots/use-story-tests.ts";
import { formatProbability } from "#client/ui/format.ts";
import type { Hotspot } from "#core/hotspots/rank.ts";
import { describeTest } from "#core/hotspots/test-cells.ts";

export interface StoryTestsProps {
  readonly row: Hotspot;
  /** Position in the study set. */
  readonly at: number;
  readonly ranked: Ranked;
  readonly known: PictureTests | null;
}

/** The exact statements of every test of one place. */
export function StoryTests({ row, at, ranked, known }: StoryTestsProps) {
  const given = known?.tests?.exactP[at];
  const category = known?.tests?.categories?.[at];
  const method = known?.tests?.method ?? "exact";
  return (
    <details className="cell-story__test">
      <summary>How is this worked out?</summary>
      <p>
        Chance of at least {row.near} in this place and those around it: p{" "}
        {formatProbability(row.p)}, corrected for many places q {formatProbability(row.q)}
        {row.z === null ? ", Gi* z not defined" : `, Gi* z ${row.z.toFixed(2)}`}.
      </p>
      {given === undefined ? null : (
        <p>
          Of those around it alone, given the {row.count} here: p {formatProbability(given)}
          {method === "exact" ? "" : ` (${method})`}.
        </p>
      )}
      {category && known.steps ? <p>{patternName(category, known.steps.length)}.</p> : null}
      <p className="quiet">{describeTest(ranked.test, ranked.picture.lens.study)}.</p>
    </details>
  );
}
