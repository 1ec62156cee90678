import type { PositionProfile, TableProfile } from "#core/patrols/positions/profiles.ts";

export type FileKind = "gpx" | "nmea" | "table";

/** How much of a file is enough to see what it is, in octets. */
export const kindSample = 4_096;

/** What a file holds, by its beginning; a profile that names a format decides by itself. */
export function positionFileKind(
  start: string,
  profile: PositionProfile,
): { readonly kind: FileKind; readonly table: "auto" | TableProfile } {
  if (profile === "gpx" || profile === "nmea") return { kind: profile, table: "auto" };
  if (profile !== "auto") return { kind: "table", table: profile };
  const text = start.replace(/^\uFEFF/, "").trimStart();
  if (/^<(?:\?xml|!--|(?:\w+:)?gpx)/i.test(text)) return { kind: "gpx", table: "auto" };
  if (sentence.test(text)) return { kind: "nmea", table: "auto" };
  return { kind: "table", table: "auto" };
}

/** A sentence of any kind on one of the first lines, perhaps behind its device. */
const sentence = /(?:^|[\r\n])[^\r\n]{0,200}[$!][A-Z]{2}[A-Z]{3},/;
