import { FileFault } from "#core/table/file-fault.ts";

/** Degrees of WGS84, or metres of the British National Grid. */
export type PointSystem = "wgs84" | "national-grid";

/**
 * The reference system that a collection names. GeoJSON is WGS84 unless it says otherwise (RFC 7946
 * took the member away, programs still write it); what is neither of the two would put events
 * somewhere else, so it is refused.
 */
export function pointSystem(members: Readonly<Record<string, unknown>>): PointSystem {
  const crs = members["crs"];
  if (crs === undefined || crs === null) return "wgs84";
  const name = nameOf(crs);
  if (name !== null && wgs84.test(name)) return "wgs84";
  if (name !== null && nationalGrid.test(name)) return "national-grid";
  const said = name !== null && /^[\w:./ -]{1,60}$/.test(name) ? ` "${name}"` : "";
  throw new FileFault(
    `the coordinates are in a reference system${said} that is not read here; export the file in WGS84 (EPSG:4326) or the British National Grid (EPSG:27700)`,
  );
}

function nameOf(crs: unknown): string | null {
  if (typeof crs !== "object" || crs === null || !("properties" in crs)) return null;
  const { properties } = crs;
  if (typeof properties !== "object" || properties === null || !("name" in properties)) return null;
  return typeof properties.name === "string" ? properties.name : null;
}

const wgs84 = /(?:^|[:/])(?:CRS84h?|(?:EPSG|epsg)(?::[\d.]*:|[:/]{1,2}(?:\d+\/)?)(?:4326|4979))$/;
const nationalGrid = /(?:^|[:/])(?:EPSG|epsg)(?::[\d.]*:|[:/]{1,2}(?:\d+\/)?)(?:27700|7405)$/;
