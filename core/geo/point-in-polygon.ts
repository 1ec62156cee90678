import type { Position } from "#core/geo/cell.ts";

type Ring = readonly Position[];

/**
 * Even-odd rule over all rings of all polygons, holes included. A point on a shared line falls
 * to one side only, because each edge holds its lower end and not its upper one.
 */
export function isInsidePolygons(point: Position, polygons: readonly (readonly Ring[])[]): boolean {
  let inside = false;
  for (const rings of polygons) {
    for (const ring of rings) {
      if (crossesOddly(point, ring)) inside = !inside;
    }
  }
  return inside;
}

function crossesOddly([lng, lat]: Position, ring: Ring): boolean {
  let odd = false;
  for (let at = 0, before = ring.length - 1; at < ring.length; before = at, at += 1) {
    const [fromLng, fromLat] = ring[before] as Position;
    const [toLng, toLat] = ring[at] as Position;
    if (fromLat > lat === toLat > lat) continue;
    const crossing = fromLng + ((lat - fromLat) / (toLat - fromLat)) * (toLng - fromLng);
    if (lng < crossing) odd = !odd;
  }
  return odd;
}
