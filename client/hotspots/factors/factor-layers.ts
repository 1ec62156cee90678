import type { Layer } from "@deck.gl/core";
import { pathLayer } from "#client/map/layers/path-layer.ts";
import { pointLayer } from "#client/map/layers/point-layer.ts";
import type { Palette } from "#client/map/palette.ts";
import type { Position } from "#core/geo/cell.ts";
import type { FactorKind, LayerFeaturesReply, PlaceFactor } from "#core/places/wire/layers.ts";

export interface FactorLayerInput {
  readonly features: LayerFeaturesReply;
  readonly kinds: readonly FactorKind[];
  readonly palette: Palette;
}

/**
 * Place factors as quiet marks over the cells, in the ink of the map: lamps are dots, stops rings,
 * late venues rings with a dot, alleys double lines.
 */
export function factorLayers({ features, kinds, palette }: FactorLayerInput): Layer[] {
  return features.kinds
    .filter(({ kind }) => kinds.includes(kind))
    .flatMap(({ kind, factors }) => [
      ...lineLayers(kind, factors, palette),
      ...pointLayers(kind, pointsOf(factors), palette),
    ]);
}

function pointsOf(factors: readonly PlaceFactor[]): readonly Position[] {
  return factors.flatMap(({ shape, line }) => (shape === "point" && line[0] ? [line[0]] : []));
}

function pointLayers(
  kind: FactorKind,
  points: readonly Position[],
  { ink, paper }: Palette,
): Layer[] {
  if (points.length === 0) return [];
  const dot = (radiusPx: number) =>
    pointLayer({ id: `${kind}-dot`, points, radiusPx, fill: ink, line: paper });
  const ring = pointLayer({ id: `${kind}-ring`, points, radiusPx: 5, fill: paper, line: ink });
  switch (kind) {
    case "lighting":
      return [dot(2)];
    case "alley":
      return [dot(3)];
    case "stop":
      return [ring];
    case "late_venue":
      return [ring, dot(2)];
  }
}

function lineLayers(
  kind: FactorKind,
  factors: readonly PlaceFactor[],
  { ink, paper }: Palette,
): Layer[] {
  const paths = factors.filter(({ shape }) => shape !== "point").map(({ line }) => line);
  if (paths.length === 0) return [];
  return [
    pathLayer({ id: `${kind}-casing`, paths, colour: ink, widthPx: 4 }),
    pathLayer({ id: `${kind}-line`, paths, colour: paper, widthPx: 2 }),
  ];
}
