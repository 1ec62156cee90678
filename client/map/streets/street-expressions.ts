import type {
  DataDrivenPropertyValueSpecification,
  ExpressionSpecification,
  FilterSpecification,
} from "maplibre-gl";
import type { LineKind } from "#core/geo/tiles/street-tile.ts";

/** As a street of which nothing is known is drawn: as easy to see as the large ones, for there is nothing else to go by. */
const bareKind = "secondary";

const kind: ExpressionSpecification = ["coalesce", ["get", "kind"], bareKind];
export const isBare: ExpressionSpecification = ["!", ["has", "kind"]];

/** Pixels of a street's paper at three zooms, least first; powers of two between them. */
const widths: Readonly<Record<LineKind, readonly [at11: number, at14: number, at17: number]>> = {
  motorway: [1.6, 4.6, 20],
  main: [1.3, 4.2, 18],
  secondary: [0.9, 3.2, 15],
  street: [0.35, 2, 11],
  service: [0, 1, 6],
  path: [0, 0.7, 1.4],
  cycleway: [0, 0.7, 1.4],
  rail: [0.6, 0.9, 1.6],
};

export function among(kinds: readonly LineKind[]): FilterSpecification {
  return ["match", kind, [...kinds], true, false] as unknown as FilterSpecification;
}

/** Larger streets lie over smaller ones. */
export const rank = [
  "match",
  kind,
  ...["motorway", 5, "main", 4, "secondary", 3, "street", 2, 1],
] as unknown as ExpressionSpecification;

/** As wide as its kind, and so much wider on either side. */
export function widthOf(
  kinds: readonly LineKind[],
  edge = 0,
): DataDrivenPropertyValueSpecification<number> {
  const at = (index: 0 | 1 | 2) => [
    "match",
    kind,
    ...kinds.flatMap((one) => [one, widths[one][index] + 2 * edge]),
    0,
  ];
  return [
    "interpolate",
    ["exponential", 1.6],
    ["zoom"],
    ...[11, at(0), 14, at(1), 17, at(2)],
  ] as unknown as DataDrivenPropertyValueSpecification<number>;
}

export function byZoom(...stops: readonly (readonly [zoom: number, value: number])[]) {
  return ["interpolate", ["linear"], ["zoom"], ...stops.flat()] as ExpressionSpecification;
}
