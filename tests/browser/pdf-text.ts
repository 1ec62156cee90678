import { inflateSync } from "node:zlib";

/** The words of each page of a PDF as Chromium writes it, without white space, in writing order. */
export function textOfPages(pdf: Buffer): string[] {
  const objects = objectsOf(pdf);
  return [...objects.values()]
    .filter(({ head }) => /\/Type\s*\/Page\b(?!s)/.test(head))
    .map(({ head }) => {
      const fonts = new Map(
        Array.from(head.matchAll(/\/(F\d+)\s+(\d+) 0 R/g), ([, name = "", id = ""]) => [
          name,
          lettersOf(objects, id),
        ]),
      );
      const content = objects.get(/\/Contents\s+(\d+) 0 R/.exec(head)?.[1] ?? "")?.stream ?? "";
      return textOf(content, fonts);
    });
}

interface PdfObject {
  readonly head: string;
  readonly stream: string;
}

function objectsOf(pdf: Buffer): Map<string, PdfObject> {
  const text = pdf.toString("latin1");
  const objects = new Map<string, PdfObject>();
  for (const { 1: id = "", 2: body = "" } of text.matchAll(/(\d+) 0 obj\s*(.*?)endobj/gs)) {
    const at = body.indexOf("stream");
    const head = at < 0 ? body : body.slice(0, at);
    const start = body[at + 6] === "\r" ? at + 8 : at + 7;
    const packed = at < 0 ? "" : body.slice(start, body.lastIndexOf("endstream"));
    objects.set(id, { head, stream: inflated(packed) });
  }
  return objects;
}

function inflated(packed: string): string {
  try {
    return packed === "" ? "" : inflateSync(Buffer.from(packed, "latin1")).toString("latin1");
  } catch {
    // Pictures and fonts may be packed in other ways; they hold no words.
    return "";
  }
}

interface Letters {
  /** Hexadecimal digits of one code. */
  readonly width: number;
  readonly of: ReadonlyMap<string, string>;
}

/** What each code of a font means: its ToUnicode map. */
function lettersOf(objects: ReadonlyMap<string, PdfObject>, font: string): Letters {
  const map = /\/ToUnicode\s+(\d+) 0 R/.exec(objects.get(font)?.head ?? "")?.[1] ?? "";
  const cmap = objects.get(map)?.stream ?? "";
  const width = /begincodespacerange\s*<([0-9A-F]+)>/i.exec(cmap)?.[1]?.length ?? 4;
  const of = new Map<string, string>();
  for (const [, part = ""] of cmap.matchAll(/beginbfchar(.*?)endbfchar/gs)) {
    for (const [, code = "", to = ""] of part.matchAll(/<([0-9A-F]+)>\s*<([0-9A-F]+)>/gi)) {
      of.set(code.toUpperCase(), unicode(to));
    }
  }
  for (const [, part = ""] of cmap.matchAll(/beginbfrange(.*?)endbfrange/gs)) {
    const ranges = part.matchAll(/<([0-9A-F]+)>\s*<([0-9A-F]+)>\s*<([0-9A-F]+)>/gi);
    for (const [, from = "", to = "", first = ""] of ranges) {
      for (let code = Number.parseInt(from, 16); code <= Number.parseInt(to, 16); code += 1) {
        const letter = Number.parseInt(first, 16) + code - Number.parseInt(from, 16);
        const key = code.toString(16).padStart(width, "0").toUpperCase();
        of.set(key, String.fromCodePoint(letter));
      }
    }
  }
  return { width, of };
}

function unicode(hex: string): string {
  return Buffer.from(hex, "hex").swap16().toString("utf16le");
}

/** Fonts as they are set, strings as they are shown. */
function textOf(content: string, fonts: ReadonlyMap<string, Letters>): string {
  let font: Letters | undefined;
  let text = "";
  const tokens = content.matchAll(/\/(F\d+)\s+[\d.]+\s+Tf|<([0-9A-F]+)>/gi);
  for (const [, name, hex] of tokens) {
    if (name !== undefined) font = fonts.get(name);
    else if (hex !== undefined && font) {
      for (let at = 0; at < hex.length; at += font.width) {
        text += font.of.get(hex.slice(at, at + font.width).toUpperCase()) ?? "";
      }
    }
  }
  return text.replace(/\s/g, "");
}
