/** Lower case, letters and digits only, words parted by one space: `Crime_Type` = `crime type`. */
export function normaliseWords(text: string): string {
  return text
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, " ")
    .trim();
}

/** The same for a column that says few things over and over: a third of the time of a large file. */
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
 * A value as a person sees it: letters and figures in their usual form, nothing invisible among them,
 * and without what spreadsheets put around a text (`="07700"`, `'07700`). What is looked for in a value
 * must not hide behind how it is written.
 */
export function plainText(value: string): string {
  const text = isPlain.test(value)
    ? value
    : value.normalize("NFKC").replace(invisible, "").replace(dashes, "-");
  return unwrapped(text.trim());
}

/** Most cells are of these signs alone, and there are millions of them. */
const isPlain = /^[\x20-\x7e£]*$/;
/** Marks of direction, of a hyphen that may come, of nothing at all. */
const invisible = /\p{Cf}|\p{Default_Ignorable_Code_Point}/gu;
const dashes = /[\u2010-\u2015\u2212]/g;

/** What a spreadsheet writes to keep a text from being read as a number. */
export function unwrapped(text: string): string {
  const first = text.charCodeAt(0);
  if (first === equals && /^="[^"]+"$/.test(text)) {
    return text.slice(2, -1).trim();
  }
  return first === apostrophe ? text.slice(1).trim() : text;
}
const equals = 61;
const apostrophe = 39;
