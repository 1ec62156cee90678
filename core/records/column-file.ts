import type { H3Cell } from "#core/geo/cell.ts";
import type { EventColumns } from "#core/records/columns.ts";

/**
 * The file of events that the server keeps and the page reads (docs/scale.md, "The file of events"):
 *
 * 1. the four letters BXE2, and how many octets the header has (4 octets, little-endian);
 * 2. the header, JSON in ASCII: `rows`, `first` (epoch minute of the first row), `cells` (H3, resolution 10), `classes` (kind, source,
 *    category and type of each, as in `EventColumns`), `types` (words) and `widths` (octets a row of each column);
 * 3. the columns: place in `cells`, minutes since the row before, minutes from start to end, place in `classes`; each as so
 *    many planes as it is wide, the lowest octets of all rows first.
 *
 * A row takes six or seven octets, and about half of that once it is compressed: high octets are nearly all zero.
 */
export function encodeColumns(columns: EventColumns): Uint8Array<ArrayBuffer> {
  const { length, cells, types } = columns;
  const { classes, classOf } = numberClasses(columns);
  const first = columns.start[0] ?? 0;
  const parts: Record<Part, Uint32Array> = {
    cell: columns.cell,
    start: columns.start.reduce((gaps, start, row) => {
      gaps[row] = row === 0 ? 0 : start - (columns.start[row - 1] as number);
      return gaps;
    }, new Uint32Array(length)),
    span: columns.end.reduce((spans, end, row) => {
      spans[row] = end - (columns.start[row] as number);
      return spans;
    }, new Uint32Array(length)),
    class: classOf,
  };
  const widths = Object.fromEntries(order.map((name) => [name, widthOf(parts[name])]));
  const header = asciiBytes(
    asciiJson({ rows: length, first, cells, classes, types, widths } satisfies Header),
  );
  const octets = order.reduce((sum, name) => sum + (widths[name] as number), 0) * length;
  const file = new Uint8Array(8 + header.length + octets);
  file.set(asciiBytes(magic));
  new DataView(file.buffer).setUint32(4, header.length, true);
  file.set(header, 8);
  let at = 8 + header.length;
  for (const name of order) {
    for (let plane = 0; plane < (widths[name] as number); plane += 1) {
      const values = parts[name];
      for (let row = 0; row < length; row += 1) {
        file[at + row] = (values[row] as number) >>> (8 * plane);
      }
      at += length;
    }
  }
  return file;
}

/** Throws a `TypeError` for an invalid or truncated file. */
export function decodeColumns(buffer: ArrayBuffer): EventColumns {
  const bytes = new Uint8Array(buffer);
  if (bytes.length < 8 || asciiText(bytes.subarray(0, 4)) !== magic) {
    throw new TypeError("Not a file of events");
  }
  const headerLength = new DataView(buffer).getUint32(4, true);
  const header = asciiText(bytes.subarray(8, 8 + headerLength));
  const { rows, first, cells, classes, types, widths } = JSON.parse(header) as Header;
  const octets = order.reduce((sum, name) => sum + (widths[name] ?? 0), 0) * rows;
  if (bytes.length !== 8 + headerLength + octets) throw new TypeError("A file of events cut short");
  let at = 8 + headerLength;
  const read = (name: Part): Uint32Array => {
    const values = new Uint32Array(rows);
    for (let plane = 0; plane < (widths[name] ?? 0); plane += 1) {
      for (let row = 0; row < rows; row += 1) {
        values[row] = (values[row] as number) | ((bytes[at + row] as number) << (8 * plane));
      }
      at += rows;
    }
    return values;
  };
  const cell = read("cell");
  const gap = read("start");
  const span = read("span");
  const classOf = read("class");
  const columns = {
    length: rows,
    cells,
    cell,
    start: new Int32Array(rows),
    end: new Int32Array(rows),
    kind: new Uint8Array(rows),
    source: new Uint8Array(rows),
    category: new Uint8Array(rows),
    type: new Uint8Array(rows),
    types,
  };
  let minute = first;
  for (let row = 0; row < rows; row += 1) {
    minute += gap[row] as number;
    columns.start[row] = minute;
    columns.end[row] = minute + (span[row] as number);
    const [kind, source, category, type] = classes[classOf[row] as number] as Class;
    columns.kind[row] = kind;
    columns.source[row] = source;
    columns.category[row] = category;
    columns.type[row] = type;
  }
  return columns;
}

/** On a file: events in the older one, so that a page need not fetch an empty file. */
export const olderRowsHeader = "boxster-older-events";
/** On both files of a pair: records or a month's end may come between two requests. */
export const eventsPairHeader = "boxster-events-pair";

const magic = "BXE2";
const order = ["cell", "start", "span", "class"] as const;
type Part = (typeof order)[number];
/** Kind, source, category and type. */
type Class = readonly [number, number, number, number];

interface Header {
  readonly rows: number;
  readonly first: number;
  readonly cells: readonly H3Cell[];
  readonly classes: readonly Class[];
  readonly types: readonly string[];
  readonly widths: Readonly<Partial<Record<Part, number>>>;
}

function numberClasses({ length, kind, source, category, type }: EventColumns) {
  const numbers = new Map<number, number>();
  const classes: Class[] = [];
  const classOf = new Uint32Array(length);
  for (let row = 0; row < length; row += 1) {
    const own = [kind[row], source[row], category[row], type[row]] as unknown as Class;
    const key = ((own[0] * 256 + own[1]) * 256 + own[2]) * 256 + own[3];
    const known = numbers.get(key);
    if (known === undefined) numbers.set(key, classes.push(own) - 1);
    classOf[row] = known ?? classes.length - 1;
  }
  return { classes, classOf };
}

/** Bytes for the largest value; 0 where all are zero. */
function widthOf(values: Uint32Array): number {
  let most = 0;
  for (const value of values) if (value > most) most = value;
  return most === 0 ? 0 : Math.floor(Math.log2(most) / 8) + 1;
}

/** Sources' words may have non-ASCII letters. */
function asciiJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[\u0080-\uffff]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

const asciiBytes = (text: string) => Uint8Array.from(text, (sign) => sign.charCodeAt(0));

function asciiText(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}
