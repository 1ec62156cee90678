import { plainText } from "#core/text/normalise.ts";

const decimal = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
/** Longer than any coordinate: not worth a pattern. */
const longest = 40;

const degrees = /^([+-]?)(\d{1,3}(?:[.,]\d+)?)\s*°?\s*([NSEW])?$/i;

/**
 * Degrees as exports write them: `51.6205`, `51,6205` with a decimal comma, `51.6205 N`, `0.0631°
 * W`, and a typographic minus. NaN for anything else, such as degrees with minutes.
 */
export function degreesOf(written: string): number {
  if (written.length > longest) return Number.NaN;
  if (decimal.test(written)) return Number(written);
  const [, sign = "", figures = "", letter = ""] = degrees.exec(plainText(written)) ?? [];
  if (figures === "") return Number.NaN;
  // A sign and a letter together are ambiguous.
  if (sign !== "" && letter !== "") return Number.NaN;
  const value = Number(figures.replace(",", "."));
  return sign === "-" || /[SW]/i.test(letter) ? -value : value;
}

/** `534,191` and `534 191.5`: thousands groups, as no decimal comma precedes just three digits. */
const parted = /^\d{1,3}(?:[, ]\d{3})+(?:\.\d+)?$/;
const decimalComma = /^\d+,\d+$/;

/** Metres of the grid: `534191`, `534,191`, `534191,25`. NaN for anything else. */
export function metresOf(written: string): number {
  if (written.length > longest) return Number.NaN;
  if (decimal.test(written)) return Number(written);
  const text = plainText(written);
  if (parted.test(text)) return Number(text.replace(/[, ]/g, ""));
  return decimalComma.test(text) ? Number(text.replace(",", ".")) : Number.NaN;
}
