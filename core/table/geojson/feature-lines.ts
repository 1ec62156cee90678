import { FileFault } from "#core/table/file-fault.ts";
import { recordSeparator } from "#core/table/geojson/feature-kind.ts";
import type { FeatureText } from "#core/table/geojson/feature-splitter.ts";
import { tableLimits } from "#core/table/row-reader.ts";

/** Text in pieces to lines that hold something; a feature is found again by its line. */
export function createFeatureLines(): {
  readonly push: (text: string) => FeatureText[];
  readonly finish: () => FeatureText[];
} {
  let rest = "";
  let line = 0;
  const take = (text: string): FeatureText[] => {
    line += 1;
    const feature = text
      .replaceAll(recordSeparator, "")
      .replace(/^\uFEFF/, "")
      .trim();
    return feature === "" ? [] : [{ number: line, text: feature }];
  };
  return {
    push: (text) => {
      const lines = (rest + text).split(/\r\n|\r(?!$)|\n/);
      rest = lines.pop() ?? "";
      if (rest.length > tableLimits.rowLength) {
        throw new FileFault(
          `this line is longer than ${tableLimits.rowLength.toLocaleString("en-GB")} characters; a feature on a line is not`,
          { line: line + 1, unit: "feature-line" },
        );
      }
      return lines.flatMap(take);
    },
    finish: () => take(rest),
  };
}
