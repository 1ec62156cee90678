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
