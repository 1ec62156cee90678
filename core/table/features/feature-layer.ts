import type { Bounds } from "#core/geo/bounds.ts";
import type { PointSystem } from "#core/table/features/point-system.ts";
import { FileFault } from "#core/table/file-fault.ts";
import type { RowUnit } from "#core/table/row-unit.ts";

/** As GeoJSON has it, without heights. */
export interface Shape {
  readonly type: string;
  readonly coordinates?: unknown;
}

export interface LayerFeature {
  /** In the order of the layer's `names`. */
  readonly values: readonly unknown[];
  /** In the units of the layer's system. */
  readonly shape: Shape | null;
  /** Where they are not counted from 1: its line. */
  readonly number?: number;
}

export interface FeaturePiece {
  readonly features: readonly LayerFeature[];
  /** Octets done, of the layer's `size`. */
  readonly bytes: number;
}

export type LayerFormat = "geopackage" | "shapefile" | "flatgeobuf" | "kml" | "parquet" | "geojson";

/** One layer of a file of shapes: columns, and a shape for each row. */
export interface FeatureLayer {
  readonly format: LayerFormat;
  readonly names: readonly string[];
  readonly system: PointSystem;
  /** Layers to choose from, by name; none where the format has no names for them. */
  readonly layers: readonly string[];
  readonly layer: string | null;
  readonly size: number;
  /** What a number counts; features unless said. */
  readonly unit?: RowUnit;
  /** False where no row has a shape. */
  readonly hasShapes?: boolean;
  /** Whom the file asks to be named. */
  readonly attribution?: string | null;
  readonly pieces: () => AsyncIterable<FeaturePiece>;
}

export type ShapeKind = "points" | "lines" | "areas";

export interface LayerRequest {
  /** The one that is named; null for the only one that fits. */
  readonly layer: string | null;
  readonly shapes: ShapeKind | "any";
  /** Features outside by their own envelope may be skipped; null: all. */
  readonly within: Bounds | null;
}

/** Features handed over in one piece, and octets of a file from which they come. */
export const featuresAtOnce = 1_000;
const octetsAtOnce = 4_000_000;

export const isFull = ({ length }: readonly LayerFeature[], octets: number) =>
  length >= featuresAtOnce || octets >= octetsAtOnce;

/** Octets of one row: above the most detailed outline of a country's district. */
export const longestRecord = 64_000_000;

export const formatNames: Readonly<Record<LayerFormat, string>> = {
  geopackage: "GeoPackage",
  shapefile: "Shapefile",
  flatgeobuf: "FlatGeobuf",
  kml: "KML file",
  parquet: "Parquet file",
  geojson: "GeoJSON file",
};

export function damaged(format: LayerFormat, cause?: unknown): FileFault {
  return new FileFault(
    `this ${formatNames[format]} cannot be read: part of it is missing or damaged; export it again, or as CSV`,
    { cause },
  );
}

/** Whatever a reader trips over in a file is the file's fault, and said in one line. */
export async function orDamaged<Value>(
  format: LayerFormat,
  work: () => Promise<Value>,
): Promise<Value> {
  try {
    return await work();
  } catch (cause) {
    throw cause instanceof FileFault ? cause : damaged(format, cause);
  }
}

export async function* piecesOrDamaged(
  format: LayerFormat,
  pieces: AsyncIterable<FeaturePiece>,
): AsyncIterable<FeaturePiece> {
  const iterator = pieces[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await orDamaged(format, () => iterator.next());
      if (next.done) return;
      yield next.value;
    }
  } finally {
    await iterator.return?.();
  }
}

export interface NamedLayer {
  readonly name: string;
  /** As the format writes it, such as POINT or PolygonZ. */
  readonly type: string;
}

/** The named one; else the only one with such shapes, or the only one of roads among those. */
export function chooseLayer<Layer extends NamedLayer>(
  layers: readonly Layer[],
  { layer: wanted, shapes }: LayerRequest,
): { readonly chosen: Layer; readonly fit: readonly Layer[] } {
  const names = layers.map(({ name }) => name).join(", ");
  const fit = layers.filter(({ type }) => holds(type, shapes));
  const roads = fit.filter(({ name }) => shapes === "lines" && /road|street/i.test(name));
  const [found, second] =
    wanted !== null ? layers.filter(({ name }) => name === wanted) : roads.length > 0 ? roads : fit;
  if (!found) {
    const what = wanted === null ? `no layer with ${shapes}` : `no layer "${wanted}"`;
    throw new FileFault(`it has ${what}; its layers are: ${names || "none"}${wayOut(shapes)}`);
  }
  // Events are shown with the others to choose from, as sheets of a workbook are.
  if (second && shapes !== "points") {
    throw new FileFault(`it has several layers: ${names}`, {
      remedy: { command: "say which one with --layer", page: "export only the one that is needed" },
    });
  }
  return { chosen: found, fit };
}

const wayOut = (shapes: LayerRequest["shapes"]) =>
  shapes === "points" ? ". An event is a point: export the points of the events" : "";

/** Where a file has one layer, by the types of its shapes; without any, the rows tell what is missing. */
export function refuseOtherShapes(
  types: ReadonlySet<string>,
  shapes: LayerRequest["shapes"] = "points",
): void {
  if (types.size === 0 || [...types].some((type) => holds(type, shapes))) return;
  throw new FileFault(`it holds ${[...types].join(" and ")}, no ${shapes}${wayOut(shapes)}`);
}

/** Also where its type leaves it open. */
function holds(type: string, shapes: LayerRequest["shapes"]): boolean {
  const kind = kindOf(type);
  return kind === shapes || kind === null || shapes === "any";
}

function kindOf(type: string): ShapeKind | null {
  if (/POINT/i.test(type)) return "points";
  if (/LINE|CURVE$/i.test(type)) return "lines";
  return /POLYGON|SURFACE$/i.test(type) ? "areas" : null;
}
