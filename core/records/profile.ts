import type { EventCategory } from "#core/records/event.ts";
import type { EventKind } from "#core/records/kinds.ts";
import type { ClockKind } from "#core/records/span.ts";
import type { TypeList } from "#core/records/types.ts";
import type { ColumnRole } from "#core/table/columns.ts";

export const profileNames = [
  "police-uk-street",
  "police-uk-stop-search",
  "dft-collisions",
  "plain",
] as const;
export type ProfileName = (typeof profileNames)[number];

/** How to read one kind of file. A new file format of a force is one more of these. */
export interface Profile {
  readonly name: ProfileName;
  /** For a person: "data.police.uk street crime". */
  readonly label: string;
  /** Role to the headers it is known by, best first, in normalised words. */
  readonly columns: Readonly<Partial<Record<ColumnRole, readonly string[]>>>;
  /** Headers that must be there besides the mapped roles, as sets of which one is enough. */
  readonly signature: readonly (readonly string[])[];
  /** The kind of all its events, or null where a column or the person says it. */
  readonly kind: EventKind | null;
  /** Undefined for a word that the list does not know: the row is refused. */
  readonly category: (text: string) => EventCategory | undefined;
  /** The source's own words for what happened; null where a person names a column of such words. */
  readonly types: TypeList | null;
  readonly clock: ClockKind;
  /** The publisher's own id of a row, which survives corrections of its content. */
  readonly sourceId?: readonly string[];
  /** Columns that tell apart rows of equal time and place, in a fixed order. */
  readonly detail: readonly string[];
}
