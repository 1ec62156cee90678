import { useState } from "react";
import { HarmChoice } from "#client/hotspots/HarmChoice.tsx";
import { baselineRange } from "#client/hotspots/map/baseline.ts";
import { type Measure, measureOf, measures } from "#client/hotspots/measures/list.ts";
import type { DateRange } from "#client/hotspots/presets.ts";
import { type HotspotsView, leadingSource, showsHot } from "#client/hotspots/view.ts";
import type { ChangeView } from "#client/hotspots/view-store.ts";
import { Button } from "#client/ui/Button.tsx";
import { Segmented } from "#client/ui/Segmented.tsx";
import { Select } from "#client/ui/Select.tsx";
import { TextField } from "#client/ui/TextField.tsx";
import { discoveredKinds } from "#core/records/kinds.ts";
import { formatDateRange } from "#core/time/words.ts";

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
        options={measures.map((value) => ({ value, label: measureOf(value).name }))}
        onChange={(measure) => onChange(measureChosen(view, measure))}
      />
      <details className="measure-picker__help small">
        <summary>What this shows, and its limits</summary>
        <p>{measureOf(view.measure).help}</p>
      </details>
      {measureOf(view.measure).weighs ? <HarmChoice view={view} onChange={onChange} /> : null}
      {measureOf(view.measure).compares ? (
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
  const { isOfFinds, weighs } = measureOf(measure);
  // Chosen anew it is by the weights in use; a link or a saved view names its version.
  if (weighs) return { measure, harm: null };
  const needsFinds = isOfFinds && view.discovered.length === 0;
  return needsFinds ? { measure, discovered: discoveredKinds } : { measure };
}

interface ChangeChoicesProps {
  readonly view: HotspotsView;
  readonly within: DateRange;
  readonly onChange: ChangeView;
}

type Choice = "before" | "year" | "dates";

/** What is compared with what, and whether as one map of changes or as two beside each other. */
function ChangeChoices({ view, within, onChange }: ChangeChoicesProps) {
  const { baseline } = view;
  const [isChoosing, setChoosing] = useState(false);
  const choice: Choice = typeof baseline === "object" || isChoosing ? "dates" : baseline;
  const range = baselineRange(view, baseline, within);
  const setBaseline = (next: HotspotsView["baseline"]) => {
    setChoosing(false);
    onChange({ baseline: next });
  };
  return (
    <>
      <Select
        label="Compare with"
        value={choice}
        options={[
          { value: "before", label: "The period before" },
          { value: "year", label: "Same weeks last year" },
          { value: "dates", label: "Other dates" },
        ]}
        hint={"fault" in range ? undefined : formatDateRange(range.from, range.to)}
        error={"fault" in range ? range.fault : undefined}
        onChange={(next) => (next === "dates" ? setChoosing(true) : setBaseline(next))}
      />
      {choice === "dates" ? (
        <BaselineDates
          key={`${view.from} ${view.to}`}
          view={view}
          within={within}
          start={"fault" in range ? within : range}
          onRange={setBaseline}
        />
      ) : null}
      <Segmented
        label="Show"
        value={view.isSideBySide ? "side" : "change"}
        options={[
          { value: "change", label: "As change" },
          { value: "side", label: "Side by side" },
        ]}
        onChange={(shown) => onChange({ isSideBySide: shown === "side" })}
      />
    </>
  );
}

interface BaselineDatesProps {
  readonly view: DateRange;
  readonly within: DateRange;
  readonly start: DateRange;
  readonly onRange: (range: DateRange) => void;
}

function BaselineDates({ view, within, start, onRange }: BaselineDatesProps) {
  const [from, setFrom] = useState(start.from);
  const [to, setTo] = useState(start.to);
  const fault = faultOf({ from, to }, view, within);
  return (
    <form
      className="hotspots__dates"
      onSubmit={(event) => {
        event.preventDefault();
        if (!fault) onRange({ from, to });
      }}
    >
      <TextField
        type="date"
        label="From"
        value={from}
        min={within.from}
        max={within.to}
        onChange={setFrom}
      />
      <TextField
        type="date"
        label="To"
        value={to}
        min={within.from}
        max={within.to}
        onChange={setTo}
        error={fault}
      />
      <Button type="submit">Compare</Button>
    </form>
  );
}

function faultOf(asked: DateRange, view: DateRange, within: DateRange): string | undefined {
  if (!asked.from || !asked.to) return "Enter both dates.";
  if (asked.from > asked.to) return "The last day is before the first.";
  const range = baselineRange(view, asked, within);
  return "fault" in range ? range.fault : undefined;
}
