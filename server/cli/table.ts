/** A column by its heading, and what it shows of a row. */
type Columns<Row> = Readonly<Record<string, (row: Row, at: number) => string | number | null>>;

/** Rows in columns for a person, numbers to the right; the first so many, for --json has them all. */
export function table<Row>(
  rows: readonly Row[],
  columns: Columns<Row>,
  { most = rows.length }: { readonly most?: number } = {},
): string[] {
  const cells = rows
    .slice(0, most)
    .map((row, at) => Object.values(columns).map((show) => String(show(row, at) ?? "")));
  const headings = Object.keys(columns);
  const widths = headings.map((heading, at) =>
    Math.max(heading.length, ...cells.map((line) => line[at]?.length ?? 0)),
  );
  const isNumber = headings.map((_, at) => cells.every((line) => numeric.test(line[at] ?? "")));
  const lines = [headings, ...cells].map((line) =>
    line
      .map((cell, at) =>
        isNumber[at] ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0),
      )
      .join("  ")
      .trimEnd(),
  );
  const hidden = rows.length - cells.length;
  return hidden > 0 ? [...lines, `... and ${hidden} more; --json has all.`] : lines;
}

const numeric = /^([+-]?[\d.,]+(e-?\d+)?%?)?$/;

/** Something else in the place of no rows. */
export const linesOr = (lines: readonly string[], none: string): readonly string[] =>
  lines.length > 0 ? lines : [none];
