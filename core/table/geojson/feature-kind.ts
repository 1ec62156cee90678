import { FileFault } from "#core/table/file-fault.ts";

/** One FeatureCollection, or a feature on each line. */
export type FeatureKind = "collection" | "lines";

/** RFC 8142 puts this before each text of a sequence. */
export const recordSeparator = "\u001e";

/** What the beginning of a text is; null when it is no JSON. */
export function featureKind(head: string, isWhole: boolean): FeatureKind | null {
  const start = head.trimStart();
  if (start.startsWith("[")) {
    throw new FileFault(
      "this is a list in JSON, not GeoJSON: export a FeatureCollection of points, or a CSV",
    );
  }
  if (start.startsWith(recordSeparator)) return "lines";
  if (!start.startsWith("{")) return null;
  const end = start.search(/[\r\n]/);
  if (end === -1 && !isWhole) return "collection";
  return isFeature(end === -1 ? start : start.slice(0, end)) ? "lines" : "collection";
}

function isFeature(line: string): boolean {
  try {
    const value: unknown = JSON.parse(line);
    return (
      typeof value === "object" && value !== null && "type" in value && value.type === "Feature"
    );
  } catch {
    return false;
  }
}
