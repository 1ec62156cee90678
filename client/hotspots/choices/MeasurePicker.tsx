import { Suspense } from "react";
import { measureOf, measures } from "#client/hotspots/measures/list.ts";
import type { DateRange } from "#client/hotspots/measures/presets.ts";
import { type HotspotsView, leadingSource, showsHot } from "#client/hotspots/state/view.ts";
import type { ChangeView } from "#client/hotspots/state/view-store.ts";
import { lazily } from "#client/ui/lazily.ts";
import { Segmented } from "#client/ui/Segmented.tsx";

const ChangeChoices = lazily(
  async () => (await import("#client/hotspots/choices/ChangeChoices.tsx")).ChangeChoices,
);

export interface MeasurePickerProps {
  readonly view: HotspotsView;
  readonly within: DateRange;
  readonly onChange: ChangeView;
}

export function MeasurePicker({ view, within, onChange }: MeasurePickerProps) {
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
