import { FileFault } from "#core/table/file-fault.ts";
import type { OpenTable, TablePiece, TableSource } from "#core/table/table-source.ts";
import {
  builtInFormat,
  type CellBook,
  formatOfCode,
  type NumberFormat,
  oneLine,
} from "#core/table/xlsx/cell-text.ts";
import { createSheetRows } from "#core/table/xlsx/sheet-rows.ts";
import {
  attributeOf,
  readSmallXml,
  readXml,
  type XmlListener,
  type XmlPart,
} from "#core/table/xlsx/xml.ts";
import { readDirectory, sizedSource, type ZipEntry } from "#core/table/xlsx/zip.ts";

interface Sheet {
  readonly name: string;
  readonly part: XmlPart;
}

/**
 * A workbook of which one sheet is read, row by row. Its directory is judged before anything is
 * unpacked; macros, pictures and formulas are never looked at.
 */
export async function openWorkbook(source: TableSource, wanted: string | null): Promise<OpenTable> {
  const sized = sizedSource(source);
  const entries = await readDirectory(sized);
  refuseNoWorkbook(entries);
  const partOf = (name: string): XmlPart | null => {
    const entry = entries.find((one) => one.name.toLowerCase() === name.toLowerCase());
    return entry ? { source: sized, entry, newDecoder: source.newDecoder } : null;
  };
  const path = await workbookPath(partOf);
  const book = partOf(path);
  if (book === null) throw noTable("it has no list of sheets");
  const relations = await relationsOf(partOf, path);
  const { sheets: named, is1904 } = await readSheetNames(book);
  const sheets = named.flatMap(({ name, relation }): Sheet[] => {
    const found = relations.find(({ id, kind }) => id === relation && kind === "worksheet");
    const part = found ? partOf(found.target) : null;
    return part ? [{ name, part }] : [];
  });
  const ofKind = (kind: string) => {
    const target = relations.find((one) => one.kind === kind)?.target;
    return target === undefined ? null : partOf(target);
  };
  const [styles, strings] = [ofKind("styles"), ofKind("sharedStrings")];
  const cells: CellBook = {
    is1904,
    formats: styles ? await readFormats(styles) : [],
    sharedStrings: strings ? await readSharedStrings(strings) : [],
  };
  const sheet = await chooseSheet(sheets, wanted, cells);
  return {
    format: "xlsx",
    unit: "row",
    sheets: sheets.map(({ name }) => name),
    sheet: sheet.name,
    size: sheet.part.entry.packedSize,
    rows: () => sheetRows(sheet, cells),
  };
}

async function* sheetRows({ part }: Sheet, cells: CellBook): AsyncIterable<TablePiece> {
  const rows = createSheetRows(cells);
  for await (const bytes of readXml(part, rows)) yield { rows: rows.take(), bytes };
}

async function chooseSheet(
  sheets: readonly Sheet[],
  wanted: string | null,
  cells: CellBook,
): Promise<Sheet> {
  const names = sheets.map(({ name }) => `"${name}"`).join(", ");
  if (wanted !== null) {
    const chosen = sheets.find(({ name }) => name === wanted.trim());
    if (chosen) return chosen;
    throw new FileFault(`there is no sheet "${wanted}"; the sheets are ${names || "none"}`);
  }
  for (const sheet of sheets) {
    if (await hasTable(sheet, cells)) return sheet;
  }
  throw noTable("no sheet has a line of headings and a row below it");
}

async function hasTable(sheet: Sheet, cells: CellBook): Promise<boolean> {
  let rows = 0;
  for await (const piece of sheetRows(sheet, cells)) {
    rows += piece.rows.length;
    if (rows > 1) return true;
  }
  return false;
}

function noTable(why: string): FileFault {
  return new FileFault(`this workbook holds no table of events: ${why}`);
}

/** Other ZIP formats, each by a part that only it has. */
const others: readonly { readonly part: RegExp; readonly reason: string }[] = [
  {
    part: /^EncryptedPackage$/i,
    reason: "this workbook is encrypted with a password: save it without one",
  },
  {
    part: /^xl\/workbook\.bin$/i,
    reason: "this is a binary workbook (.xlsb): save it as XLSX or CSV",
  },
  { part: /^word\//i, reason: "this is a Word document: put the table into a sheet or a CSV" },
  { part: /^ppt\//i, reason: "this is a presentation: put the table into a sheet or a CSV" },
  {
    part: /^(?:content\.xml|META-INF\/manifest\.xml)$/i,
    reason: "this is an OpenDocument file: save the table as XLSX or CSV",
  },
];

function refuseNoWorkbook(entries: readonly ZipEntry[]): void {
  if (entries.some(({ isEncrypted }) => isEncrypted)) {
    throw new FileFault("this workbook or archive is encrypted: save it without a password");
  }
  for (const { part, reason } of others) {
    if (entries.some(({ name }) => part.test(name))) throw new FileFault(reason);
  }
  if (entries.some(({ name }) => /^\[Content_Types\]\.xml$/i.test(name))) return;
  throw new FileFault("this is a ZIP archive and no workbook: unpack it and choose the file in it");
}

type PartOf = (name: string) => XmlPart | null;

async function workbookPath(partOf: PartOf): Promise<string> {
  const roots = partOf("_rels/.rels");
  const found = roots
    ? (await readRelations(roots)).find(({ kind }) => kind === "officeDocument")
    : undefined;
  return found ? resolvePath("", found.target) : "xl/workbook.xml";
}

/** Targets are resolved to names within the archive. */
async function relationsOf(partOf: PartOf, path: string): Promise<readonly Relation[]> {
  const folder = path.slice(0, path.lastIndexOf("/") + 1);
  const part = partOf(`${folder}_rels/${path.slice(folder.length)}.rels`);
  if (part === null) throw noTable("nothing says where its sheets are");
  const relations = await readRelations(part);
  return relations.map((one) => ({ ...one, target: resolvePath(folder, one.target) }));
}

function resolvePath(folder: string, target: string): string {
  const steps = (target.startsWith("/") ? target.slice(1) : folder + target).split("/");
  const path: string[] = [];
  for (const step of steps) {
    if (step === "..") path.pop();
    else if (step !== "." && step !== "") path.push(step);
  }
  return path.join("/");
}

interface Relation {
  readonly id: string;
  /** Last word of its type: `worksheet`, `styles`. */
  readonly kind: string;
  readonly target: string;
}

async function readRelations(part: XmlPart): Promise<readonly Relation[]> {
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

interface SheetName {
  readonly name: string;
  readonly relation: string;
}

/** Sheets in workbook order, and whether days count from 1904. */
async function readSheetNames(
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

/** Date format of each cell style; null for any other. */
async function readFormats(part: XmlPart): Promise<readonly (NumberFormat | null)[]> {
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

/** Limit on shared strings, which are held in memory. */
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
