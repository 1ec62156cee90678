import type {
  DataDrivenPropertyValueSpecification,
  ExpressionSpecification,
  FilterSpecification,
} from "maplibre-gl";
import {
  type FeatureTable,
  type LineKind,
  type LineTable,
  lineKinds,
} from "#core/geo/tiles/translation.ts";

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
  none: [0, 0, 0],
};

export function among(
  kind: ExpressionSpecification,
  kinds: readonly LineKind[],
): FilterSpecification {
  return ["match", kind, [...kinds], true, false] as unknown as FilterSpecification;
}

/** Larger streets lie over smaller ones. */
export function rankOf(kind: ExpressionSpecification): ExpressionSpecification {
  return [
    "match",
    kind,
    "motorway",
    5,
    "main",
    4,
    "secondary",
    3,
    "street",
    2,
    1,
  ] as unknown as ExpressionSpecification;
}

/** As wide as its kind, and so much wider on either side. */
export function widthOf(
  kind: ExpressionSpecification,
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
    11,
    at(0),
    14,
    at(1),
    17,
    at(2),
  ] as unknown as DataDrivenPropertyValueSpecification<number>;
}

export function byZoom(...stops: readonly (readonly [zoom: number, value: number])[]) {
  return ["interpolate", ["linear"], ["zoom"], ...stops.flat()] as ExpressionSpecification;
}

/** Whether a line carries none of the fields that say what it is. */
export function bareExpression({ fields }: LineTable): ExpressionSpecification {
  const has = fields.map((field): ExpressionSpecification => ["!", ["has", field]]);
  return ["all", ...has] as ExpressionSpecification;
}

/** `lineKindOf` as an expression; `bare` where a line without any kind is drawn as another one. */
export function lineKindExpression(
  table: LineTable,
  bare: LineKind = table.bare,
): ExpressionSpecification {
  const known = table.fields.reduceRight<ExpressionSpecification | LineKind>(
    (otherwise, field) => matchOf(field, table.kinds, otherwise),
    table.other,
  );
  return ["case", bareExpression(table), bare, known] as ExpressionSpecification;
}

function matchOf(
  field: string,
  kinds: LineTable["kinds"],
  otherwise: ExpressionSpecification | LineKind,
): ExpressionSpecification {
  const branches = lineKinds.flatMap((kind) => {
    const values = Object.keys(kinds).filter((value) => kinds[value] === kind);
    return values.length > 0 ? [values, kind] : [];
  });
  return ["match", ["get", field], ...branches, otherwise] as unknown as ExpressionSpecification;
}

/** `holds` as a filter; for one kind of geometry where a layer holds several. */
export function filterOf(
  { field, values }: FeatureTable,
  geometry?: "Point" | "LineString" | "Polygon",
): FilterSpecification {
  const conditions: ExpressionSpecification[] = [];
  if (geometry) conditions.push(["==", ["geometry-type"], geometry]);
  if (field) conditions.push(["in", ["get", field], ["literal", [...(values ?? [])]]]);
  return ["all", ...conditions] as FilterSpecification;
}
