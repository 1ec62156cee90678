import type { ReactNode } from "react";
import { useHotspotsParts } from "#client/hotspots/ranked/hotspots-parts.ts";
import type { StreetsShown } from "#client/hotspots/streets/streets-shown.ts";
import { useStore } from "#client/state/use-store.ts";
import { Segmented } from "#client/ui/Segmented.tsx";
import "#client/hotspots/streets/streets.css";

export interface ListBarProps {
  readonly shown: StreetsShown;
  readonly children: ReactNode;
}

export function ListBar({ shown, children }: ListBarProps) {
  const { view, store } = useHotspotsParts();
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
        onChange={(by) => store.change({ by })}
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
            onChange={(measure) => store.change({ measure })}
          />
        </>
      ) : null}
      {children}
    </div>
  );
}
