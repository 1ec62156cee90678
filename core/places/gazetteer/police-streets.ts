import { isKindOfPlace } from "#core/places/gazetteer/kind-of-place.ts";
import type { GazetteerRowReader } from "#core/places/gazetteer/names.ts";
import { type Region, readDegrees } from "#core/places/place.ts";
import { FileFault } from "#core/table/file-fault.ts";

/**
 * The names and anonymised points of a street-level file: each is a fact of a street and of a point on
 * it, in general its middle. Nothing else of the row is read. Null where there is no such column.
 */
export function policeStreetReader(
  header: readonly string[],
  line: number,
  region: Region,
): GazetteerRowReader | null {
  const [location, longitude, latitude] = ["location", "longitude", "latitude"].map((word) =>
    header.indexOf(word),
  ) as [number, number, number];
  if (location === -1) return null;
  if (longitude === -1 || latitude === -1) {
    throw new FileFault(
      'a file of data.police.uk needs "Longitude" and "Latitude" beside "Location" to say where its streets lie',
      { line },
    );
  }
  return {
    format: "police-uk-street",
    read: (cells) => {
      const name = streetName(cells[location] ?? "");
      if (name === null) return "not_kept";
      const at = readDegrees(cells[latitude]?.trim() ?? "", cells[longitude]?.trim() ?? "", region);
      if (!at.ok) return at.reason.kind === "outside" ? "outside" : "unreadable";
      const none = { reach: null, borough: null, locality: null, district: null };
      return { kind: "street", name, at: at.value, ...none };
    },
  };
}

/** "Fore Street" of "On or near Fore Street"; null for a kind of place or a road's number. */
function streetName(location: string): string | null {
  const found = /^\s*on or near (.+)$/i.exec(location);
  const name = found?.[1]
    ?.trim()
    .replaceAll(/'S\b/g, "'s")
    .replace(/ \(.*\)$/, "");
  if (!name || isKindOfPlace(name) || /^[ABM]\d+/.test(name)) return null;
  return name;
}
