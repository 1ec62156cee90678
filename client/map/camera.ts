import type { Position } from "#core/geo/cell.ts";

export interface MapCamera {
  readonly centre: Position;
  readonly zoom: number;
}

/** `-0.0644,51.6147,13.2`: short enough for an address, exact to a few metres. */
export function formatCamera({ centre: [lng, lat], zoom }: MapCamera): string {
  return `${lng.toFixed(4)},${lat.toFixed(4)},${zoom.toFixed(1)}`;
}

export function parseCamera(text: string): MapCamera | null {
  const parts = text.split(",").map(Number);
  const [lng = Number.NaN, lat = Number.NaN, zoom = Number.NaN] = parts;
  const isPlace = Math.abs(lng) <= 180 && Math.abs(lat) <= 85 && zoom >= 0 && zoom <= 22;
  return parts.length === 3 && isPlace ? { centre: [lng, lat], zoom } : null;
}
