import { FileFault } from "#core/table/file-fault.ts";
import { tableLimits } from "#core/table/row-reader.ts";
import { formatCount } from "#core/text/numbers.ts";

/** The text of one feature, and its number in the file. */
export interface FeatureText {
  readonly number: number;
  readonly text: string;
}

/**
 * The text of a FeatureCollection in pieces to the text of its features, one by one: the memory it
 * takes does not grow with the file. What lies around the features is kept, and read at the end.
 */
export interface FeatureSplitter {
  readonly push: (text: string) => FeatureText[];
  readonly finish: () => FeatureText[];
  /** Members of the collection that have come by so far, without its features. */
  readonly members: () => Readonly<Record<string, unknown>>;
}

/** GeoJSON of points nests five deep; properties may nest a little further. */
export const deepestNesting = 32;
/** Name, reference system and the like. */
const longestOuter = 65_536;

export function createFeatureSplitter(): FeatureSplitter {
  const scan = createScan();
  return {
    push: (text) => scan.read(text),
    finish: () => {
      scan.end();
      return [];
    },
    members: () => scan.members(),
  };
}

function createScan() {
  let ready: FeatureText[] = [];
  let outer = "";
  /** Of the feature that is being read; null between two. */
  let piece: string[] | null = null;
  let pieceLength = 0;
  let number = 0;
  let depth = 0;
  let isClosed = false;
  let inFeatures = false;
  let hadFeatures = false;
  let needsComma = false;
  let inString = false;
  let escaped = false;
  /** The string of the outermost object that ended last: the name of a member when a colon follows. */
  let word = "";
  let isMember = false;

  const where = () => (inFeatures ? { line: Math.max(1, number), unit: "feature" as const } : {});
  const deeper = () => {
    depth += 1;
    if (depth <= deepestNesting) return;
    throw new FileFault(
      `brackets are nested more than ${deepestNesting} deep here, which no file of points needs`,
      where(),
    );
  };
  const addOuter = (text: string) => {
    outer += text;
    if (outer.length > longestOuter) {
      throw new FileFault(
        `more than ${formatCount(longestOuter)} characters lie outside of the features; this is not a FeatureCollection of points`,
      );
    }
  };
  const addPiece = (text: string) => {
    if (piece === null) return;
    piece.push(text);
    pieceLength += text.length;
    if (pieceLength <= tableLimits.rowLength) return;
    throw new FileFault(
      `this feature is longer than ${formatCount(tableLimits.rowLength)} characters; a point and its properties are not`,
      where(),
    );
  };
  const add = (part: string) => {
    if (piece !== null) return addPiece(part);
    addOuter(part);
    if (depth === 1) word += part;
  };
  const readString = (text: string, from: number): number => {
    const end = endOfString(text, from, escaped);
    [escaped, inString] = [end.escaped, !end.isClosed];
    add(text.slice(from, end.at));
    return end.at;
  };
  const openString = (sign: string) => {
    inString = true;
    word = "";
    add(sign);
  };
  const openFeatures = () => {
    if (hadFeatures) throw new FileFault('the collection has two lists of "features"');
    [inFeatures, hadFeatures, needsComma] = [true, true, false];
    deeper();
    addOuter("[");
  };
  const closeFeatures = () => {
    inFeatures = false;
    depth -= 1;
    addOuter("]");
  };
  const betweenFeatures = (sign: string) => {
    if (isSpace(sign)) return;
    if (sign === "]") return closeFeatures();
    if (sign === "," && needsComma) {
      needsComma = false;
      return;
    }
    if (sign === "{" && !needsComma) {
      number += 1;
      [piece, pieceLength] = [[], 0];
      deeper();
      return addPiece(sign);
    }
    throw new FileFault("something else than a feature stands in the list of features here", {
      line: number + 1,
      unit: "feature",
    });
  };
  const inFeature = (sign: string) => {
    addPiece(sign);
    if (sign === "{" || sign === "[") return deeper();
    if (sign !== "}" && sign !== "]") return;
    depth -= 1;
    if (depth > 2) return;
    ready.push({ number, text: (piece ?? []).join("") });
    [piece, needsComma] = [null, true];
  };
  const aroundFeatures = (sign: string) => {
    if (isSpace(sign)) return addOuter(" ");
    if (isClosed) {
      throw new FileFault("something follows the end of the collection; it must be the whole file");
    }
    if (sign === "[" && depth === 1 && isMember && word === '"features"') return openFeatures();
    isMember = sign === ":" && depth === 1;
    addOuter(sign);
    if (sign === "{" || sign === "[") deeper();
    else if (sign === "}" || sign === "]") closeOuter();
  };
  const closeOuter = () => {
    depth -= 1;
    isClosed = depth <= 0;
  };
  const readFeature = (text: string, at: number): number => {
    const end = endOfPlain(text, at);
    if (end > at) addPiece(text.slice(at, end));
    else inFeature(text.charAt(at));
    return Math.max(end, at + 1);
  };
  const readSign = (text: string, at: number): number => {
    const sign = text.charAt(at);
    if (sign === '"' && (piece !== null || !inFeatures)) openString(sign);
    else if (piece !== null) return readFeature(text, at);
    else if (inFeatures) betweenFeatures(sign);
    else aroundFeatures(sign);
    return at + 1;
  };

  return {
    read: (text: string): FeatureText[] => {
      let at = 0;
      while (at < text.length) at = inString ? readString(text, at) : readSign(text, at);
      const done = ready;
      ready = [];
      return done;
    },
    end: () => {
      if (depth > 0 || inString) {
        throw new FileFault(
          "the file ends before its last bracket is closed; it was cut off, export it again",
          number > 0 ? { line: number, unit: "feature" } : {},
        );
      }
      refuseOther(parseMembers(outer), hadFeatures);
    },
    members: () => {
      const open = inFeatures ? `${outer}]}` : outer;
      return isClosed || inFeatures ? parseMembers(open) : {};
    },
  };
}

const quote = 34;
const backslash = 92;

/** To where a string ends, the closing mark included, or to the end of the text. */
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

/** Signs of a feature that neither open nor close anything. */
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
