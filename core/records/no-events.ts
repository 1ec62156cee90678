import type { Header } from "#core/table/columns.ts";
import { FileFault } from "#core/table/file-fault.ts";

/** Files that would read as a table with a date and a place, and whose rows are no events. */
const others: readonly {
  readonly has: readonly string[];
  readonly hasNot: readonly string[];
  readonly reason: string;
}[] = [
  {
    has: ["crime id", "month", "outcome type"],
    hasNot: ["crime type"],
    reason:
      "this is an outcomes file of data.police.uk: import the street file of the same month instead, which holds the crimes themselves",
  },
];

/** Whatever is said of such a file, it cannot be read: no choice is offered. */
export function refuseNoEvents({ line, words }: Header): void {
  const other = others.find(
    ({ has, hasNot }) =>
      has.every((heading) => words.includes(heading)) &&
      !hasNot.some((heading) => words.includes(heading)),
  );
  if (other) throw new FileFault(other.reason, { line });
}
