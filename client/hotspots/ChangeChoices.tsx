import { useState } from "react";
import { baselineRange } from "#client/hotspots/map/baseline.ts";
import type { DateRange } from "#client/hotspots/presets.ts";
import type { HotspotsView } from "#client/hotspots/view.ts";
import type { ChangeView } from "#client/hotspots/view-store.ts";
import { Button } from "#client/ui/Button.tsx";
import { Segmented } from "#client/ui/Segmented.tsx";
import { Select } from "#client/ui/Select.tsx";
import { TextField } from "#client/ui/TextField.tsx";
import { formatDateRange } from "#core/time/words.ts";

interface ChangeChoicesProps {
  readonly view: HotspotsView;
  readonly within: DateRange;
  readonly onChange: ChangeView;
}

type Choice = "before" | "year" | "dates";

/** What is compared with what, and whether as one map of changes or as two beside each other. */
export function ChangeChoices({ view, within, onChange }: ChangeChoicesProps) {
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
