import { geoKindWords } from "#client/places/geo/geo-file.ts";
import { Banner } from "#client/ui/Banner.tsx";
import { formatQuantity } from "#client/ui/format.ts";
import { describeBoundaries } from "#core/places/layers/boundary-words.ts";
import type { BoundaryResult } from "#core/places/wire/boundaries.ts";
import type { LayerResult } from "#core/places/wire/layers.ts";

export type GeoOutcome =
  | { readonly what: "boundaries"; readonly result: BoundaryResult }
  | { readonly what: "layer"; readonly result: LayerResult };

/** What came in, what was put right and what to know of it; of a check, what would. */
export function GeoResult({ outcome }: { readonly outcome: GeoOutcome }) {
  const { result } = outcome;
  const lines =
    outcome.what === "boundaries"
      ? describeBoundaries(outcome.result)
      : describeLayer(outcome.result);
  return (
    <div className="outcome" role="status">
      <Banner kind="note">
        {result.dryRun ? "Checked, nothing was kept: " : "Imported: "}
        {result.fileName}, {geoKindWords[result.kind].toLowerCase()}.
      </Banner>
      <ul className="geo__lines">
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </div>
  );
}

function describeLayer(result: LayerResult): string[] {
  const { features, kept, outside, dryRun, labelProperty, labelled, repaired } = result;
  return [
    `${formatQuantity(features, "place")} read, ${kept.toLocaleString("en-GB")} ${dryRun ? "would be kept" : "kept"}, ${outside.toLocaleString("en-GB")} further than 500 m from the command.`,
    labelProperty === null
      ? "No names are kept."
      : `${formatQuantity(labelled, "name")} from "${labelProperty}".`,
    ...(repaired > 0
      ? [`${formatQuantity(repaired, "shape")} whose lines crossed put right.`]
      : []),
    ...result.notes,
  ];
}
