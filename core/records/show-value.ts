import { isCategoryText } from "#core/records/words.ts";
import { type ColumnRole, isWordRole } from "#core/table/columns.ts";

const longestShown = 40;
const hidden = "(not shown)";

/**
 * A refused value as a message may quote it. Shown: a number in a place column, a date or time in a
 * time column, and a short category in a word column; anything else may be personal data typed into
 * the wrong cell. Coordinates are cut to about a kilometre, as the exact point is kept nowhere.
 */
export function showValue(role: ColumnRole, value: string): string {
  if (value === "") return "";
  // Words about a place may be an address; the page's replacement is internal.
  if (role === "reference" || isWordRole(role) || role === "cell") return hidden;
  if (value.length > longestShown) return "(too long to show)";
  if (noValue.test(value)) return value;
  if (wordRoles.has(role)) return isCategoryText(value) ? value : hidden;
  if (placeRoles.has(role)) return showCoordinate(value);
  if (role === "grid_reference") return showReference(value);
  return isDateLike(value) ? value : hidden;
}

const wordRoles: ReadonlySet<ColumnRole> = new Set(["kind", "category", "type", "source"]);
const placeRoles: ReadonlySet<ColumnRole> = new Set([
  "latitude",
  "longitude",
  "easting",
  "northing",
]);

/** What people and programs write for no value. */
const noValue =
  /^(?:\(left out\)|MultiPoint|(?:Multi)?(?:LineString|Polygon)|GeometryCollection|n\/?a|nan|null|nil|none|tb[ac]|unknown|not known|missing|[+-]?inf(?:inity)?|[-?.x]{1,3}|#?(?:value|ref|n\/a|num|div\/0)[!?]?)$/i;

/** A number as people and programs write it: `51.6`, `5,16E1`, `0x33`, `51°36'N`. */
const numberLike =
  /^[=+-]{0,2}(?:0x[\da-f]{1,8}|\d{0,8}(?:[.,°'"′″ ]{1,2}\d{1,20}){0,3}(?:e[+-]?\d{1,4})?[°'"′″ ]{0,2}[nsew]?)$/i;

/** A formula left by a spreadsheet: `=51.6+0`. */
const sumLike = /^=[\d.,+*/-]{1,30}$/;

function showCoordinate(value: string): string {
  if (!(numberLike.test(value) || sumLike.test(value)) || phoneFigures(value) >= 10) return hidden;
  return value
    .replace(/([.,]\d{2})\d+/g, "$1…")
    .replace(/^([=+-]*\d{3})\d{3,}.*$/, "$1…")
    .replace(/([°'′ ]+\d{1,2})[.,°'"′″ \d]+[nsew]?$/i, "$1…");
}

/** Its letters and kilometre square; digits alone are shown as a coordinate is. */
function showReference(value: string): string {
  const parts = /^([a-z]{1,2})[\s,:/-]*(\d*)(?:[\s,:/-]+(\d+))?$/i.exec(value);
  if (!parts) return showCoordinate(value);
  const [letters = "", first = "", second] = parts.slice(1);
  const half = second === undefined ? Math.floor(first.length / 2) : first.length;
  const halves = [first.slice(0, half), second ?? first.slice(half)].filter(Boolean);
  const cut = halves.map((half) => (half.length > 2 ? `${half.slice(0, 2)}…` : half));
  return [letters, ...cut].join(" ");
}

/** Number of digits that could be a phone number: one run without a decimal point. */
function phoneFigures(value: string): number {
  return /[.,°]/.test(value) ? 0 : value.replace(/\D/g, "").length;
}

const dateSigns = /^[\d\s:/.,+=*()'-]*$/;
const dateWords =
  /\b(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:rs(?:day)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?|never|soon|now|last|next|this|week|late|early|about|around|approx|before|after|between|and|today|tonight|yesterday|tomorrow|noon|midday|midnight|morning|afternoon|evening|night|am|pm|at|to|from|of|utc|gmt|bst|europe|london|[tz]|hrs?|hours?)\b\.?/gi;
/** Words stand alone or touch digits, as in `5th`, `10pm`, `2021-11-15T22:15Z`. */
const touching = /(?<=\d)(?:st|nd|rd|th|am|pm|hrs?|[tz])(?=[^\p{L}]|$)/giu;

function isDateLike(value: string): boolean {
  const rest = value.replace(touching, " ").replace(dateWords, " ");
  if (!dateSigns.test(rest)) return false;
  if (value.replace(/\D/g, "").length < 9) return true;
  return beginsWithDate.test(value.trim());
}

/** Nine digits or more are a phone number, unless a date comes first. */
const beginsWithDate =
  /^[=']?(?:(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:T?\d{4}(?:\d{2})?)?$|\d{4}[-/. ]\d{1,2}[-/. ]\d{1,2}(?!\d)|\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d{2})(?!\d))/;

/** What databases and people write for no value; for times also for unknown. */
export function isNothing(cell: string, role: ColumnRole): boolean {
  if (cell.length > longestNothing || !beginnings.has(cell.charCodeAt(0))) return false;
  return nothing.test(cell) || (timesOfDay.has(role) && notKnown.test(cell));
}
const longestNothing = 12;
/** First characters: nearly no cell of millions needs the patterns. */
const beginnings: ReadonlySet<number> = new Set([..."nN#-uUtT?"].map((sign) => sign.charCodeAt(0)));
const nothing = /^(?:null|n\/?a|#n\/a|nil|-{1,3})$/i;
const notKnown = /^(?:unknown|not known|unk|tbc|\?{1,3})$/i;
const timesOfDay: ReadonlySet<ColumnRole> = new Set(["time", "start_time", "end_time"]);
