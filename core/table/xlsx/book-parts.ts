import { FileFault } from "#core/table/file-fault.ts";
import { oneLine } from "#core/table/xlsx/cell-text.ts";
import { builtInFormat, formatOfCode, type NumberFormat } from "#core/table/xlsx/serial-date.ts";
import { attributeOf, readSmallXml, type XmlListener, type XmlPart } from "#core/table/xlsx/xml.ts";

/** What points from one part of a workbook to another. */
export interface Relation {
  readonly id: string;
  /** The last word of its type: `worksheet`, `styles`. */
  readonly kind: string;
  readonly target: string;
}

export async function readRelations(part: XmlPart): Promise<readonly Relation[]> {
  const relations: Relation[] = [];
  await readSmallXml(part, {
    open: (name, attributes) => {
      if (name !== "Relationship") return;
      relations.push({
        id: attributeOf(attributes, "Id") ?? "",
        kind: (attributeOf(attributes, "Type") ?? "").split("/").at(-1) ?? "",
        target: attributeOf(attributes, "Target") ?? "",
      });
    },
  });
  return relations;
}

export interface SheetName {
  readonly name: string;
  readonly relation: string;
}

/** The sheets in the workbook's order, and whether it counts days from 1904. */
export async function readSheetNames(
  part: XmlPart,
): Promise<{ sheets: readonly SheetName[]; is1904: boolean }> {
  const sheets: SheetName[] = [];
  let is1904 = false;
  await readSmallXml(part, {
    open: (name, attributes) => {
      if (name === "workbookPr") {
        is1904 = /^(?:1|true|on)$/.test(attributeOf(attributes, "date1904") ?? "");
      } else if (name === "sheet") {
        sheets.push({
          name: attributes["name"] ?? "",
          relation: attributeOf(attributes, "id") ?? "",
        });
      }
    },
  });
  return { sheets, is1904 };
}

/** What each style of a cell shows: a date, or null for anything else. */
export async function readFormats(part: XmlPart): Promise<readonly (NumberFormat | null)[]> {
  const named = new Map<number, NumberFormat | null>();
  const formats: (NumberFormat | null)[] = [];
  let isCellStyles = false;
  await readSmallXml(part, {
    open: (name, attributes) => {
      if (name === "numFmt") {
        const code = attributeOf(attributes, "formatCode") ?? "";
        named.set(Number(attributeOf(attributes, "numFmtId")), formatOfCode(code));
      } else if (name === "cellXfs") isCellStyles = true;
      else if (name === "xf" && isCellStyles) {
        const id = Number(attributeOf(attributes, "numFmtId") ?? 0);
        formats.push(named.get(id) ?? builtInFormat(id));
      }
    },
    close: (name) => {
      if (name === "cellXfs") isCellStyles = false;
    },
  });
  return formats;
}

/** Texts that cells share are kept in memory whole, so there is a limit to them. */
const mostSharedText = 100_000_000;
const mostSharedElements = 20_000_000;

export async function readSharedStrings(
  part: XmlPart,
  mostText = mostSharedText,
): Promise<readonly string[]> {
  const strings: string[] = [];
  let text = "";
  let total = 0;
  let isText = false;
  let isPhonetic = false;
  const listener: XmlListener = {
    open: (name) => {
      if (name === "si") text = "";
      else if (name === "rPh") isPhonetic = true;
      else if (name === "t") isText = !isPhonetic;
    },
    text: (piece) => {
      if (!isText) return;
      text += piece;
      total += piece.length;
      if (total > mostText) {
        throw new FileFault(
          "this workbook holds more than 100 million characters of text; save the sheet as CSV",
        );
      }
    },
    close: (name) => {
      if (name === "t") isText = false;
      else if (name === "rPh") isPhonetic = false;
      else if (name === "si") strings.push(oneLine(text));
    },
  };
  await readSmallXml(part, listener, mostSharedElements);
  return strings;
}
