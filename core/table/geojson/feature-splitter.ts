import { FileFault } from "#core/table/file-fault.ts";
import { tableLimits } from "#core/table/row-reader.ts";
import { formatCount } from "#core/text/numbers.ts";

export interface FeatureText {
  readonly number: number;
  readonly text: string;
}

/**
 * Splits the text of a FeatureCollection, fed in pieces, into the text of its features, in constant
 * memory. The rest of the collection is kept and read at the end.
 */
export interface FeatureSplitter {
  readonly push: (text: string) => FeatureText[];
  readonly finish: () => FeatureText[];
  readonly members: () => Readonly<Record<string, unknown>>;
}

/** GeoJSON of points nests five deep; properties may nest a little further. */
export const deepestNesting = 32;
/** Name, reference system and the like. */
const longestOuter = 65_536;

export function createFeatureSplitter(): FeatureSplitter {
  const scan = newScan();
  return {
    push: (text) => {
      for (let at = 0; at < text.length; ) at = readOn(scan, text, at);
      return scan.ready.splice(0);
    },
    finish: () => {
      refuseCut(scan);
      refuseOther(parseMembers(scan.outer), scan.hadFeatures);
      return [];
    },
    members: () => {
      if (scan.inFeatures) return parseMembers(`${scan.outer}]}`);
      return scan.isClosed ? parseMembers(scan.outer) : {};
    },
  };
}

interface Scan {
  readonly ready: FeatureText[];
  /** The collection without its features. */
  outer: string;
  /** The current feature; null between features. */
  piece: string[] | null;
  pieceLength: number;
  number: number;
  depth: number;
  isClosed: boolean;
  inFeatures: boolean;
  hadFeatures: boolean;
  needsComma: boolean;
  inString: boolean;
  escaped: boolean;
  /** Last string ended in the outermost object: a member's name if a colon follows. */
  word: string;
  isMember: boolean;
}

function newScan(): Scan {
  return {
    ...{ ready: [], outer: "", piece: null, pieceLength: 0, number: 0, depth: 0 },
    ...{ isClosed: false, inFeatures: false, hadFeatures: false, needsComma: false },
    ...{ inString: false, escaped: false, word: "", isMember: false },
  };
}

/** One step: a string's rest, a run of plain characters, or one character. Returns the position. */
function readOn(scan: Scan, text: string, at: number): number {
  if (scan.inString) return readString(scan, text, at);
  const sign = text.charAt(at);
  if (sign === '"' && (scan.piece !== null || !scan.inFeatures)) {
    [scan.inString, scan.word] = [true, ""];
    add(scan, sign);
  } else if (scan.piece !== null) {
    const end = endOfPlain(text, at);
    if (end > at) {
      addPiece(scan, text.slice(at, end));
      return end;
    }
    inFeature(scan, sign);
  } else if (scan.inFeatures) betweenFeatures(scan, sign);
  else aroundFeatures(scan, sign);
  return at + 1;
}

function readString(scan: Scan, text: string, from: number): number {
  const end = endOfString(text, from, scan.escaped);
  [scan.escaped, scan.inString] = [end.escaped, !end.isClosed];
  add(scan, text.slice(from, end.at));
  return end.at;
}

function aroundFeatures(scan: Scan, sign: string): void {
  if (isSpace(sign)) {
    addOuter(scan, " ");
    return;
  }
  if (scan.isClosed) {
    throw new FileFault("something follows the end of the collection; it must be the whole file");
  }
  const isFeatures = scan.depth === 1 && scan.isMember && scan.word === '"features"';
  if (sign === "[" && isFeatures) {
    openFeatures(scan);
    return;
  }
  scan.isMember = sign === ":" && scan.depth === 1;
  addOuter(scan, sign);
  if (isOpening(sign)) goDeeper(scan);
  if (!isClosing(sign)) return;
  scan.depth -= 1;
  scan.isClosed = scan.depth <= 0;
}

function openFeatures(scan: Scan): void {
  if (scan.hadFeatures) throw new FileFault('the collection has two lists of "features"');
  [scan.inFeatures, scan.hadFeatures, scan.needsComma] = [true, true, false];
  goDeeper(scan);
  addOuter(scan, "[");
}

function betweenFeatures(scan: Scan, sign: string): void {
  if (isSpace(sign)) return;
  if (sign === "]") {
    scan.inFeatures = false;
    scan.depth -= 1;
    addOuter(scan, "]");
  } else if (sign === "," && scan.needsComma) {
    scan.needsComma = false;
  } else if (sign === "{" && !scan.needsComma) {
    scan.number += 1;
    [scan.piece, scan.pieceLength] = [[], 0];
    goDeeper(scan);
    addPiece(scan, sign);
  } else {
    throw new FileFault("the list of features has something else here", {
      line: scan.number + 1,
      unit: "feature",
    });
  }
}

/** A bracket in a feature; the last one completes it. */
function inFeature(scan: Scan, sign: string): void {
  addPiece(scan, sign);
  if (isOpening(sign)) goDeeper(scan);
  if (!isClosing(sign)) return;
  scan.depth -= 1;
  if (scan.depth > 2) return;
  scan.ready.push({ number: scan.number, text: (scan.piece ?? []).join("") });
  [scan.piece, scan.needsComma] = [null, true];
}

function add(scan: Scan, part: string): void {
  if (scan.piece !== null) {
    addPiece(scan, part);
    return;
  }
  addOuter(scan, part);
  if (scan.depth === 1) scan.word += part;
}

function addOuter(scan: Scan, text: string): void {
  scan.outer += text;
  if (scan.outer.length <= longestOuter) return;
  throw new FileFault(
    `more than ${formatCount(longestOuter)} characters lie outside of the features; this is not a FeatureCollection of points`,
  );
}

function addPiece(scan: Scan, text: string): void {
  scan.piece?.push(text);
  scan.pieceLength += text.length;
  if (scan.pieceLength <= tableLimits.rowLength) return;
  throw new FileFault(
    `this feature is longer than ${formatCount(tableLimits.rowLength)} characters; a point and its properties are not`,
    whereIn(scan),
  );
}

function goDeeper(scan: Scan): void {
  scan.depth += 1;
  if (scan.depth <= deepestNesting) return;
  throw new FileFault(
    `brackets are nested more than ${deepestNesting} deep here, which no file of points needs`,
    whereIn(scan),
  );
}

function whereIn({ inFeatures, number }: Scan) {
  return inFeatures ? { line: Math.max(1, number), unit: "feature" as const } : {};
}

function refuseCut({ depth, inString, number }: Scan): void {
  if (depth <= 0 && !inString) return;
  throw new FileFault(
    "the file ends before its last bracket is closed; it was cut off, export it again",
    number > 0 ? { line: number, unit: "feature" } : {},
  );
}

function isOpening(sign: string): boolean {
  return sign === "{" || sign === "[";
}

function isClosing(sign: string): boolean {
  return sign === "}" || sign === "]";
}

const quote = 34;
const backslash = 92;

/** End of a string, closing quote included, or of the text. */
function endOfString(text: string, from: number, wasEscaped: boolean) {
  let escaped = wasEscaped;
  for (let at = from; at < text.length; at += 1) {
    const sign = text.charCodeAt(at);
    if (escaped) escaped = false;
    else if (sign === backslash) escaped = true;
    else if (sign === quote) return { at: at + 1, escaped, isClosed: true };
  }
  return { at: text.length, escaped, isClosed: false };
}

function endOfPlain(text: string, from: number): number {
  let at = from;
  while (at < text.length && !structure.has(text.charCodeAt(at))) at += 1;
  return at;
}

const structure: ReadonlySet<number> = new Set([...'{}[]"'].map((sign) => sign.charCodeAt(0)));

function isSpace(sign: string): boolean {
  return sign === " " || sign === "\n" || sign === "\r" || sign === "\t" || sign === "\uFEFF";
}

function parseMembers(outer: string): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(outer) as Record<string, unknown>;
  } catch (cause) {
    throw new FileFault("this cannot be read as JSON; export it again as GeoJSON", { cause });
  }
}

function refuseOther(members: Readonly<Record<string, unknown>>, hadFeatures: boolean): void {
  const { type } = members;
  if (type === "FeatureCollection" && hadFeatures) return;
  const said = typeof type === "string" && /^[A-Za-z]{1,30}$/.test(type) ? `a ${type}` : "JSON";
  throw new FileFault(
    type === "FeatureCollection"
      ? 'the FeatureCollection has no list of "features"'
      : `this is ${said}, not a GeoJSON FeatureCollection; export the points as one`,
  );
}
