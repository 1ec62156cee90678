import { type Zippable, zipSync } from "fflate";

/** A cell as the maker of a sheet says it. */
export type SheetCell =
  | string
  | number
  | boolean
  | null
  /** A number of days, shown by the format with this code or built-in number. */
  | { readonly days: number; readonly format: string | number }
  | { readonly inline: string }
  | { readonly formula: string; readonly value: string | number }
  | { readonly error: string }
  | { readonly iso: string };

export interface MadeSheet {
  readonly name: string;
  readonly rows: readonly (readonly SheetCell[])[];
  /** Number of the first row; spreadsheets may leave rows out. */
  readonly from?: number;
}

export interface WorkbookOptions {
  readonly is1904?: boolean;
  /** Parts to put in or to replace. */
  readonly parts?: Readonly<Record<string, string | Uint8Array>>;
  /** Without `r` on rows and cells, as some programs write. */
  readonly withoutReferences?: boolean;
  readonly level?: 0 | 6;
}

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const packageTypes = "http://schemas.openxmlformats.org/package/2006";

/** A workbook as a spreadsheet program writes it. */
export function workbook(sheets: readonly MadeSheet[], options: WorkbookOptions = {}): Uint8Array {
  const shared: string[] = [];
  const places = new Map<string, number>();
  const formats: (string | number)[] = [];
  const share = (text: string): number => {
    const known = places.get(text);
    if (known !== undefined) return known;
    places.set(text, shared.length);
    return shared.push(text) - 1;
  };
  const style = (format: string | number): number => {
    const at = formats.indexOf(format);
    return at === -1 ? formats.push(format) : at + 1;
  };
  const parts: Record<string, string | Uint8Array> = {};
  sheets.forEach((sheet, index) => {
    parts[`xl/worksheets/sheet${index + 1}.xml`] = sheetXml(sheet, { share, style, ...options });
  });
  Object.assign(parts, {
    "[Content_Types].xml": `${declaration}<Types xmlns="${packageTypes}/content-types"/>`,
    "_rels/.rels": relations([["rId1", "officeDocument", "xl/workbook.xml"]]),
    "xl/workbook.xml": `${declaration}<workbook xmlns="${main}" xmlns:r="${office}"><workbookPr${options.is1904 ? ' date1904="1"' : ""}/><sheets>${sheets.map(({ name }, at) => `<sheet name="${escapeXml(name)}" sheetId="${at + 1}" r:id="rId${at + 1}"/>`).join("")}</sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": relations([
      ...sheets.map(
        (_, at) => [`rId${at + 1}`, "worksheet", `worksheets/sheet${at + 1}.xml`] as const,
      ),
      ["rIdStyles", "styles", "styles.xml"],
      ["rIdStrings", "sharedStrings", "/xl/sharedStrings.xml"],
    ]),
    "xl/styles.xml": stylesXml(formats),
    "xl/sharedStrings.xml": `${declaration}<sst xmlns="${main}">${shared.map((text) => `<si><t xml:space="preserve">${escapeXml(text)}</t></si>`).join("")}</sst>`,
    ...options.parts,
  });
  return zipParts(parts, options.level ?? 6);
}

export function zipParts(
  parts: Readonly<Record<string, string | Uint8Array>>,
  level: 0 | 6 = 6,
): Uint8Array {
  const files: Zippable = {};
  for (const [name, content] of Object.entries(parts)) {
    files[name] = [typeof content === "string" ? Buffer.from(content) : content, { level }];
  }
  return zipSync(files);
}

function relations(list: readonly (readonly [id: string, kind: string, target: string])[]): string {
  const all = list.map(
    ([id, kind, target]) =>
      `<Relationship Id="${id}" Type="${office}/${kind}" Target="${target}"/>`,
  );
  return `${declaration}<Relationships xmlns="${packageTypes}/relationships">${all.join("")}</Relationships>`;
}

function stylesXml(formats: readonly (string | number)[]): string {
  const id = (format: string | number, at: number) =>
    typeof format === "number" ? format : 164 + at;
  const named = formats.map((format, at) =>
    typeof format === "string"
      ? `<numFmt numFmtId="${id(format, at)}" formatCode="${escapeXml(format)}"/>`
      : "",
  );
  const styles = formats.map(
    (format, at) => `<xf numFmtId="${id(format, at)}" applyNumberFormat="1"/>`,
  );
  return `${declaration}<styleSheet xmlns="${main}"><numFmts>${named.join("")}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/>${styles.join("")}</cellXfs></styleSheet>`;
}

interface Writing extends WorkbookOptions {
  readonly share: (text: string) => number;
  readonly style: (format: string | number) => number;
}

function sheetXml({ rows, from = 1 }: MadeSheet, writing: Writing): string {
  const written = rows.map((cells, at) => {
    const number = from + at;
    const inside = cells.map((cell, column) => {
      const reference = writing.withoutReferences ? "" : ` r="${columnName(column)}${number}"`;
      return cellXml(cell, reference, writing);
    });
    return `<row${writing.withoutReferences ? "" : ` r="${number}"`}>${inside.join("")}</row>`;
  });
  return `${declaration}<worksheet xmlns="${main}"><dimension ref="A1"/><sheetData>${written.join("")}</sheetData></worksheet>`;
}

function cellXml(
  cell: SheetCell,
  reference: string,
  { share, style, withoutReferences }: Writing,
): string {
  if (cell === null) return withoutReferences ? "<c/>" : "";
  if (typeof cell === "string") return `<c${reference} t="s"><v>${share(cell)}</v></c>`;
  if (typeof cell === "number") return `<c${reference}><v>${cell}</v></c>`;
  if (typeof cell === "boolean") return `<c${reference} t="b"><v>${cell ? 1 : 0}</v></c>`;
  if ("days" in cell) return `<c${reference} s="${style(cell.format)}"><v>${cell.days}</v></c>`;
  if ("inline" in cell) {
    return `<c${reference} t="inlineStr"><is><r><t>${escapeXml(cell.inline)}</t></r></is></c>`;
  }
  if ("error" in cell) return `<c${reference} t="e"><f>1/0</f><v>${cell.error}</v></c>`;
  if ("iso" in cell) return `<c${reference} t="d"><v>${cell.iso}</v></c>`;
  const type = typeof cell.value === "string" ? ' t="str"' : "";
  return `<c${reference}${type}><f>${escapeXml(cell.formula)}</f><v>${escapeXml(String(cell.value))}</v></c>`;
}

function columnName(column: number): string {
  const rest = Math.floor(column / 26);
  return (rest > 0 ? columnName(rest - 1) : "") + String.fromCharCode(65 + (column % 26));
}

function escapeXml(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

/** Days since the epoch of the 1900 system, as spreadsheets count them. */
export function daysOf(date: string): number {
  return (
    (Date.parse(date.includes("T") ? `${date}Z` : `${date}T00:00Z`) - Date.UTC(1899, 11, 30)) /
    86_400_000
  );
}
