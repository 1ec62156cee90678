import { askThen } from "#client/api/ask.ts";
import type { ResourceLoader } from "#client/api/resource.ts";
import { keptCall } from "#client/live/kept.ts";
import { layerFeatures } from "#client/places/layer-features.ts";
import { places } from "#client/places/places.ts";
import type { GazetteerFile } from "#core/places/gazetteer/read-gazetteer.ts";
import {
  type BoundaryKind,
  boundaryCalls,
  boundaryKinds,
  gazetteerCalls,
  layerCalls,
} from "#core/places/wire/imports.ts";
import type { FactorKind } from "#core/places/wire/layers.ts";
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

export function isBoundaryKind(kind: GeoKind): kind is BoundaryKind {
  return boundaryKinds.some((each) => each === kind);
}

export const boundarySets = keptCall(boundaryCalls.list);
export const placeLayers = keptCall(layerCalls.list);
export const gazetteers = keptCall(gazetteerCalls.list);
/** All their names with their cells: fetched once, when a file is chosen whose rows may need them. */
export const gazetteerNames = keptCall(gazetteerCalls.names);

export function boundariesChanged(): void {
  boundarySets.reload();
  reloadIfKnown(places);
}
export const askBoundaries = askThen(boundariesChanged);

export function layersChanged(): void {
  placeLayers.reload();
  reloadIfKnown(layerFeatures);
}
export const askLayers = askThen(layersChanged);

/** Reloads gazetteer names on every screen. */
export const askGazetteers = askThen(() => {
  gazetteers.reload();
  gazetteerNames.reset();
});

function reloadIfKnown<Value>({ store, reload }: ResourceLoader<Value>): void {
  if (store.get().status !== "idle") reload();
}

/** Sends the names of a file that was read here; nothing else of it. */
export function sendGazetteer(name: string, read: GazetteerFile, signal: AbortSignal) {
  const { rows, outside } = read.counts;
  const fileName = cleanFileName(name).slice(-200);
  const body = { fileName, format: read.format, rows, outside, names: read.names };
  return askGazetteers(gazetteerCalls.add, { body }, { signal });
}
