import { ChangeChoices } from "#client/hotspots/ChangeChoices.tsx";
import { measureHelp } from "#client/hotspots/measure-help.ts";
import type { DateRange } from "#client/hotspots/presets.ts";
import {
  discoveredKinds,
  type HotspotsView,
  leadingSource,
  type Measure,
  measures,
  showsHot,
} from "#client/hotspots/view.ts";
import type { ChangeView } from "#client/hotspots/view-store.ts";
import { Segmented } from "#client/ui/Segmented.tsx";

export interface MeasurePickerProps {
  readonly view: HotspotsView;
  readonly within: DateRange;
  readonly onChange: ChangeView;
}

/** What places are shown and ranked by; one paragraph a measure says what it shows and what it does not. */
export function MeasurePicker({ view, within, onChange }: MeasurePickerProps) {
  return (
    <div className="measure-picker">
      <Segmented
        label="Rank by"
        value={view.measure}
        options={measures.map((value) => ({ value, label: measureHelp[value].name }))}
        onChange={(measure) => onChange(measureChosen(view, measure))}
      />
      <details className="measure-picker__help small">
        <summary>What this shows, and its limits</summary>
        <p>{measureHelp[view.measure].help}</p>
      </details>
      {view.measure === "change" ? (
        <ChangeChoices view={view} within={within} onChange={onChange} />
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

/** Hours of patrol say something of police finds alone: without any chosen there would be nothing to see. */
export function measureChosen(
  view: Pick<HotspotsView, "discovered">,
  measure: Measure,
): Partial<HotspotsView> {
  const needsFinds = measure === "effort" && view.discovered.length === 0;
  return needsFinds ? { measure, discovered: discoveredKinds } : { measure };
}
