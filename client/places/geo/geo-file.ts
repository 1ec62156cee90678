import { boundariesOf, guessBoundaryKind } from "#core/places/boundaries.ts";
import { type FeatureFile, readFeatureFile } from "#core/places/layers/feature-file.ts";
import { noLabel, readPlaceFactors } from "#core/places/layers/place-factors.ts";
import { type BoundaryKind, boundaryKinds } from "#core/places/wire/imports.ts";
import type { FactorKind } from "#core/places/wire/layers.ts";
import { failure, type Result, success } from "#core/result.ts";
import { findEncoding } from "#core/table/encoding.ts";
import { FileFault, faultText } from "#core/table/file-fault.ts";
import { cleanFileName } from "#core/text/file-name.ts";

export type GeoKind = BoundaryKind | FactorKind;

export const geoKindWords: Readonly<Record<GeoKind, string>> = {
  ward: "Wards",
  lsoa: "LSOAs",
  beat: "Beats",
  borough: "Boroughs or districts",
  lighting: "Street lighting",
  alley: "Alleys and paths",
  stop: "Bus, tram and rail stops",
  late_venue: "Venues open late",
};

/** Read in the browser; nothing has been sent. */
export interface GeoFile {
  readonly file: File;
  readonly text: string;
  readonly features: FeatureFile;
  readonly guess: GeoKind | null;
}

/** Empty: as detected. */
export interface GeoChoices {
  readonly kind: GeoKind | null;
  readonly code: string;
  readonly name: string;
  readonly label: string;
  readonly licence: string;
}

export const noChoices: GeoChoices = { kind: null, code: "", name: "", label: "", licence: "" };

/** Larger files would freeze the browser; the command line takes them. */
const largestOnPage = 64 * 1024 ** 2;

export async function readGeoFile(file: File): Promise<Result<GeoFile>> {
  const named = (reason: string) => failure(`${cleanFileName(file.name)}: ${reason}`);
  if (file.size > largestOnPage) {
    return named(
      "The file is larger than 64 MB. Simplify the lines to about 10 m, or use the command line.",
    );
  }
  const bytes = new Uint8Array(await file.arrayBuffer());
  const encoding = findEncoding(bytes);
  if (!encoding.ok) return named(`${encoding.reason}.`);
  const text = new TextDecoder(encoding.value).decode(bytes);
  return tried(() => {
    const features = readFeatureFile(text);
    return { file, text, features, guess: guessBoundaryKind(features.propertyNames) };
  }, named);
}

export interface GeoPreview {
  readonly count: number;
  readonly names: readonly string[];
  readonly isOnGrid: boolean;
  readonly code: string | null;
  readonly name: string | null;
  readonly properties: readonly string[];
  readonly leftOut: number;
}

export function previewGeo(geo: GeoFile, choices: GeoChoices): Result<GeoPreview> {
  const { kind, code, name, label } = choices;
  if (isBoundaryKind(kind)) {
    return tried(() => {
      const said = { kind, code: code || undefined, name: name || undefined };
      const read = boundariesOf(geo.features, said);
      return {
        count: read.boundaries.length,
        names: read.boundaries.map((area) => area.name),
        isOnGrid: read.isOnGrid,
        code: read.codeProperty,
        name: read.nameProperty,
        properties: read.propertyNames,
        leftOut: 0,
      };
    });
  }
  return tried(() => {
    const read = readPlaceFactors(geo.text, label || undefined);
    return {
      count: read.factors.length,
      names: read.factors.flatMap((factor) => factor.label ?? []),
      isOnGrid: read.isOnGrid,
      code: null,
      name: read.labelProperty ?? noLabel,
      properties: read.labelProperties,
      leftOut: read.labelsLeftOut,
    };
  });
}

export function isBoundaryKind(kind: GeoKind | null): kind is BoundaryKind {
  return boundaryKinds.some((each) => each === kind);
}

function tried<Value>(
  read: () => Value,
  named: (reason: string) => Result<Value> = failure,
): Result<Value> {
  try {
    return success(read());
  } catch (error) {
    if (error instanceof FileFault) return named(faultText(error, "page"));
    throw error;
  }
}
