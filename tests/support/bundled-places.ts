import { commandStudySet } from "#core/places/command.ts";
import { type EdgeZone, edgeZones } from "#core/places/edge-zone.ts";
import type { StudySet } from "#core/places/study-set.ts";
import { type PatrolGround, patrolGroundOf } from "#core/protected-time/patrol-ground.ts";
import type { BundledPlaces } from "#server/places/check-pack.ts";
import { loadPack } from "#server/places/load.ts";

let places: BundledPlaces | null = null;
let study: StudySet | null = null;
let zones: readonly EdgeZone[] | null = null;
let ground: PatrolGround | null = null;

/** What every clone carries, read once for all files of a worker: it takes half a second, and nothing changes it. */
export function readBundledPlaces(): BundledPlaces {
  places ??= loadPack();
  return places;
}

/** The cells of the whole command, made once likewise. */
export function bundledStudy(): StudySet {
  study ??= commandStudySet(readBundledPlaces().areas);
  return study;
}

/** The zones along its edges, likewise. */
export function bundledZones(): readonly EdgeZone[] {
  const { areas, edges } = readBundledPlaces();
  zones ??= edgeZones(areas, edges, bundledStudy());
  return zones;
}

/** Where a patrol may go by day and by night, likewise. */
export function bundledGround(): PatrolGround {
  ground ??= patrolGroundOf(bundledStudy());
  return ground;
}
