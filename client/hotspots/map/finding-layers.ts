import type { Layer } from "@deck.gl/core";
import { hollowHexagonPaths } from "#client/hotspots/map/hexagons.ts";
import { type Measure, measureOf } from "#client/hotspots/measures/list.ts";
import { type FindingLook, type Findings, markToken } from "#client/hotspots/measures/measure.ts";
import { hexagonLayer } from "#client/map/layers/hexagon-layer.ts";
import { type Mark, markLayer } from "#client/map/layers/mark-layer.ts";
import { hollowSizes } from "#client/map/layers/mark-shapes.ts";
import { pathLayer } from "#client/map/layers/path-layer.ts";
import { type Palette, withOpacity } from "#client/map/palette.ts";
import { onceFor } from "#core/once-for.ts";
import type { StudySet } from "#core/places/study-set.ts";

export interface FindingLayersInput {
  readonly study: StudySet;
  readonly measure: Measure;
  readonly findings: Findings;
  readonly palette: Palette;
  /** Police finds: hollow cells and coloured marks. */
  readonly isHollow: boolean;
}

/** Rates of police finds are hollow, and on screen only. */
export function findingLayers(input: FindingLayersInput): readonly Layer[] {
  const { study, measure, findings, palette, isHollow } = input;
  const { looks, isOfFinds } = measureOf(measure);
  const numberOf = new Map(looks.map(({ finding }, index) => [finding, index + 1] as const));
  const classes = Uint8Array.from(findings, (finding) =>
    finding === null ? 0 : (numberOf.get(finding) ?? 0),
  );
  if (isOfFinds) {
    const rates = classes.map((number) => (number < hollowSizes.length ? number : 0));
    const paths = hollowHexagonPaths(itemsOf(study), rates);
    return [
      pathLayer({ id: "screen-rates", paths, colour: palette.ink, widthPx: 1.5 }),
      markLayer({ id: "screen-marks", marks: marksOf(study, looks, classes, palette) }),
    ];
  }
  const hollow = classes.map((number) =>
    isHollow && looks[number - 1]?.fill ? hollowSizes.length - 1 : 0,
  );
  return [
    pathLayer({
      id: "found-hollow",
      paths: hollowHexagonPaths(itemsOf(study), hollow),
      colour: palette.ink,
      widthPx: 1.5,
    }),
    hexagonLayer({
      id: `found-${measure}-${study.resolution}-${study.name}`,
      items: itemsOf(study),
      classes,
      colours: looks.map(({ fill, opacity }) =>
        withOpacity(palette[fill ?? "ink"], fill && !isHollow ? opacity : 0),
      ),
      opacity: 1,
    }),
    markLayer({ id: "marks", marks: marksOf(study, looks, classes, palette, isHollow) }),
  ];
}

/** The same array for a study set, so that only colours change. */
const itemsOf = onceFor(({ cells }: StudySet) => cells.map((cell, index) => ({ cell, index })));

function marksOf(
  study: StudySet,
  looks: readonly FindingLook[],
  classes: Uint8Array,
  palette: Palette,
  isHollow = false,
): readonly Mark[] {
  return study.cells.flatMap((cell, index): Mark[] => {
    const look = looks[(classes[index] ?? 0) - 1];
    if (!look?.mark) return [];
    return [{ cell, shape: look.mark, colour: palette[markToken(look, isHollow)] }];
  });
}
