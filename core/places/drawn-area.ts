import { center } from "@turf/center";
import { circle } from "@turf/circle";
import { multiPoint } from "@turf/helpers";
import { cellCentre, eventResolution, type Position } from "#core/geo/cell.ts";
import { isInsidePolygons } from "#core/geo/point-in-polygon.ts";
import { createStudySet, type StudySet } from "#core/places/study-set.ts";

/** An area that a person drew, as the name by which a view and a link hold it: `drawn:LNG,LAT,LNG,LAT,...`. */
const prefix = "drawn:";
/** Keeps a link under about 1,600 characters. */
export const mostCorners = 80;
export const fewestCorners = 3;
/** Four decimals are about ten metres: far less than a cell. */
const decimals = 4;

export function isDrawn(area: string): boolean {
  return area.startsWith(prefix);
}

/** Equal corners in a row are one; of too many every second one goes, until they are few enough. */
export function formatDrawn(corners: readonly Position[]): string {
  const words = corners.map(([lng, lat]) => `${lng.toFixed(decimals)},${lat.toFixed(decimals)}`);
  let written = words.filter((word, index) => word !== words.at(index - 1));
  while (written.length > mostCorners) written = written.filter((_, index) => index % 2 === 0);
  return `${prefix}${written.join(",")}`;
}

/** The corners; null where the name holds no area that could be drawn. */
export function parseDrawn(area: string): readonly Position[] | null {
  if (!isDrawn(area)) return null;
  const words = area.slice(prefix.length).split(",");
  const numbers = words.map((word) =>
    /^-?\d{1,3}(?:\.\d{1,8})?$/.test(word) ? Number(word) : NaN,
  );
  const isWhole = numbers.length % 2 === 0 && numbers.every(Number.isFinite);
  const count = numbers.length / 2;
  if (!isWhole || count < fewestCorners || count > mostCorners) return null;
  const corners = Array.from({ length: count }, (_, at): Position => {
    return [numbers[2 * at] as number, numbers[2 * at + 1] as number];
  });
  const isOnMap = corners.every(([lng, lat]) => Math.abs(lng) <= 180 && Math.abs(lat) <= 90);
  return isOnMap ? corners : null;
}

/**
 * The cells of the command whose centre lies inside the line, by the even-odd rule where it crosses
 * itself. It may hold none.
 */
export function drawnStudySet(corners: readonly Position[], command: StudySet, name = drawnName) {
  const polygons = [[corners]];
  const inside = command.cells.filter((cell) => isInsidePolygons(cellCentre(cell), polygons));
  return createStudySet(name, eventResolution, inside);
}

export const drawnName = "Drawn area";

export function circleAround([lng, lat]: Position, radiusM: number, corners = 24): Position[] {
  const { geometry } = circle([lng, lat], radiusM, { units: "meters", steps: corners });
  const ring = geometry.coordinates[0] ?? [];
  // Its last corner is its first again.
  return ring.slice(0, -1).map(([atLng = 0, atLat = 0]): Position => [atLng, atLat]);
}

/** The middle of its bounds, by which it is called. */
export function middleOf(corners: readonly Position[]): Position {
  const middle = center(multiPoint(corners.map(([lng, lat]) => [lng, lat])));
  const [lng = 0, lat = 0] = middle.geometry.coordinates;
  return [lng, lat];
}
