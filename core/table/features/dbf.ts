import { type Octets, takeOctets, viewOf } from "#core/table/features/octets.ts";
import type { NewDecoder } from "#core/table/text-reader.ts";

interface Field {
  readonly name: string;
  readonly type: string;
  readonly from: number;
  readonly length: number;
}

const mostFields = 2_048;

/** The rows beside the shapes (dBase III): text in columns of fixed width. */
export async function openDbf(octets: Octets, newDecoder: NewDecoder, codePage: string | null) {
  const head = viewOf(await takeOctets(octets, 32));
  const [rows, headLength, rowLength] = [
    head.getUint32(4, true),
    head.getUint16(8, true),
    head.getUint16(10, true),
  ];
  const decoder = newDecoder(encodingOf(codePage));
  const decode = (bytes: Uint8Array) => decoder.decode(bytes);
  const fields = fieldsOf(await takeOctets(octets, headLength - 32), decode);
  const last = fields.at(-1);
  if (last === undefined || last.from + last.length > rowLength) throw new RangeError("No columns");
  let read = 0;
  return {
    names: fields.map(({ name }) => name),
    /** "deleted" for a row that is only marked so; null behind the last. */
    next: async (): Promise<readonly string[] | "deleted" | null> => {
      if (read === rows) return null;
      read += 1;
      const row = await takeOctets(octets, rowLength);
      if (row[0] === deletedMark) return "deleted";
      return fields.map(({ type, from, length }) =>
        writtenValue(type, decode(row.subarray(from, from + length))),
      );
    },
    done: octets.done,
    close: octets.close,
  };
}

const deletedMark = 0x2a;
const endOfFields = 0x0d;

function fieldsOf(octets: Uint8Array, decode: (octets: Uint8Array) => string): Field[] {
  const fields: Field[] = [];
  let from = 1;
  for (let at = 0; at + 32 <= octets.length && octets[at] !== endOfFields; at += 32) {
    const length = octets[at + 16] ?? 0;
    const [name = ""] = decode(octets.subarray(at, at + 11)).split("\0");
    fields.push({ name, type: String.fromCharCode(octets[at + 11] ?? 0), from, length });
    from += length;
    if (fields.length > mostFields) throw new RangeError("Too many columns");
  }
  return fields;
}

/** As the .cpg file names it: "UTF-8", "1252", "ISO 88591", "ANSI 1252". Without one it is what Windows writes. */
function encodingOf(codePage: string | null): string {
  const name = (codePage ?? "").trim().toLowerCase();
  if (/utf-?8|65001/.test(name)) return "utf-8";
  const windows = /125\d$/.exec(name)?.[0];
  const iso = /8859[-_ ]?(\d{1,2})$/.exec(name)?.[1];
  if (windows !== undefined) return `windows-${windows}`;
  return iso === undefined || iso === "1" ? "windows-1252" : `iso-8859-${iso}`;
}

function writtenValue(type: string, written: string): string {
  const text = written.replace(/[\s\0]+$/, "").trimStart();
  if (type === "D") return text.replace(/^(\d{4})(\d{2})(\d{2})$/, "$1-$2-$3");
  if (type === "L") return /^[ty]/i.test(text) ? "true" : /^[fn]/i.test(text) ? "false" : "";
  if (type === "C") return text;
  // Stars are how a number is written that has no room; other types are places in files that are not here.
  return (type === "N" || type === "F") && !text.startsWith("*") ? text : "";
}
