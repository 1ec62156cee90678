import { center } from "@turf/center";
import { circle } from "@turf/circle";
import { multiPoint } from "@turf/helpers";
import { cellCentre, eventResolution, type Position } from "#core/geo/cell.ts";
import { isInsidePolygons } from "#core/geo/point-in-polygon.ts";
import { createStudySet, type StudySet } from "#core/places/study-set.ts";

/** A drawn area in views and links: `drawn:LNG,LAT,LNG,LAT,...`. */
const prefix = "drawn:";
/** Keeps a link under about 1,600 characters. */
export const mostCorners = 80;
export const fewestCorners = 3;
/** Four decimals are about ten metres: far less than a cell. */
const decimals = 4;

export function isDrawn(area: string): boolean {
  return area.startsWith(prefix);
}

/** Merges repeated corners; drops every second one until few enough are left. */
export function formatDrawn(corners: readonly Position[]): string {
  const words = corners.map(([lng, lat]) => `${lng.toFixed(decimals)},${lat.toFixed(decimals)}`);
  let written = words.filter((word, index) => word !== words.at(index - 1));
  while (written.length > mostCorners) written = written.filter((_, index) => index % 2 === 0);
  return `${prefix}${written.join(",")}`;
}

/** Null where the text is not a valid drawn area. */
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
 * Cells of the command whose centre lies inside the line, by the even-odd rule where it crosses
 * itself. May be empty.
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
  // The last corner repeats the first.
  return ring.slice(0, -1).map(([atLng = 0, atLat = 0]): Position => [atLng, atLat]);
}

/** Centre of its bounds, which names the area. */
export function middleOf(corners: readonly Position[]): Position {
  const middle = center(multiPoint(corners.map(([lng, lat]) => [lng, lat])));
  const [lng = 0, lat = 0] = middle.geometry.coordinates;
  return [lng, lat];
}
