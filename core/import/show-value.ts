import type { ColumnRole } from "#core/import/columns.ts";

const longestShown = 40;

/**
 * A refused value as a message may repeat it: dates and coordinates as written, words only while
 * they look like words of a list. A mapped column can still hold what was typed into the wrong cell.
 */
export function showValue(role: ColumnRole, value: string): string {
  if (role === "reference") return value === "" ? "" : "(not shown)";
  const pattern = wordRoles.has(role) ? harmlessWords : harmlessFigures;
  if (value.length > longestShown) return "(too long to show)";
  return pattern.test(value) ? value : "(not shown)";
}

const wordRoles: ReadonlySet<ColumnRole> = new Set(["kind", "category", "source"]);

/** Up to five words, no e-mail, and no run of figures that could be a phone or a vehicle mark. */
const harmlessWords = /^(?!.*\d{3})[\p{L}\d&/'.,()_=+-]*(?: [\p{L}\d&/'.,()_=+-]+){0,4}$/u;
/** Figures and signs with at most three short words between, and no phone number. */
const harmlessFigures =
  /^(?!\+?(?:\d[ ()-]?){9,}$)[\d\s:/.,+=*()-]*(?:\p{L}{1,9}[\d\s:/.,+=*()-]*){0,3}$/u;
