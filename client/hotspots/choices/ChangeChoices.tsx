import { useState } from "react";
import { baselineRange } from "#client/hotspots/measures/baseline.ts";
import { DatesForm } from "#client/hotspots/measures/DatesForm.tsx";
import type { DateRange } from "#client/hotspots/measures/presets.ts";
import type { HotspotsView } from "#client/hotspots/state/view.ts";
import type { ChangeView } from "#client/hotspots/state/view-store.ts";
import { Segmented } from "#client/ui/Segmented.tsx";
import { Select } from "#client/ui/Select.tsx";
import { formatDateRange } from "#core/time/words.ts";

interface ChangeChoicesProps {
  readonly view: HotspotsView;
  readonly within: DateRange;
  readonly onChange: ChangeView;
}

type Choice = "before" | "year" | "dates";

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
        <DatesForm
          key={`${view.from} ${view.to}`}
          within={within}
          start={"fault" in range ? within : range}
          faultOf={(asked) => {
            const compared = baselineRange(view, asked, within);
            return "fault" in compared ? compared.fault : undefined;
          }}
          button={{ words: "Compare", look: "plain" }}
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
