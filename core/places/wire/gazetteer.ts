import { z } from "zod";
import { instant } from "#core/contract/fields.ts";
import { isCell } from "#core/geo/cell.ts";
import {
  type GazetteerName,
  gazetteerFormats,
  isPublicName,
  type KnownName,
  knownName,
  postcodeKey,
} from "#core/places/gazetteer/names.ts";
import { cleanFileName } from "#core/text/file-name.ts";

/** Names that a person reads on a map: no control characters, none of endless length. */
const name = z.string().min(1).max(120).refine(isPublicName, "not a name");
const count = z.int().min(0).max(50_000_000);
/** Positions in `around`, or -1. */
const index = z.array(z.int().min(-1));
const mostNames = 400_000;

const packed = {
  /** One letter a name: s a street, p a postcode. */
  kinds: z
    .string()
    .max(mostNames)
    .regex(/^[sp]*$/),
  names: z.array(name),
  reach: z.array(z.int().min(0).max(100_000).nullable()),
  /** Boroughs, towns and postcode districts, each once. */
  around: z.array(name),
  boroughs: index,
  localities: index,
  districts: index,
};

type Packed = z.infer<z.ZodObject<typeof packed>>;

/** POST /api/gazetteers: the names of a file that was read in the browser; nothing else of it is sent. */
export const newGazetteer = z
  .strictObject({
    fileName: z.string().trim().min(1).max(200).transform(cleanFileName),
    format: z.enum(gazetteerFormats),
    rows: count,
    outside: count,
    names: z
      .strictObject({ ...packed, lng: z.array(z.number()), lat: z.array(z.number()) })
      .refine((value) => isEven(value, value.lng, value.lat), "lists of unequal length"),
  })
  .refine(({ names, rows }) => names.names.length > 0 && names.names.length <= rows, "no names");
export type NewGazetteer = z.infer<typeof newGazetteer>;

/** GET /api/gazetteer: every name with its cell, to place rows by in the browser. */
export const gazetteerReply = z.strictObject({
  names: z
    .strictObject({ ...packed, cells: z.array(z.string()) })
    .refine((value) => isEven(value, value.cells), "lists of unequal length"),
});
export type GazetteerReply = z.infer<typeof gazetteerReply>;

/** GET /api/postcodes: all of them with their cells, so that none has to be asked for by name. */
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

/** What each list says of a name, written once. */
export function packNames(names: readonly Omit<GazetteerName, "at">[]): Packed {
  const around = new Map<string, number>();
  const place = (text: string | null) => {
    if (text === null) return -1;
    const known = around.get(text) ?? around.size;
    around.set(text, known);
    return known;
  };
  return {
    kinds: names.map(({ kind }) => (kind === "street" ? "s" : "p")).join(""),
    names: names.map((one) => one.name),
    reach: names.map(({ reach }) => reach),
    boroughs: names.map(({ borough }) => place(borough)),
    localities: names.map(({ locality }) => place(locality)),
    districts: names.map(({ district }) => place(district)),
    around: [...around.keys()],
  };
}

export function packNew(names: readonly GazetteerName[]): NewGazetteer["names"] {
  const [lng, lat] = [names.map(({ at }) => at[0]), names.map(({ at }) => at[1])];
  return { ...packNames(names), lng, lat };
}

function unpack(names: Packed): Omit<GazetteerName, "at">[] {
  const at = (index: number | undefined) => names.around[index ?? -1] ?? null;
  return names.names.map((name, row) => ({
    kind: names.kinds[row] === "s" ? "street" : "postcode",
    name,
    reach: names.reach[row] ?? null,
    borough: at(names.boroughs[row]),
    locality: at(names.localities[row]),
    district: at(names.districts[row]),
  }));
}

export function unpackNew({ names }: NewGazetteer): GazetteerName[] {
  const { lng, lat } = names;
  return unpack(names).map((name, row) => ({ ...name, at: [lng[row] ?? 0, lat[row] ?? 0] }));
}

export function unpackKnown({ names }: GazetteerReply): KnownName[] {
  return unpack(names).flatMap((name, row) => {
    const cell = names.cells[row] ?? "";
    return isCell(cell) ? knownName({ ...name, cell }) : [];
  });
}

function isEven(value: Packed, ...more: readonly (readonly unknown[])[]): boolean {
  const { names, kinds, reach, around, boroughs, localities, districts } = value;
  const lists = [kinds, reach, boroughs, localities, districts, ...more];
  const isKnown = (at: number) => at < around.length;
  return (
    lists.every((list) => list.length === names.length) &&
    [boroughs, localities, districts].every((list) => list.every(isKnown)) &&
    names.every((text, at) => kinds[at] !== "p" || postcodeKey(text) !== null)
  );
}
