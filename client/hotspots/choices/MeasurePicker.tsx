import { Suspense } from "react";
import { measureOf, measures } from "#client/hotspots/measures/list.ts";
import type { DateRange } from "#client/hotspots/measures/presets.ts";
import {
  type HotspotsView,
  kindsSideBySide,
  leadingSource,
  showsHot,
} from "#client/hotspots/state/view.ts";
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
