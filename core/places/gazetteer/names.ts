import type { H3Cell, Position } from "#core/geo/cell.ts";

export const gazetteerFormats = ["os-open-names", "police-uk-street"] as const;
export type GazetteerFormat = (typeof gazetteerFormats)[number];

export const gazetteerFormatLabels: Readonly<Record<GazetteerFormat, string>> = {
  "os-open-names": "OS Open Names",
  "police-uk-street": "street names of data.police.uk",
};

export type GazetteerKind = "street" | "postcode";

/** One name with one point; a street may come several times. Nothing of it is about a person or an event. */
export interface GazetteerName {
  readonly kind: GazetteerKind;
  readonly name: string;
  readonly at: Position;
  /** Half the diagonal of what has the name, in metres; null where the source does not say. */
  readonly reach: number | null;
  /** As the source says. */
  readonly borough: string | null;
  /** Town or suburb. */
  readonly locality: string | null;
  /** Of postcodes: "N18". */
  readonly district: string | null;
}

/** A name as it is matched: its cell is all that a row is given. */
export interface KnownName {
  readonly kind: GazetteerKind;
  readonly name: string;
  readonly cell: H3Cell;
  readonly reach: number | null;
  /** Borough, town and postcode district, whichever are known. */
  readonly within: readonly string[];
}

/** What one row of a gazetteer is: a name, or why it is none that is kept. */
export type GazetteerRow = GazetteerName | "outside" | "unreadable" | "not_kept";

export interface GazetteerRowReader {
  readonly format: GazetteerFormat;
  readonly read: (cells: readonly string[]) => GazetteerRow;
}
