import { SaxesParser } from "saxes";
import { FileFault } from "#core/import/file-fault.ts";
import type { NewDecoder } from "#core/import/text-reader.ts";
import { unzip } from "#core/import/xlsx/unzip.ts";
import { broken, type SizedSource, type ZipEntry } from "#core/import/xlsx/zip.ts";

type Attributes = Readonly<Record<string, string>>;

/** Told of what a part holds, in its order; names come without the prefix of their namespace. */
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

/** One part of a workbook, piece by piece; yields after each, so that what was heard can be used. */
export async function* readXml(part: XmlPart, listener: XmlListener): AsyncIterable<number> {
  const parser = new SaxesParser();
  parser.on("opentag", ({ name, attributes }) => listener.open(localName(name), attributes));
  parser.on("closetag", ({ name }) => listener.close?.(localName(name)));
  parser.on("text", (text) => listener.text?.(text));
  parser.on("cdata", (text) => listener.text?.(text));
  parser.on("doctype", () => {
    throw broken("a part of it declares a document type, which no workbook does");
  });
  parser.on("error", (cause) => {
    throw new FileFault(
      "this workbook is damaged: a part of it cannot be read as XML; save it again",
      { cause },
    );
  });
  const decoder = part.newDecoder("utf-8");
  for await (const { bytes, packed } of unzip(part.source, part.entry)) {
    parser.write(decoder.decode(bytes, { stream: true }));
    yield packed;
  }
  parser.write(decoder.decode());
  parser.close();
  yield part.entry.packedSize;
}

/** The whole of a small part. */
export async function readSmallXml(part: XmlPart, listener: XmlListener): Promise<void> {
  for await (const _ of readXml(part, listener));
}

export function localName(name: string): string {
  return name.slice(name.indexOf(":") + 1);
}

/** An attribute whatever the prefix of its namespace. */
export function attributeOf(attributes: Attributes, name: string): string | undefined {
  if (Object.hasOwn(attributes, name)) return attributes[name];
  return Object.entries(attributes).find(([key]) => localName(key) === name)?.[1];
}
