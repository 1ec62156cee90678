/** Lower case, letters and digits only, words parted by one space: `Crime_Type` = `crime type`. */
export function normaliseWords(text: string): string {
  return text
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, " ")
    .trim();
}

/** Memoised for columns of few distinct values: saves a third of a large file's time. */
export function createWordsMemory(most = 10_000): (text: string) => string {
  const known = new Map<string, string>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found;
    const words = normaliseWords(text);
    if (known.size >= most) known.clear();
    known.set(text, words);
    return words;
  };
}

/**
 * A value as displayed: letters and digits in compatibility form, no invisible characters, and no
 * spreadsheet wrapping (`="07700"`, `'07700`), so that spelling cannot hide personal data from
 * checks.
 */
export function plainText(value: string): string {
  const text = isPlain.test(value)
    ? value
    : value.normalize("NFKC").replace(invisible, "").replace(dashes, "-");
  return unwrapped(text.trim());
}

/** Fast path: most of millions of cells have only these characters. */
const isPlain = /^[\x20-\x7e£]*$/;
/** Direction marks, soft hyphens, zero-width characters. */
const invisible = /\p{Cf}|\p{Default_Ignorable_Code_Point}/gu;
const dashes = /[\u2010-\u2015\u2212]/g;

/** Strips the wrapping that keeps a text from being a number. */
export function unwrapped(text: string): string {
  const first = text.charCodeAt(0);
  if (first === equals && /^="[^"]+"$/.test(text)) {
    return text.slice(2, -1).trim();
  }
  return first === apostrophe ? text.slice(1).trim() : text;
}
const equals = 61;
const apostrophe = 39;
