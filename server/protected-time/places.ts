import { footprintOf, readPlaceLabel } from "#core/protected-time/footprint.ts";
import type { PlaceKind } from "#core/protected-time/ground.ts";
import { readLatticePlace } from "#core/protected-time/lattice.ts";
import { footprintGroundFault, type PatrolGround } from "#core/protected-time/patrol-ground.ts";
import type { Transaction } from "#server/db/database.ts";
import { Problem } from "#server/problem.ts";
import {
  insertPlace,
  loadSavedPlaces,
  renamePlace,
  type SavedPlaceRow,
} from "#server/protected-time/queries/places-saved.ts";

export interface PlaceDraft {
  /** Drawn by the page, so that what is sent twice is saved once. */
  readonly key?: string | undefined;
  readonly partnerId: string;
  readonly label: string;
  readonly kind: PlaceKind;
  /** Snapped by core/protected-time/lattice.ts where the venue is known: the partner's browser, an import. */
  readonly lattice: readonly string[];
  readonly classM: number;
  readonly now: number;
}

const mostPlaces = 200;

/**
 * Keeps lattice cells, class and label; the venue never gets here. The footprint is made of the first two alone,
 * so that every place of the same cells and class is closed as the same.
 */
export async function savePlace(
  tx: Transaction,
  draft: PlaceDraft,
  /** Null where no boundary is stored, or where it was asked before. */
  ground: PatrolGround | null,
): Promise<SavedPlaceRow> {
  const label = checkLabel(draft.label);
  const place = readLatticePlace(draft);
  if (!place.ok) throw new Problem(422, "Place not saved", place.reason);
  const cells = footprintOf(place.value);
  const beyond = ground && footprintGroundFault(ground, cells);
  if (beyond !== null) throw new Problem(422, "Place not saved", beyond);
  const existing = await loadSavedPlaces(tx, draft.partnerId);
  if (existing.length >= mostPlaces) {
    throw new Problem(422, "Place not saved", `There are ${mostPlaces} places already.`);
  }
  return insertPlace(tx, { ...draft, ...place.value, label, cells });
}

/** The label is all that can be changed of a saved place. */
export async function relabelPlace(
  tx: Transaction,
  place: { readonly partnerId: string; readonly key: string; readonly label: string },
): Promise<SavedPlaceRow> {
  const renamed = await renamePlace(tx, { ...place, label: checkLabel(place.label) });
  if (renamed === null) throw placeNotFound();
  return renamed;
}

/** One of the partner's own places; another's does not exist. */
export async function ownPlace(
  tx: Transaction,
  partnerId: string,
  key: string,
): Promise<SavedPlaceRow> {
  const place = (await loadSavedPlaces(tx, partnerId)).find((one) => one.key === key);
  if (place === undefined) throw placeNotFound();
  return place;
}

function placeNotFound(): Problem {
  return new Problem(404, "No such place", "You have no saved place with this number.");
}

function checkLabel(text: string): string {
  const label = readPlaceLabel(text);
  if (!label.ok) throw new Problem(422, "Place not saved", label.reason);
  return label.value;
}
