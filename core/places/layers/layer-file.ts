import {
  type FeatureFile,
  type FileFeature,
  inSystem,
  referenceOf,
  shortProperties,
} from "#core/places/layers/feature-file.ts";
import type { FeatureLayer } from "#core/table/features/feature-layer.ts";
import { FileFault } from "#core/table/file-fault.ts";
import { formatCount } from "#core/text/numbers.ts";

/** Points of all outlines that are held at one time: some 250 MB. */
const mostPoints = 5_000_000;

/** All features of a layer, in degrees or in metres of the British National Grid. */
export async function featureFileOf(layer: FeatureLayer, most: number): Promise<FeatureFile> {
  const { names, system } = layer;
  const features: FileFeature[] = [];
  let points = 0;
  for await (const piece of layer.pieces()) {
    for (const { values, shape } of piece.features) {
      points += pointsIn(shape?.coordinates);
      if (features.length >= most || points > mostPoints) throw tooLarge(layer, most);
      const geometry = shape && inSystem(shape, system);
      const record = Object.fromEntries(names.map((name, at) => [name, values[at]]));
      features.push({ number: features.length + 1, properties: shortProperties(record), geometry });
    }
  }
  if (features.length === 0) throw new FileFault(`${calledIn(layer)} has no features in this area`);
  const used = new Set(features.flatMap((one) => [...one.properties.keys()]));
  const reference = referenceOf(system);
  return { features, propertyNames: [...used], reference, attribution: null };
}

const calledIn = ({ layer }: FeatureLayer) =>
  layer === null ? "the file" : `the layer "${layer}"`;

function tooLarge(layer: FeatureLayer, most: number): FileFault {
  return new FileFault(
    `${calledIn(layer)} is too large: at most ${formatCount(most)} features and ${formatCount(mostPoints)} points are read; export only the area that is needed`,
  );
}

function pointsIn(coordinates: unknown): number {
  if (!Array.isArray(coordinates)) return 0;
  if (typeof coordinates[0] === "number") return 1;
  return coordinates.reduce((sum: number, one: unknown) => sum + pointsIn(one), 0);
}
