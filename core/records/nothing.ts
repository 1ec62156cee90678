import type { ColumnRole } from "#core/table/columns.ts";

/** What databases and people write where there is nothing; of a time also that it is not known. */
export function isNothing(cell: string, role: ColumnRole): boolean {
  if (cell.length > longestNothing || !beginnings.has(cell.charCodeAt(0))) return false;
  return nothing.test(cell) || (timesOfDay.has(role) && notKnown.test(cell));
}
const longestNothing = 12;
/** Told by the first sign: nearly no cell of millions needs the patterns. */
const beginnings: ReadonlySet<number> = new Set([..."nN#-uUtT?"].map((sign) => sign.charCodeAt(0)));
const nothing = /^(?:null|n\/?a|#n\/a|nil|-{1,3})$/i;
const notKnown = /^(?:unknown|not known|unk|tbc|\?{1,3})$/i;
const timesOfDay: ReadonlySet<ColumnRole> = new Set(["time", "start_time", "end_time"]);
