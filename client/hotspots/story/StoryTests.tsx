import { capitalised } from "#client/hotspots/capitalised.ts";
import type { Ranked } from "#client/hotspots/ranked.ts";
import { patternName } from "#client/hotspots/story/cell-story-words.ts";
import type { PictureTests } from "#client/hotspots/story/use-story-tests.ts";
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
  const { lens, leading } = ranked.picture;
  const method = known?.tests?.method ?? "exact";
  return (
    <details className="cell-story__test">
      <summary>How this is calculated</summary>
      <p>
        By an even spread at least {row.count} here: p {formatProbability(row.ownP)}; at least{" "}
        {row.near} with neighbouring cells: p {formatProbability(row.areaP)}. Twice the smaller{" "}
        {formatProbability(row.p)}, adjusted for multiple testing q {formatProbability(row.q)}
        {row.z === null ? ". Gi* z not defined" : `. Gi* z ${row.z.toFixed(2)}`}.
      </p>
      {given === undefined ? null : (
        <p>
          Neighbouring cells alone, given the {row.count} here: p {formatProbability(given)}
          {method === "exact" ? "" : ` (${method})`}.
        </p>
      )}
      {category && known.steps ? <p>{patternName(category, known.steps.length)}.</p> : null}
      <p className="quiet">{capitalised(describeTest(leading.summary.total, lens.study))}.</p>
    </details>
  );
}
