import { useEffect, useMemo, useRef } from "react";
import { NearFactors } from "#client/hotspots/factors/NearFactors.tsx";
import { lookOf, measureOf } from "#client/hotspots/measures/list.ts";
import { FindingMark } from "#client/hotspots/measures/Marks.tsx";
import { useHotspotsParts } from "#client/hotspots/ranked/hotspots-parts.ts";
import type { Ranked } from "#client/hotspots/ranked/ranked.ts";
import { filterOf } from "#client/hotspots/state/filters.ts";
import { Pin } from "#client/hotspots/state/pin-slot.tsx";
import { isOnScreenAlone, leadingSource } from "#client/hotspots/state/view.ts";
import { isToldApart, nounOf } from "#client/hotspots/state/words.ts";
import {
  cellWarnings,
  describeAround,
  expectedWords,
  partName,
  patternName,
  patternWords,
  storyWords,
} from "#client/hotspots/story/cell-story-words.ts";
import { MonthBars } from "#client/hotspots/story/MonthBars.tsx";
import { type StoryPattern, useStoryPattern } from "#client/hotspots/story/use-story-pattern.ts";
import { usePalette } from "#client/map/palette.ts";
import { Button } from "#client/ui/Button.tsx";
import { capitalised, formatDecimal, formatProbability } from "#client/ui/format.ts";
import { Icon } from "#client/ui/Icon.tsx";
import { cellCentre, type H3Cell } from "#core/geo/cell.ts";
import { cellClocks } from "#core/hotspots/busiest-hours.ts";
import { type CellPart, cellStory } from "#core/hotspots/cell-story.ts";
import type { Hotspot } from "#core/hotspots/rank.ts";
import { busiestBlock } from "#core/hotspots/sentence.ts";
import { stepName } from "#core/hotspots/steps.ts";
import { describeTest } from "#core/hotspots/test-cells.ts";
import { circleAround, formatDrawn } from "#core/places/drawn-area.ts";
import type { FactorIndex } from "#core/places/layers/near.ts";
import { degreeOf, neighbourSums } from "#core/stats/neighbours.ts";
import { formatQuantity } from "#core/text/numbers.ts";
import "#client/hotspots/story/cell-story.css";

export interface CellStoryProps {
  readonly cell: H3Cell;
  readonly factors: FactorIndex;
  readonly onClose: () => void;
}

export function CellStory({ cell, factors, onClose }: CellStoryProps) {
  const { view, ranked, nameOf, store } = useHotspotsParts();
  if (!ranked) return null;
  const at = ranked.picture.lens.study.indexOf.get(cell);
  return (
    <section className="surface pad-3 framed" aria-label="Chosen place">
      <header className="cell-story__head">
        <BackButton onClick={onClose} />
        <h2>{at === undefined ? "Outside the chosen area" : nameOf(cell)}</h2>
      </header>
      {at === undefined ? (
        <p>{nameOf(cell)} is outside the chosen area, so it is not counted.</p>
      ) : (
        <InsideStory cell={cell} ranked={ranked} at={at} />
      )}
      <NearFactors cell={cell} factors={factors} />
      <div className="above-2 no-print row wrap middle gap-2">
        <span className="small quiet">Show only:</span>
        {aroundMetres.map((metres) => (
          <Button
            key={metres}
            disabled={view.area === areaAround(cell, metres)}
            onClick={() => store.change({ area: areaAround(cell, metres) })}
          >
            within {metres === 1000 ? "1 km" : `${metres} m`}
          </Button>
        ))}
        {at === undefined ? null : <Pin view={view} cell={cell} />}
      </div>
    </section>
  );
}

/** Takes the focus that was on a row: the list is out of sight now. */
function BackButton({ onClick }: { readonly onClick: () => void }) {
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    const { activeElement } = document;
    if (activeElement?.matches("tr") && !activeElement.checkVisibility()) button.current?.focus();
  }, []);
  return (
    <button ref={button} type="button" className="button button--quiet no-print" onClick={onClick}>
      <Icon name="back" />
      Back to the list
    </button>
  );
}

const aroundMetres = [500, 1000] as const;

function areaAround(cell: H3Cell, metres: number): string {
  return formatDrawn(circleAround(cellCentre(cell), metres));
}

interface InsideProps extends Pick<CellStoryProps, "cell"> {
  readonly ranked: Ranked;
  /** Position in the study set. */
  readonly at: number;
}

function InsideStory({ cell, ranked, at }: InsideProps) {
  const { data, view } = useHotspotsParts();
  const noun = nounOf(view);
  const { events, zone } = data;
  const { picture } = ranked;
  const { lens, leading } = picture;
  const known = useStoryPattern(data, view, picture);
  const story = useMemo(() => {
    const filter = filterOf(view, leadingSource(view), zone);
    return cellStory({ events, indexOfCell: lens.indexOfCell, cell: at, filter, zone });
  }, [events, zone, lens, at, view]);
  const near = useMemo(
    () =>
      (neighbourSums(leading.summary.counts, lens.study)[at] ?? 0) +
      (leading.summary.counts[at] ?? 0),
    [leading, lens, at],
  );
  const busiest = useMemo(() => {
    const { filter } = leading;
    const { indexOfCell } = lens;
    const [clock] = cellClocks({ events, indexOfCell, cells: [at], filter });
    return clock ? busiestBlock(clock, filter.hours) : null;
  }, [events, lens, leading, at]);
  const row = ranked.rows.find((each) => each.cell === cell);
  const warnings = cellWarnings(story, { near, neighbours: degreeOf(lens.study, at) });
  return (
    <>
      {row ? <Figures row={row} share={leading.shares[at] ?? 0} noun={noun} /> : null}
      <MeasureStory ranked={ranked} at={at} />
      {row ? null : <p>No matching records here.</p>}
      {busiest ? <p>Most on {busiest}.</p> : null}
      <Parts parts={story.parts} />
      <MonthBars months={story.months} range={view} noun={noun} />
      {measureOf(view.measure).isOverTime ? null : <p>{describePattern(known, at)}</p>}
      {warnings.length > 0 ? (
        <ul className="cell-story__warnings marked stack gap-1 small" aria-label="Read with care">
          {warnings.map((text) => (
            <li key={text}>
              <Icon name="warning" /> <span>{text}</span>
            </li>
          ))}
        </ul>
      ) : null}
      {row ? <StoryTests row={row} at={at} ranked={ranked} known={known} /> : null}
    </>
  );
}

const listedParts = 5;

function Parts({ parts }: { readonly parts: readonly CellPart[] }) {
  const list = (some: readonly CellPart[]) => (
    <ul className="cell-story__parts stack gap-1 small">
      {some.map((part) => (
        <li key={partName(part)} className="row between gap-3">
          <span>{partName(part)}</span> <strong>{part.count}</strong>
        </li>
      ))}
    </ul>
  );
  const more = parts.slice(listedParts);
  return (
    <>
      {parts.length > 0 ? list(parts.slice(0, listedParts)) : null}
      {more.length > 0 ? (
        <details className="small">
          <summary>Show {formatQuantity(more.length, "more type")}</summary>
          {list(more)}
        </details>
      ) : null}
    </>
  );
}

function Figures({
  row,
  share,
  noun,
}: {
  readonly row: Hotspot;
  readonly share: number;
  readonly noun: { readonly one: string; readonly many: string };
}) {
  return (
    <>
      <p>
        {formatQuantity(row.count, noun.one, noun.many)} here
        {isToldApart(row.count, share)
          ? ` (${formatDecimal(share)} with uncertain times shared out)`
          : ""}
        , {row.rate.toFixed(2)} a week.
      </p>
      <p>{describeAround(row, noun)}</p>
    </>
  );
}

/** Never blank while the test is running. */
function describePattern(known: StoryPattern | null, at: number): string {
  if (!known) return "Over time: calculating.";
  const category = known.answer?.categories[at];
  if (!category) return "Over time: choose at least four whole weeks to see a pattern.";
  const around = known.answer.around[at] ?? 0;
  return `Over time: ${patternWords(category, around, stepName(known.steps))}`;
}

function MeasureStory({ ranked, at }: Pick<InsideProps, "ranked" | "at">) {
  const { view } = useHotspotsParts();
  const palette = usePalette();
  const look = lookOf(ranked.measure, ranked.findings?.[at] ?? null);
  const words = storyWords(view, ranked, at);
  if (!look || !words) return null;
  const isHollow = leadingSource(view) === "discovered";
  return (
    <p className={isOnScreenAlone(view) ? "no-print" : undefined}>
      <FindingMark look={look} palette={palette} isHollow={isHollow} />{" "}
      <strong>{look.word}.</strong> {words}
    </p>
  );
}

interface StoryTestsProps extends Pick<InsideProps, "ranked" | "at"> {
  readonly row: Hotspot;
  readonly known: StoryPattern | null;
}

function StoryTests({ row, at, ranked, known }: StoryTestsProps) {
  const category = known?.answer?.categories[at];
  const { lens, leading } = ranked.picture;
  return (
    <details>
      <summary>How this is calculated</summary>
      <p>
        By an even spread {expectedWords(row.expectedOwn)} here, at least {row.count}: p{" "}
        {formatProbability(row.ownP)}; {expectedWords(row.expected)} with neighbouring cells, at
        least {row.near}: p {formatProbability(row.areaP)}. Twice the smaller{" "}
        {formatProbability(row.p)}, adjusted for multiple testing q {formatProbability(row.q)}
        {row.z === null ? ". Gi* z not defined" : `. Gi* z ${row.z.toFixed(2)}`}.
      </p>
      {row.beside ? (
        <p>Beyond chance only with what is next door, and no longer once that is left out.</p>
      ) : null}
      {category ? <p>{patternName(category, known.steps.length)}.</p> : null}
      <p className="quiet">{capitalised(describeTest(leading.summary.total, lens.study))}.</p>
    </details>
  );
}
