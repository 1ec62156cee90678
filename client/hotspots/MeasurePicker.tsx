import { Suspense, useState } from "react";
import { type Measure, measureOf, measures } from "#client/hotspots/measures/list.ts";
import type { DateRange } from "#client/hotspots/presets.ts";
import { type HotspotsView, leadingSource, showsHot } from "#client/hotspots/view.ts";
import type { ChangeView } from "#client/hotspots/view-store.ts";
import { lazily } from "#client/ui/lazily.ts";
import { Segmented } from "#client/ui/Segmented.tsx";
import { discoveredKinds } from "#core/records/kinds.ts";

// Chosen by a click: the first page does not wait for them.
const ChangeChoices = lazily(
  async () => (await import("#client/hotspots/ChangeChoices.tsx")).ChangeChoices,
);
const HarmChoice = lazily(async () => (await import("#client/hotspots/HarmChoice.tsx")).HarmChoice);

export interface MeasurePickerProps {
  readonly view: HotspotsView;
  readonly within: DateRange;
  readonly onChange: ChangeView;
}

/** What places are shown and ranked by; one paragraph a measure says what it shows and what it does not. */
export function MeasurePicker({ view, within, onChange }: MeasurePickerProps) {
  const [hasAdded, setAdded] = useState(false);
  const choose = (measure: Measure) => {
    const part = measureChosen(view, measure, hasAdded);
    setAdded(part.discovered !== undefined && part.discovered.length > 0);
    onChange(part);
  };
  return (
    <div className="measure-picker">
      <Segmented
        label="Rank by"
        value={view.measure}
        options={measures.map((value) => ({ value, label: measureOf(value).name }))}
        onChange={choose}
      />
      <details className="measure-picker__help small">
        <summary>What this shows, and its limits</summary>
        <p>{measureOf(view.measure).help}</p>
      </details>
      {measureOf(view.measure).weighs ? (
        <Suspense fallback={null}>
          <HarmChoice view={view} onChange={onChange} />
        </Suspense>
      ) : null}
      {measureOf(view.measure).compares ? (
        <Suspense fallback={null}>
          <ChangeChoices view={view} within={within} onChange={onChange} />
        </Suspense>
      ) : null}
      {showsHot(view) && leadingSource(view) === "reported" ? (
        <Segmented
          label="Draw as"
          value={view.isSurface ? "surface" : "cells"}
          options={[
            { value: "cells", label: "Cells" },
            { value: "surface", label: "Smooth surface" },
          ]}
          onChange={(drawn) => onChange({ isSurface: drawn === "surface" })}
        />
      ) : null}
    </div>
  );
}

/**
 * Hours of patrol say something of police finds alone: without any chosen there would be nothing to see. `hasAdded`: they were
 * chosen by that, and go with it.
 */
export function measureChosen(
  view: Pick<HotspotsView, "discovered">,
  measure: Measure,
  hasAdded: boolean,
): Partial<HotspotsView> {
  const { isOfFinds, weighs } = measureOf(measure);
  // Chosen anew it is by the weights in use; a link or a saved view names its version.
  const isAsAdded = hasAdded && view.discovered.length === discoveredKinds.length;
  const back = isAsAdded && !isOfFinds ? { discovered: [] } : {};
  if (weighs) return { measure, harm: null, ...back };
  const needsFinds = isOfFinds && view.discovered.length === 0;
  return needsFinds ? { measure, discovered: discoveredKinds } : { measure, ...back };
}
