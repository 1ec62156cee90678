import type { ReactNode } from "react";
import type { HotspotsView } from "#client/hotspots/state/view.ts";
import type { ChangeView } from "#client/hotspots/state/view-store.ts";
import type { StreetsShown } from "#client/hotspots/streets/streets-shown.ts";
import { useStore } from "#client/state/use-store.ts";
import { Segmented } from "#client/ui/Segmented.tsx";
import "#client/hotspots/streets/streets.css";

export interface ListBarProps {
  readonly view: HotspotsView;
  readonly shown: StreetsShown;
  readonly onChange: ChangeView;
  readonly children: ReactNode;
}

export function ListBar({ view, shown, onChange, children }: ListBarProps) {
  const unit = useStore(shown.unit, (state) => state);
  const isMissing = useStore(shown.isMissing, (state) => state);
  const hasChoices = view.by === "street" && !isMissing;
  return (
    <div className="list-bar row wrap middle gap-2-3 no-print">
      <Segmented
        hasHiddenLabel
        label="List and map"
        value={view.by}
        options={[
          { value: "cell", label: "By cell" },
          { value: "street", label: "By street" },
        ]}
        onChange={(by) => onChange({ by })}
      />
      {hasChoices ? (
        <>
          <Segmented
            hasHiddenLabel
            label="List"
            value={unit}
            options={[
              { value: "stretches", label: "Stretches" },
              { value: "streets", label: "Whole streets" },
            ]}
            onChange={(next) => shown.unit.set(() => next)}
          />
          <Segmented
            hasHiddenLabel
            label="Rank by"
            value={view.measure === "significance" ? "significance" : "count"}
            options={[
              { value: "count", label: "Count" },
              { value: "significance", label: "Significance" },
            ]}
            onChange={(measure) => onChange({ measure })}
          />
        </>
      ) : null}
      {children}
    </div>
  );
}
