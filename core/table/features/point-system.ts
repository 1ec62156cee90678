import { FileFault } from "#core/table/file-fault.ts";

/**
 * What the two numbers of a point are: degrees of WGS84, metres of the British National Grid (read by core/geo/national-grid.ts
 * where they are used), or another system that is turned into degrees first.
 */
export interface PointSystem {
  readonly axes: "degrees" | "grid";
  readonly toDegrees: ((x: number, y: number) => readonly [number, number]) | null;
}

/** What a file says about its system: the EPSG code, its definition as well-known text, a name for messages. */
export interface SaidSystem {
  readonly code?: number | null;
  readonly wkt?: string | null;
  readonly name?: string | null;
}

export const degrees: PointSystem = { axes: "degrees", toDegrees: null };
export const grid: PointSystem = { axes: "grid", toDegrees: null };

export const axisNames = ({ axes }: PointSystem) =>
  axes === "degrees" ? ["longitude", "latitude"] : ["easting", "northing"];

/** ETRS89 differs from WGS84 by less than a metre (EPSG:1149). */
const inDegrees: ReadonlySet<number> = new Set([4326, 4979, 4258, 4937]);
const onNationalGrid: ReadonlySet<number> = new Set([27_700, 7_405]);

/** Modified Airy, and the seven parameters of EPSG:1641 from TM65 and TM75: within a metre or two. */
const irish =
  "+a=6377340.189 +b=6356034.447938534 +towgs84=482.5,-130.6,564.6,-1.042,-0.214,-0.631,8.15 +units=m +no_defs";
const irishGrid = `+proj=tmerc +lat_0=53.5 +lon_0=-8 +k=1.000035 +x_0=200000 +y_0=250000 ${irish}`;

/** Definitions of PROJ 9 by EPSG code. */
const definitions: Readonly<Record<number, string>> = {
  2157: "+proj=tmerc +lat_0=53.5 +lon_0=-8 +k=0.99982 +x_0=600000 +y_0=750000 +ellps=GRS80 +units=m +no_defs",
  3034: "+proj=lcc +lat_0=52 +lon_0=10 +lat_1=35 +lat_2=65 +x_0=4000000 +y_0=2800000 +ellps=GRS80 +units=m +no_defs",
  3035: "+proj=laea +lat_0=52 +lon_0=10 +x_0=4321000 +y_0=3210000 +ellps=GRS80 +units=m +no_defs",
  3857: "+proj=merc +a=6378137 +b=6378137 +lat_ts=0 +lon_0=0 +x_0=0 +y_0=0 +k=1 +units=m +nadgrids=@null +no_defs",
  29902: irishGrid,
  29903: irishGrid,
};
const webMercators: ReadonlySet<number> = new Set([900_913, 102_100, 102_113]);

/** UTM zones of WGS84, north and south, and of ETRS89. */
function definitionOf(code: number): string | null {
  if (webMercators.has(code)) return definitions[3857] ?? null;
  const [family, zone] = [Math.floor(code / 100), code % 100];
  const isZone = zone >= 1 && zone <= 60;
  if (isZone && family === 326) return `+proj=utm +zone=${zone} +datum=WGS84 +units=m +no_defs`;
  if (isZone && family === 327) {
    return `+proj=utm +zone=${zone} +south +datum=WGS84 +units=m +no_defs`;
  }
  if (family === 258 && zone >= 28 && zone <= 38) {
    return `+proj=utm +zone=${zone} +ellps=GRS80 +units=m +no_defs`;
  }
  return definitions[code] ?? null;
}

/**
 * By the code, else by the definition. A definition counts only where its datum is WGS84 or ETRS89: from any other datum,
 * points would land up to hundreds of metres away without the shift that the definition leaves out. Throws a `FileFault`
 * with the name of a system that is not read.
 */
export async function openSystem({ code, wkt, name }: SaidSystem): Promise<PointSystem> {
  const known = code || (wkt ? codeOfText(wkt) : null);
  if (known && inDegrees.has(known)) return degrees;
  if (known && onNationalGrid.has(known)) return grid;
  const definition = (known && definitionOf(known)) || (wkt && ownDefinition(wkt)) || null;
  if (definition === null) throw unread(name ?? nameOfText(wkt) ?? (code ? `EPSG:${code}` : null));
  const { default: proj4 } = await import("proj4");
  const projection = proj4(definition, "WGS84");
  return {
    axes: "degrees",
    toDegrees: (x, y) => {
      const [longitude = Number.NaN, latitude = Number.NaN] = projection.forward([x, y]);
      return [longitude, latitude];
    },
  };
}

function unread(name: string | null): FileFault {
  const said = name !== null && /^[\w:./() +-]{1,80}$/.test(name) ? ` "${name}"` : "";
  return new FileFault(
    `the coordinates are in a reference system${said} that is not read here; export the file in WGS84 (EPSG:4326) or the British National Grid (EPSG:27700)`,
  );
}

const system = /\b(?:PROJCS|PROJCRS|PROJECTEDCRS|GEOGCS|GEOGCRS|GEODCRS)\["([^"]{1,200})"/;

const nameOfText = (wkt: string | null | undefined) => system.exec(wkt ?? "")?.[1] ?? null;

/** Names as Esri, GDAL and QGIS write them; a definition in a .prj file has no codes. */
const namedSystems: readonly (readonly [RegExp, number])[] = [
  [/^(?:OSGB ?(?:19)?36 ?\/ ?)?British_?\s?National_?\s?Grid\b/i, 27_700],
  [/^(?:GCS_)?WGS[_ ]?(?:19)?84$/i, 4326],
  [/^(?:GCS_)?ETRS[_ ]?(?:19)?89$/i, 4258],
  [/Web_Mercator|Pseudo-Mercator/i, 3857],
  [/^TM(?:65|75)(?:_| \/ )Irish(?:_| )Grid$/i, 29_903],
];

function codeOfText(wkt: string): number | null {
  const outer = /(?:AUTHORITY|ID)\["EPSG",\s*"?(\d{4,6})"?\]\s*\]\s*$/i.exec(wkt)?.[1];
  if (outer) return Number(outer);
  const name = nameOfText(wkt) ?? "";
  return namedSystems.find(([pattern]) => pattern.test(name))?.[1] ?? null;
}

const sameDatum =
  /\b(?:DATUM|ENSEMBLE)\["(?:D_)?(?:WGS_?1984|WGS 84|World Geodetic System 1984( ensemble)?|ETRS_?(?:19)?89|European_Terrestrial_Reference_System_1989|European Terrestrial Reference System 1989( ensemble)?|IRENET95)"/i;

const longestText = 20_000;

/** The text itself, where proj4 reads it and no other datum is meant. */
function ownDefinition(wkt: string): string | null {
  const isProjected = /\b(?:PROJCS|PROJCRS|PROJECTEDCRS)\[/.test(wkt);
  return isProjected && wkt.length <= longestText && sameDatum.test(wkt) ? wkt : null;
}

/** "urn:ogc:def:crs:EPSG::27700", "EPSG:4326", "OGC:CRS84", "http://www.opengis.net/def/crs/EPSG/0/4326". */
export function systemNamed(name: string): Promise<PointSystem> {
  if (/(?:^|[:/])CRS:?84h?$/i.test(name)) return Promise.resolve(degrees);
  const code = /(?:^|[:/])EPSG(?::[\d.]*:|[:/]{1,2}(?:\d+\/)?)(\d{4,6})$/i.exec(name)?.[1];
  return openSystem({ code: code ? Number(code) : null, name });
}

/** Every position of nested coordinates in degrees; what is no number stays. */
export function turned(coordinates: unknown, { toDegrees }: PointSystem): unknown {
  if (toDegrees === null || !Array.isArray(coordinates)) return coordinates;
  const [x, y] = coordinates as readonly unknown[];
  if (typeof x === "number" && typeof y === "number") return toDegrees(x, y);
  return coordinates.map((one: unknown) => turned(one, { axes: "degrees", toDegrees }));
}

/** A MultiPolygon nests points deepest. */
const deepest = 4;

export function firstPosition(coordinates: unknown): readonly [number, number] | null {
  let at = coordinates;
  for (let depth = 0; depth < deepest && Array.isArray(at); depth += 1) {
    const [x, y] = at as readonly unknown[];
    if (typeof x === "number" && typeof y === "number") return [x, y];
    at = x;
  }
  return null;
}

export function isDegrees([x, y]: readonly [number, number]): boolean {
  return Math.abs(x) <= 180 && Math.abs(y) <= 90;
}
