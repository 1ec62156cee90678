import { Suspense, useEffect, useMemo } from "react";
import { useSession } from "#client/accounts/session-context.ts";
import { TakeAway } from "#client/hotspots/files/TakeAway.tsx";
import { DatesForm } from "#client/hotspots/measures/DatesForm.tsx";
import { type DateRange, datePresets } from "#client/hotspots/measures/presets.ts";
import type { Ranked } from "#client/hotspots/ranked/ranked.ts";
import { areaOptions, shownArea } from "#client/hotspots/state/studies.ts";
import type { HotspotsView } from "#client/hotspots/state/view.ts";
import type { ViewStore } from "#client/hotspots/state/view-store.ts";
import type { ViewsPanelProps } from "#client/hotspots/views/ViewsPanel.tsx";
import type { Store } from "#client/state/store.ts";
import { BarControls } from "#client/ui/BarControls.tsx";
import { Button } from "#client/ui/Button.tsx";
import { lazily, loadPatiently } from "#client/ui/lazily.ts";
import { Popover } from "#client/ui/Popover.tsx";
import { Select } from "#client/ui/Select.tsx";
import { Skeleton } from "#client/ui/Skeleton.tsx";
import type { StreetsReply } from "#core/hotspots/wire/streets.ts";
import type { PlacesReply } from "#core/places/wire/places.ts";
import { formatDateRange } from "#core/time/words.ts";
import "#client/hotspots/views/views-menu.css";

export interface HotspotsBarProps {
  readonly view: HotspotsView;
  readonly places: PlacesReply;
  readonly within: DateRange;
  readonly ranked: Ranked | null;
  readonly picture: Store<boolean>;
  readonly hasMap: boolean;
  readonly store: ViewStore;
  /** Null while cells are listed, or before an answer. */
  readonly streets: StreetsReply | null;
}

export function HotspotsBar(props: HotspotsBarProps) {
  const { view, places, within, ranked, store, streets } = props;
  const onChange = store.change;
  const areas = useMemo(() => areaOptions(places, view.area), [places, view.area]);
  return (
    <BarControls>
      <Select
        bare
        label="Area"
        value={shownArea(areas, view.area)}
        options={areas}
        onChange={(area) => onChange({ area })}
      />
      <Popover
        name={`Period: ${formatDateRange(view.from, view.to)}`}
        label={formatDateRange(view.from, view.to)}
      >
        {(close) => (
          <PeriodForm
            range={view}
            within={within}
            onRange={(range) => onChange({ from: range.from, to: range.to })}
            onDone={close}
          />
        )}
      </Popover>
      <ViewsMenu view={view} store={store} areas={areas} />
      <TakeAway
        view={view}
        ranked={ranked}
        picture={props.picture}
        hasMap={props.hasMap}
        streets={streets}
      />
    </BarControls>
  );
}

interface PeriodFormProps {
  readonly range: DateRange;
  readonly within: DateRange;
  readonly onRange: (range: DateRange) => void;
  readonly onDone: () => void;
}

function PeriodForm({ range, within, onRange, onDone }: PeriodFormProps) {
  const { asAt } = useSession();
  return (
    <>
      <div className="row wrap gap-2">
        {datePresets(asAt, within).map((preset) => (
          <Button
            key={preset.key}
            aria-pressed={preset.from === range.from && preset.to === range.to}
            onClick={() => {
              onRange({ from: preset.from, to: preset.to });
              onDone();
            }}
          >
            {preset.label}
          </Button>
        ))}
      </div>
      <DatesForm
        start={range}
        within={within}
        button={{ words: "Show", look: "filled" }}
        onRange={(chosen) => {
          onRange(chosen);
          onDone();
        }}
      />
    </>
  );
}

const loadPanel = () => import("#client/hotspots/views/ViewsPanel.tsx");
const ViewsPanel = lazily(async () => (await loadPanel()).ViewsPanel);

function ViewsMenu(props: Omit<ViewsPanelProps, "onDone">) {
  useEffect(() => void loadPatiently(loadPanel), []);
  return (
    <Popover name="Saved views and link" label="Views" icon="bookmark">
      {(close) => (
        <div className="views-menu stack gap-3">
          <Suspense fallback={<Skeleton lines={4} />}>
            <ViewsPanel {...props} onDone={close} />
          </Suspense>
        </div>
      )}
    </Popover>
  );
}
