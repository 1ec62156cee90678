import { SaxesParser } from "saxes";
import { FileFault } from "#core/table/file-fault.ts";
import type { NewDecoder } from "#core/table/text-reader.ts";
import { broken, type SizedSource, unzip, type ZipEntry } from "#core/table/xlsx/zip.ts";

type Attributes = Readonly<Record<string, string>>;

/** Events of a part, in order; names come without namespace prefix. */
export interface XmlListener {
  readonly open: (name: string, attributes: Attributes) => void;
  readonly close?: (name: string) => void;
  readonly text?: (text: string) => void;
}

export interface XmlPart {
  readonly source: SizedSource;
  readonly entry: ZipEntry;
  readonly newDecoder: NewDecoder;
}

/** Sheets nest about six deep, folders of placemarks little deeper. */
const deepest = 64;
/** Characters without a tag among them: far more than a cell can hold, and the outline of a county. */
const longestText = 4_000_000;

/** Reads one part of a workbook in pieces, yielding after each so that its events can be used. */
export async function* readXml(
  part: XmlPart,
  listener: XmlListener,
  mostElements = Number.POSITIVE_INFINITY,
): AsyncIterable<number> {
  yield* parseXml(unzip(part.source, part.entry), part.newDecoder, listener, mostElements);
  yield part.entry.packedSize;
}

/** Depth, text length and element count are limited, as the parser holds what is open. */
export async function* parseXml(
  pieces: AsyncIterable<{ readonly bytes: Uint8Array; readonly packed: number }>,
  newDecoder: NewDecoder,
  listener: XmlListener,
  mostElements = Number.POSITIVE_INFINITY,
): AsyncIterable<number> {
  const parser = new SaxesParser();
  let depth = 0;
  let elements = 0;
  let quiet = 0;
  parser.on("opentag", ({ name, attributes }) => {
    [depth, elements, quiet] = [depth + 1, elements + 1, 0];
    if (depth > deepest || elements > mostElements) {
      throw broken("a part of it nests too deep, or has more elements than such a file needs");
    }
    listener.open(localName(name), attributes);
  });
  parser.on("closetag", ({ name }) => {
    [depth, quiet] = [depth - 1, 0];
    listener.close?.(localName(name));
  });
  parser.on("text", (text) => listener.text?.(text));
  parser.on("cdata", (text) => listener.text?.(text));
  parser.on("doctype", () => {
    throw broken("a part of it declares a document type, which no such file does");
  });
  parser.on("error", (cause) => {
    throw new FileFault("this file is damaged: a part of it cannot be read as XML; save it again", {
      cause,
    });
  });
  const decoder = newDecoder("utf-8");
  for await (const { bytes, packed } of pieces) {
    const text = decoder.decode(bytes, { stream: true });
    parser.write(text);
    quiet += text.length;
    if (quiet > longestText) throw broken("a text in it is longer than a cell can hold");
    yield packed;
  }
  parser.write(decoder.decode());
  parser.close();
}

/** More than the styles, sheets and relations of any real workbook. */
const mostOfSmallPart = 500_000;

export async function readSmallXml(
  part: XmlPart,
  listener: XmlListener,
  mostElements = mostOfSmallPart,
): Promise<void> {
  for await (const _ of readXml(part, listener, mostElements));
}

function localName(name: string): string {
  return name.slice(name.indexOf(":") + 1);
}

/** Ignores the namespace prefix. */
export function attributeOf(attributes: Attributes, name: string): string | undefined {
  if (Object.hasOwn(attributes, name)) return attributes[name];
  return Object.entries(attributes).find(([key]) => localName(key) === name)?.[1];
}
