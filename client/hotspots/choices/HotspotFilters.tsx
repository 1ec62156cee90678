import { Suspense } from "react";
import { measureOf, measures } from "#client/hotspots/measures/list.ts";
import { FilledMark, HollowMark } from "#client/hotspots/measures/Marks.tsx";
import { useHotspotsParts } from "#client/hotspots/ranked/hotspots-parts.ts";
import {
  type HotspotsView,
  kindsSideBySide,
  leadingSource,
  mapResolutions,
  showsHot,
  toggled,
} from "#client/hotspots/state/view.ts";
import { Button } from "#client/ui/Button.tsx";
import { Chip } from "#client/ui/Chip.tsx";
import { lazily } from "#client/ui/lazily.ts";
import { Segmented } from "#client/ui/Segmented.tsx";
import { discoveredKinds, kinds, reportedKinds } from "#core/records/kinds.ts";
import { typeKey, wordsOfTypes } from "#core/records/types.ts";

/** What is counted and how it is shown. Reported and discovered are two groups, never one sum. */
export function HotspotFilters({
  types,
}: {
  /** The sources' own words, over all records. */
  readonly types: readonly string[];
}) {
  const { view, store } = useHotspotsParts();
  const onChange = store.change;
  const isOfFinds = measureOf(view.measure).isOfFinds === true;
  return (
    <div className="hotspots__filters stack gap-2 no-print">
      <fieldset className="hotspots__kinds row wrap gap-2" disabled={isOfFinds}>
        <legend>Reported by people{isOfFinds ? ": not used here" : ""}</legend>
        {reportedKinds.map((kind) => (
          <Chip
            key={kind}
            checked={view.reported.includes(kind)}
            onChange={() => onChange({ reported: toggled(reportedKinds, view.reported, kind) })}
          >
            <FilledMark /> {kinds[kind].label}
          </Chip>
        ))}
      </fieldset>
      <fieldset className="hotspots__kinds row wrap gap-2">
        <legend>Recorded by police</legend>
        {discoveredKinds.map((kind) => (
          <Chip
            key={kind}
            checked={view.discovered.includes(kind)}
            onChange={() =>
              onChange({ discovered: toggled(discoveredKinds, view.discovered, kind) })
            }
          >
            <HollowMark /> {kinds[kind].label}
          </Chip>
        ))}
      </fieldset>
      <TypeFilter
        types={types}
        chosen={view.types}
        onChoose={(chosen) => onChange({ types: chosen })}
      />
      {leadingSource(view) === "discovered" ? (
        <p className="small quiet">These show where police were, not where the problem is.</p>
      ) : null}
      {view.by === "cell" ? (
        <div className="hotspots__measures row wrap gap-2-3">
          <MeasurePicker />
          <CellSize />
        </div>
      ) : null}
    </div>
  );
}

function CellSize() {
  const { view, store } = useHotspotsParts();
  return (
    <Segmented
      label="Cell size"
      value={String(view.resolution)}
      options={mapResolutions.map((each) => ({ value: String(each), label: sizeWords[each] }))}
      onChange={(text) => {
        const resolution = mapResolutions.find((each) => String(each) === text);
        if (resolution) store.change({ resolution });
      }}
    />
  );
}

/** By the distance across a cell: resolution numbers mean nothing to a reader. */
export const sizeWords = { 8: "850 m", 9: "320 m", 10: "120 m" } as const;

interface TypeFilterProps {
  readonly types: readonly string[];
  /** Empty: all. */
  readonly chosen: readonly string[];
  readonly onChoose: (keys: readonly string[]) => void;
}

/** In the sources' own words; absent where no source has any. */
function TypeFilter({ types, chosen, onChoose }: TypeFilterProps) {
  const known = types.map(typeKey);
  // A link may name a type without records; it must be deselectable.
  const keys = [...known, ...chosen.filter((key) => !known.includes(key))];
  if (keys.length === 0) return null;
  const words = wordsOfTypes(types, keys);
  return (
    <details className="hotspots__types">
      <summary className="small medium">
        {chosen.length === 0 ? "Types: all" : `Types: ${wordsOfTypes(types, chosen).join(", ")}`}
      </summary>
      <fieldset className="hotspots__kinds row wrap gap-2">
        <legend>Only records of these types</legend>
        {keys.map((key, at) => (
          <Chip
            key={key}
            checked={chosen.includes(key)}
            onChange={() => onChoose(toggled(keys, chosen, key))}
          >
            {words[at]}
          </Chip>
        ))}
        {chosen.length === 0 ? null : <Button onClick={() => onChoose([])}>All types</Button>}
      </fieldset>
    </details>
  );
}

const ChangeChoices = lazily(
  async () => (await import("#client/hotspots/choices/ChangeChoices.tsx")).ChangeChoices,
);

function MeasurePicker() {
  const { view, store } = useHotspotsParts();
  const onChange = store.change;
  return (
    <div className="measure-picker stack start gap-2 full">
      <Segmented
        label="Rank by"
        value={view.measure}
        options={measures.map((value) => ({ value, label: measureOf(value).name }))}
        onChange={(measure) => onChange({ measure })}
      />
      <details className="measure-picker__help small">
        <summary>What this shows</summary>
        <p>{measureOf(view.measure).help}</p>
      </details>
      {measureOf(view.measure).compares ? (
        <Suspense fallback={null}>
          <ChangeChoices />
        </Suspense>
      ) : null}
      {showsHot(view) && leadingSource(view) === "reported" ? (
        <Segmented
          label="Draw as"
          value={drawnAs(view)}
          options={[
            { value: "cells", label: "Cells" },
            { value: "surface", label: "Smooth surface" },
            ...(view.reported.length === 2 && view.by === "cell"
              ? [{ value: "side", label: "Two maps" } as const]
              : []),
          ]}
          onChange={(drawn) =>
            onChange({ isSurface: drawn === "surface", isSideBySide: drawn === "side" })
          }
        />
      ) : null}
    </div>
  );
}

function drawnAs(view: HotspotsView): "side" | "surface" | "cells" {
  if (kindsSideBySide(view)) return "side";
  return view.isSurface ? "surface" : "cells";
}
