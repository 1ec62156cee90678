import { Suspense, useEffect, useMemo } from "react";
import { useSession } from "#client/accounts/session-context.ts";
import { TakeAway } from "#client/hotspots/files/TakeAway.tsx";
import { DatesForm } from "#client/hotspots/measures/DatesForm.tsx";
import { type DateRange, datePresets } from "#client/hotspots/measures/presets.ts";
import { useHotspotsParts } from "#client/hotspots/ranked/hotspots-parts.ts";
import { areaOptions, shownArea } from "#client/hotspots/state/studies.ts";
import type { ViewsPanelProps } from "#client/hotspots/views/ViewsPanel.tsx";
import type { Store } from "#client/state/store.ts";
import { BarControls } from "#client/ui/BarControls.tsx";
import { Button } from "#client/ui/Button.tsx";
import { lazily, loadPatiently } from "#client/ui/lazily.ts";
import { Popover } from "#client/ui/Popover.tsx";
import { Select } from "#client/ui/Select.tsx";
import { Skeleton } from "#client/ui/Skeleton.tsx";
import type { StreetsReply } from "#core/hotspots/wire/streets.ts";
import { formatDateRange } from "#core/time/words.ts";
import "#client/hotspots/views/views-menu.css";

export interface HotspotsBarProps {
  readonly picture: Store<boolean>;
  readonly hasMap: boolean;
  /** Null while cells are listed, or before an answer. */
  readonly streets: StreetsReply | null;
}

export function HotspotsBar(props: HotspotsBarProps) {
  const { view, places, store } = useHotspotsParts();
  const areas = useMemo(() => areaOptions(places, view.area), [places, view.area]);
  return (
    <BarControls>
      <Select
        bare
        label="Area"
        value={shownArea(areas, view.area)}
        options={areas}
        onChange={(area) => store.change({ area })}
      />
      <Popover
        name={`Period: ${formatDateRange(view.from, view.to)}`}
        label={formatDateRange(view.from, view.to)}
      >
        {(close) => <PeriodForm onDone={close} />}
      </Popover>
      <ViewsMenu areas={areas} />
      <TakeAway {...props} />
    </BarControls>
  );
}

function PeriodForm({ onDone }: { readonly onDone: () => void }) {
  const { view, within, store } = useHotspotsParts();
  const { asAt } = useSession();
  const show = ({ from, to }: DateRange) => {
    store.change({ from, to });
    onDone();
  };
  return (
    <>
      <div className="row wrap gap-2">
        {datePresets(asAt, within).map((preset) => (
          <Button
            key={preset.key}
            aria-pressed={preset.from === view.from && preset.to === view.to}
            onClick={() => show(preset)}
          >
            {preset.label}
          </Button>
        ))}
      </div>
      <DatesForm
        start={view}
        within={within}
        button={{ words: "Show", look: "filled" }}
        onRange={show}
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
