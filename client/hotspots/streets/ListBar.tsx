import type { ReactNode } from "react";
import type { StreetsShown } from "#client/hotspots/streets/streets-shown.ts";
import type { HotspotsView } from "#client/hotspots/view.ts";
import type { ChangeView } from "#client/hotspots/view-store.ts";
import { useStore } from "#client/state/use-store.ts";
import { Segmented } from "#client/ui/Segmented.tsx";
import "#client/hotspots/streets/streets.css";

export interface ListBarProps {
  readonly view: HotspotsView;
  readonly shown: StreetsShown;
  readonly onChange: ChangeView;
  readonly filters: ReactNode;
  /** Where it does not stand below the map. */
  readonly clock: ReactNode | null;
}

/** What is listed, and its filters. By street two rows with the filters folded, so that the list begins above the fold. */
export function ListBar({ view, shown, onChange, filters, clock }: ListBarProps) {
  const unit = useStore(shown.unit, (state) => state);
  const isByStreet = view.by === "street";
  return (
    <div className={isByStreet ? "list-bar" : "list-bar list-bar--cells"}>
      <Segmented
        label="List and map"
        value={view.by}
        options={[
          { value: "cell", label: "By cell" },
          { value: "street", label: "By street" },
        ]}
        onChange={(by) => onChange({ by })}
      />
      {isByStreet ? (
        <>
          <Segmented
            label="List"
            value={unit}
            options={[
              { value: "stretches", label: "Stretches" },
              { value: "streets", label: "Whole streets" },
            ]}
            onChange={(next) => shown.unit.set(() => next)}
          />
          <Segmented
            label="Rank by"
            value={view.measure === "hot" ? "hot" : "count"}
            options={[
              { value: "count", label: "Count" },
              { value: "hot", label: "Significance" },
            ]}
            onChange={(measure) => onChange({ measure })}
          />
        </>
      ) : null}
      {isByStreet || clock !== null ? (
        <details className="hotspots__fold">
          <summary>{clock === null ? "Filters" : "Filters and clock"}</summary>
          {filters}
          {clock}
        </details>
      ) : (
        filters
      )}
    </div>
  );
}
