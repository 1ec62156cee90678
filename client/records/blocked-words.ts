import type { BlockedColumn } from "#core/table/columns.ts";

/** "Caller name (its heading speaks of people); Contact (its values look like e-mail addresses)" */
export function describeBlocked(blocked: readonly BlockedColumn[]): string {
  return blocked.map(({ column, reason }) => `${column} (${reason})`).join("; ");
}
