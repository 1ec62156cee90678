import { useState } from "react";
import { baselineRange } from "#client/hotspots/measures/baseline.ts";
import { DatesForm } from "#client/hotspots/measures/DatesForm.tsx";
import { useHotspotsParts } from "#client/hotspots/ranked/hotspots-parts.ts";
import type { HotspotsView } from "#client/hotspots/state/view.ts";
import { Segmented } from "#client/ui/Segmented.tsx";
import { Select } from "#client/ui/Select.tsx";
import { formatDateRange } from "#core/time/words.ts";

type Choice = "before" | "year" | "dates";

export function ChangeChoices() {
  const { view, within, store } = useHotspotsParts();
  const { baseline } = view;
  const [isChoosing, setChoosing] = useState(false);
  const choice: Choice = typeof baseline === "object" || isChoosing ? "dates" : baseline;
  const range = baselineRange(view, baseline, within);
  const setBaseline = (next: HotspotsView["baseline"]) => {
    setChoosing(false);
    store.change({ baseline: next });
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
        onChange={(shown) => store.change({ isSideBySide: shown === "side" })}
      />
    </>
  );
}
