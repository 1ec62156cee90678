import { isOnGrid } from "#core/geo/national-grid.ts";
import { type BoundaryFile, boundariesOf } from "#core/places/boundaries.ts";
import {
  type FeatureFile,
  firstPosition,
  readFeatureFile,
} from "#core/places/layers/feature-file.ts";
import { FileFault } from "#core/table/file-fault.ts";
import type { Transaction } from "#server/db/database.ts";
import { fileSource, readWhole } from "#server/files/import-source.ts";
import { readGeoPackage } from "#server/places/geopackage.ts";
import { inFile } from "#server/places/pack/pack-fault.ts";

export interface BoundaryWish {
  readonly path: string;
  /** Of a GeoPackage; null where it has but one with areas. */
  readonly layer: string | null;
  /** The option that names a layer. */
  readonly layerOption: "--layer" | "--neighbours-layer";
  /** Names of properties; found by their own names where undefined. */
  readonly code?: string | undefined;
  readonly name?: string | undefined;
  /** Whether metres may be taken for those of the British National Grid. */
  readonly takesGrid: boolean;
}

export interface BoundaryTools {
  readonly tx: Transaction;
  /** A folder for links to files that SQLite reads. */
  readonly folder: string;
  readonly signal: AbortSignal;
}

const mostFeatures = 50_000;

/** The areas of a GeoJSON or GeoPackage file in WGS84, by what is in it. Throws a `FileFault` with the file's name. */
export function readBoundaryFile(tools: BoundaryTools, wish: BoundaryWish): Promise<BoundaryFile> {
  return inFile(wish.path, async () => {
    const file = await readFeatures(tools, wish);
    refuseOtherMetres(file, wish);
    const { code, name } = wish;
    return boundariesOf(withOwn(file, [code, name]), { kind: "borough", code, name });
  });
}

/** Without properties that some feature leaves empty or that two share, where others are left: neither names each area. */
function withOwn(file: FeatureFile, said: readonly (string | undefined)[]): FeatureFile {
  const { features, propertyNames } = file;
  const isOfEach = (name: string) =>
    new Set(features.flatMap(({ properties }) => properties.get(name) ?? [])).size ===
    features.length;
  const left = propertyNames.filter((name) => said.includes(name) || isOfEach(name));
  return left.length === 0 ? file : { ...file, propertyNames: left };
}

const sqliteMark = "SQLite format 3\0";

async function readFeatures(
  { tx, folder, signal }: BoundaryTools,
  { path, layer, layerOption }: BoundaryWish,
): Promise<FeatureFile> {
  const source = await fileSource(path);
  if (source.totalBytes === 0) throw new FileFault("the file is empty");
  const start = (await source.read?.(0, sqliteMark.length)) ?? [];
  if (Buffer.from(start).toString("latin1") === sqliteMark) {
    return readGeoPackage(tx, path, {
      ...{ layer, layerOption, shapes: "areas", mostFeatures, within: null },
      ...{ folder, signal },
    });
  }
  if (layer !== null) {
    throw new FileFault(`it is no GeoPackage, so it has no layers: leave ${layerOption} out`);
  }
  return readFeatureFile((await readWhole(source, signal)).text);
}

function refuseOtherMetres(
  { reference, features }: FeatureFile,
  { takesGrid }: BoundaryWish,
): void {
  if (reference !== "grid") return;
  const first = firstPosition(features[0]?.geometry?.coordinates);
  const isOther = first !== null && !isOnGrid(first[0], first[1]);
  if (!isOther && takesGrid) return;
  const at = first === null ? "" : ` (the first point is ${first.join(", ")})`;
  throw new FileFault(
    takesGrid
      ? `its points are metres of a grid that it does not name${at}; export it in WGS84 (EPSG:4326)`
      : `its points are metres${at}, and metres are read as British National Grid only where --zone is Europe/London; export it in WGS84 (EPSG:4326)`,
  );
}
