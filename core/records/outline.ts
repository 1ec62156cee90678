import { groupBy } from "#core/group-by.ts";
import type { Reading } from "#core/records/detect.ts";
import { timeNotes } from "#core/records/find-times.ts";
import type { MidnightSpike } from "#core/records/midnight.ts";
import type { ProfileName } from "#core/records/profile.ts";
import type { ReferenceScope } from "#core/records/row-identity.ts";
import type { SettledReading } from "#core/records/settle-reading.ts";
import type { UnknownWord } from "#core/records/wire/import.ts";
import type { DateOrder } from "#core/table/clock.ts";
import {
  type BlockedColumn,
  blockedColumns,
  blockedReasons,
  type ColumnRole,
  type Header,
  nameOfColumn,
} from "#core/table/columns.ts";
import { normaliseWords } from "#core/text/normalise.ts";
import { formatQuantity } from "#core/text/numbers.ts";

export interface ImportOutline {
  readonly profile: ProfileName;
  /** Role to column header. */
  readonly mapping: Readonly<Record<string, string>>;
  /** Roles whose column the first rows told, not the heading alone. */
  readonly byValues: readonly ColumnRole[];
  readonly blockedColumns: readonly string[];
  /** The dropped ones, each with the reason. */
  readonly blocked: readonly BlockedColumn[];
  readonly notes: readonly string[];
  readonly unknownWords: readonly UnknownWord[];
  readonly midnightSpike: MidnightSpike | null;
}

export function outlineOf({ how, orders }: SettledReading, isDateOrderKnown = true): ImportOutline {
  const { header } = how;
  const { profile, columns } = how.reading;
  const notes: string[] = aboveNotes(header);
  if (orders.ambiguous() && isDateOrderKnown)
    notes.push(orderNote(how.dateOrder, orders.against()));
  if (profile.name === "plain" && !columns.has("category")) {
    notes.push("No column says the category: every event is kept as other.");
  }
  const note = referenceNotes[how.referenceIs];
  if (note) notes.push(note);
  notes.push(
    ...timeNotes(header, how.reading),
    ...listNotes(how),
    ...how.reading.byValues.map(
      (role) =>
        `Read "${nameOfColumn(header, columns.get(role) ?? -1)}" as ${role}, by its values.`,
    ),
    ...columnNotes(header, how.reading),
  );
  return {
    profile: profile.name,
    mapping: Object.fromEntries([...columns].map(([role, at]) => [role, header.names[at] ?? ""])),
    byValues: how.reading.byValues,
    blockedColumns: blockedColumns(header, columns),
    blocked: blockedReasons(header, columns),
    notes,
    unknownWords: [],
    midnightSpike: null,
  };
}

const referenceNotes: Readonly<Partial<Record<ReferenceScope, string>>> = {
  none: "The reference column does not tell events apart, so it was not used.",
  "event of a day":
    "References begin again on other days: one that comes twice in a day counts once, and on another day it is another event.",
};

function orderNote(order: DateOrder, against: number): string {
  const read = `Dates were read ${order.replace("-", " ")}`;
  if (against === 0) return `${read}.`;
  const other = order === "day-first" ? "month first" : "day first";
  const some = formatQuantity(against, "date");
  return `${read}, though ${some} can only be ${other}: look whether others are meant so as well.`;
}

/** In the file's row numbers, which count blank rows and titles. */
function aboveNotes({ line }: Header): string[] {
  const above = line - 1;
  if (above < 1) return [];
  const some = formatQuantity(above, "row above them is", "rows above them are");
  return [`The headings were found in row ${line}; ${some} not read.`];
}

function listNotes({ header, reading: { columns }, places }: SettledReading["how"]): string[] {
  const at = columns.get("postcode") ?? columns.get("street");
  if (at === undefined || places !== null) return [];
  const what = columns.has("postcode") ? "postcode" : "street";
  return [
    `To use "${nameOfColumn(header, at)}", first add a list of ${what}s under "Boundaries and places". Until then rows without a point are refused.`,
  ];
}

const mostNamed = 20;

function columnNotes(header: Header, { profile, columns }: Reading): string[] {
  const doubled = doubledHeadings(header);
  // These distinguish rows; none of it is stored.
  const compared = new Set([...(profile.sourceId ?? []), ...profile.detail].map(normaliseWords));
  const known = new Set([...columns.values(), ...doubled.flatMap((places) => places.slice(1))]);
  const unused = header.names.flatMap((_, at) =>
    known.has(at) || header.personal.has(at) || compared.has(header.words[at] ?? "")
      ? []
      : [nameOfColumn(header, at)],
  );
  const more = unused.length > mostNamed ? ` and ${unused.length - mostNamed} more` : "";
  return [
    ...doubled.map((places) => {
      const numbers = places.map((at) => String(at + 1));
      return `The heading "${nameOfColumn(header, places[0] ?? 0)}" is above columns ${new Intl.ListFormat("en-GB").format(numbers)}: only the first can be read.`;
    }),
    ...(unused.length > 0 ? [`Not used: ${unused.slice(0, mostNamed).join(", ")}${more}.`] : []),
  ];
}

function doubledHeadings(header: Header): (readonly number[])[] {
  const places = groupBy(header.words.keys(), (at) =>
    header.personal.has(at) ? undefined : header.words[at] || undefined,
  );
  return [...places.values()].filter((all) => all.length > 1);
}
