import { z } from "zod";
import { eventCell } from "#core/contract/event-cell.ts";
import { instant } from "#core/contract/fields.ts";
import { gazetteerFormats, isPublicName, postcodeKey } from "#core/places/gazetteer/names.ts";
import { cleanFileName } from "#core/text/file-name.ts";

const count = z.int().min(0).max(50_000_000);
const words = z.string().min(1).max(120);
/** The two boroughs and 5 km around have about 60,000. */
export const mostNames = 400_000;

const named = z.strictObject({
  kind: z.enum(["street", "postcode"]),
  name: words,
  /** Half the diagonal of the named feature in metres; null where the source has none. */
  reach: z.int().min(0).max(100_000).nullable(),
  borough: words.nullable(),
  /** Town or suburb. */
  locality: words.nullable(),
  /** Of postcodes: "N18". */
  district: words.nullable(),
});
/** One name with one point; a street may repeat. Nothing about persons or events. */
const gazetteerName = named.extend({ at: z.tuple([z.number(), z.number()]).readonly() });
export type GazetteerName = z.infer<typeof gazetteerName>;

/** POST /api/gazetteers: the names of a file that was read in the browser; nothing else of it is sent. */
export const newGazetteer = z
  .strictObject({
    fileName: z.string().trim().min(1).max(200).transform(cleanFileName),
    format: z.enum(gazetteerFormats),
    rows: count,
    outside: count,
    names: z
      .array(gazetteerName)
      .min(1, "no names")
      .max(mostNames)
      .refine(arePublic, "not names that a map may show")
      .readonly(),
  })
  .refine(({ names, rows }) => names.length <= rows, "more names than rows");
export type NewGazetteer = z.infer<typeof newGazetteer>;

/** Each word is looked at once, however many names lie in one borough. */
function arePublic(names: readonly GazetteerName[]): boolean {
  const all = names.flatMap(({ name, borough, locality, district }) => [
    name,
    borough,
    locality,
    district,
  ]);
  return (
    [...new Set(all)].every((text) => text === null || isPublicName(text)) &&
    names.every(({ kind, name }) => kind === "street" || postcodeKey(name) !== null)
  );
}

/** A name for matching: a row is given its cell only. */
export const matchedName = named.extend({ cell: eventCell });
export type MatchedName = z.infer<typeof matchedName>;

/** GET /api/gazetteer: every name with its cell, to place rows by in the browser. */
export const gazetteerReply = z.strictObject({ names: z.array(matchedName) });
export type GazetteerReply = z.infer<typeof gazetteerReply>;

/** GET /api/postcodes: all with their cells, so that the page need not ask for single ones. */
export const postcodesReply = z.strictObject({
  names: z.array(z.string()),
  cells: z.array(z.string()),
});
export type PostcodesReply = z.infer<typeof postcodesReply>;

export const gazetteerImport = z.strictObject({
  id: z.int(),
  person: z.string(),
  importedAt: instant,
  fileName: z.string(),
  format: z.enum(gazetteerFormats),
  rows: z.int(),
  kept: z.int(),
  outside: z.int(),
  notKept: z.int(),
});

/** The reply of POST /api/gazetteers, and `boxster import-gazetteer FILE --json`. */
export const gazetteerResult = z.strictObject({
  gazetteer: z.int(),
  fileName: z.string(),
  format: z.enum(gazetteerFormats),
  rows: z.int(),
  kept: z.int(),
  streets: z.int(),
  postcodes: z.int(),
  outside: z.int(),
  notKept: z.int(),
});
export type GazetteerResult = z.infer<typeof gazetteerResult>;
