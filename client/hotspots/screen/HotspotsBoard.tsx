import { Suspense, useCallback, useEffect, useMemo, useState } from "react";
import { useSession } from "#client/accounts/session-context.ts";
import { HotspotFilters } from "#client/hotspots/choices/HotspotFilters.tsx";
import { KeepClearSwitch, useKeepClear } from "#client/hotspots/choices/KeepClear.tsx";
import { TimeDock } from "#client/hotspots/clock/TimeDock.tsx";
import { WeekClock } from "#client/hotspots/clock/WeekClock.tsx";
import { AreaNote } from "#client/hotspots/drawn-area/AreaNote.tsx";
import { useDrawing } from "#client/hotspots/drawn-area/use-drawing.tsx";
import { FactorSwitches, useFactors } from "#client/hotspots/factors/FactorSwitches.tsx";
import { FactorTable } from "#client/hotspots/factors/FactorTable.tsx";
import { RankedTable } from "#client/hotspots/list/RankedTable.tsx";
import { HotspotsContext, type HotspotsParts } from "#client/hotspots/ranked/hotspots-parts.ts";
import { usePicture, useTyped } from "#client/hotspots/ranked/use-picture.ts";
import { useRanked } from "#client/hotspots/ranked/use-ranked.ts";
import { HotspotsBar } from "#client/hotspots/screen/HotspotsBar.tsx";
import { nearCell } from "#client/hotspots/state/near-cell.ts";
import { isKnownArea } from "#client/hotspots/state/studies.ts";
import {
  type HotspotsView,
  usedFilters,
  usualView,
  wholeCommand,
} from "#client/hotspots/state/view.ts";
import { keptViewStore } from "#client/hotspots/state/view-store.ts";
import { SpokenSentence } from "#client/hotspots/story/SpokenSentence.tsx";
import { WorkedOut } from "#client/hotspots/story/WorkedOut.tsx";
import { ListBar } from "#client/hotspots/streets/ListBar.tsx";
import { createStreetsShown } from "#client/hotspots/streets/streets-shown.ts";
import { useLinkFault } from "#client/hotspots/views/link-fault.ts";
import { MapWaiting } from "#client/map/MapWaiting.tsx";
import { QualityNote } from "#client/records/quality-note/QualityNote.tsx";
import { createStore } from "#client/state/store.ts";
import { useStore } from "#client/state/use-store.ts";
import { Banner } from "#client/ui/Banner.tsx";
import { Button } from "#client/ui/Button.tsx";
import { classNames } from "#client/ui/class-names.ts";
import { lazily } from "#client/ui/lazily.ts";
import { Sheet } from "#client/ui/Sheet.tsx";
import { Skeleton } from "#client/ui/Skeleton.tsx";
import { useMedia } from "#client/ui/use-media.ts";
import type { H3Cell, Position } from "#core/geo/cell.ts";
import { formatDrawn } from "#core/places/drawn-area.ts";
import type { ShownRecords } from "#core/records/quality/warnings.ts";
import "#client/hotspots/screen/hotspots.css";
import "#client/hotspots/clock/time-dock.css";
import "#client/hotspots/screen/hotspots-sizes.css";

// The map is most of the code; sentence and table do not wait for it.
const HotspotsMap = lazily(
  async () => (await import("#client/hotspots/map/HotspotsMap.tsx")).HotspotsMap,
);

const CellStory = lazily(
  async () => (await import("#client/hotspots/story/CellStory.tsx")).CellStory,
);

const StreetPanel = lazily(
  async () => (await import("#client/hotspots/streets/StreetPanel.tsx")).StreetPanel,
);

type HotspotsBoardProps = Pick<HotspotsParts, "data" | "places" | "nameOf" | "within">;

export function HotspotsBoard({ data: all, places, nameOf, within }: HotspotsBoardProps) {
  const { asAt, role } = useSession();
  const usual = useMemo(() => usualView(asAt), [asAt]);
  const [store] = useState(() => keptViewStore(usual));
  useEffect(() => store.follow(), [store]);
  const asked = useStore(store.view, (state) => state);
  const isKnown = useMemo(() => isKnownArea(places, asked.area), [places, asked.area]);
  // An unknown area means the whole command, and filters the measure cannot use are dropped, except
  // in the words that say so.
  const view = useMemo(
    () => usedFilters(isKnown ? asked : { ...asked, area: wholeCommand }),
    [asked, isKnown],
  );
  const data = useTyped(all, view.types);
  const fault = useLinkFault(view, usual);
  const picture = usePicture(data, view, { within });
  const ranked = useRanked(view, picture, nameOf);
  const keepClear = useKeepClear(role === "sergeant", view, data.zone);
  const factors = useFactors();
  const [hovered] = useState(() => createStore<H3Cell | null>(null));
  const [pictured] = useState(() => createStore(false));
  const [streets] = useState(createStreetsShown);
  const byStreet = useStore(streets.reply, (reply) => reply);
  const [hasMap, setHasMap] = useState(true);
  const drawn = useCallback(
    (corners: readonly Position[]) => store.change({ area: formatDrawn(corners) }),
    [store],
  );
  const drawing = useDrawing(drawn);
  const isWide = useMedia("(min-width: 1024px)");

  const select = useCallback(
    (cell: H3Cell | null) => store.look({ cell: store.view.get().cell === cell ? null : cell }),
    [store],
  );
  useEscape(view.cell !== null, () => store.look({ cell: null }));

  const pressRow = useCallback(
    (cell: H3Cell | null) => {
      const { cell: before, camera, resolution } = store.view.get();
      if (!hasMap || cell === null || cell === before) return select(cell);
      return store.look({ cell, camera: nearCell(cell, resolution, camera) });
    },
    [store, select, hasMap],
  );
  const table = useMemo(
    () => (
      <RankedTable
        data={data}
        view={view}
        ranked={ranked}
        hovered={hovered}
        keepClear={keepClear}
        onSelect={pressRow}
      />
    ),
    [data, view, ranked, hovered, keepClear, pressRow],
  );
  const shown = useMemo(() => shownRecords(view), [view]);
  const isByStreet = view.by === "street";
  const hidesList = storyHidesList(view, hasMap);
  const sentence = (isByStreet ? byStreet : ranked)?.sentence ?? "";
  const clock = <WeekClock />;
  const filters = <HotspotFilters types={all.events.columns.types} />;
  return (
    <HotspotsContext value={{ data, places, nameOf, within, view, store, picture, ranked }}>
      <div className="hotspots grid relative tall gives">
        <HotspotsBar picture={pictured} hasMap={hasMap} streets={isByStreet ? byStreet : null} />
        {isWide ? filters : null}
        <div className="hotspots__map relative gives shrinks">
          <Suspense fallback={<MapWaiting />}>
            <HotspotsMap
              keepClear={keepClear}
              features={factors.features}
              hovered={hovered}
              onSelect={select}
              sketch={drawing.sketch}
              streets={streets}
              fallback={isByStreet ? null : table}
              onFallback={(isShown) => {
                if (isShown) drawing.stop();
                setHasMap(!isShown);
              }}
              pictured={pictured}
            />
          </Suspense>
          <div
            className="hotspots__switches absolute row wrap start gap-2"
            ref={drawing.home}
            hidden={drawing.isOn}
          >
            {hasMap ? (
              <Button className="hotspots__draw no-print" icon="lasso" onClick={drawing.start}>
                Draw an area
              </Button>
            ) : null}
            <KeepClearSwitch
              keepClear={keepClear}
              onShow={(showsKeepClear) => store.look({ showsKeepClear })}
            />
            <FactorSwitches
              known={factors.known}
              shown={view.factors}
              onShow={(kinds) => store.look({ factors: kinds })}
            />
          </div>
        </div>
        <Sheet label="Ranked places">
          <div className="hotspots__panel stack gap-3 pad-3">
            <p className="hotspots__sentence lead">{sentence}</p>
            <SpokenSentence text={sentence} />
            {fault ? <Banner kind="warning">{fault}</Banner> : null}
            <AreaNote asked={asked} isKnown={isKnown} />
            <AllHoursNote asked={asked} view={view} />
            {view.cell ? (
              <Suspense fallback={<Skeleton lines={5} />}>
                <CellStory cell={view.cell} factors={factors.index} onClose={() => select(null)} />
              </Suspense>
            ) : null}
            <div className={classNames("hotspots__list", hidesList && "hotspots__list--behind")}>
              <ListBar shown={streets}>
                {isWide ? null : (
                  <details className="hotspots__fold">
                    <summary>Filters and clock</summary>
                    {filters}
                    {clock}
                  </details>
                )}
              </ListBar>
              {isByStreet ? null : <WorkedOut />}
              <QualityNote shown={shown} />
              {isByStreet ? (
                <Suspense fallback={<Skeleton lines={5} />}>
                  <StreetPanel shown={streets} records={all.events} />
                </Suspense>
              ) : (
                <>
                  <FactorTable factors={factors} ranked={ranked} />
                  {hasMap ? table : null}
                </>
              )}
            </div>
          </div>
        </Sheet>
        <TimeDock clock={isWide ? clock : null} />
      </div>
    </HotspotsContext>
  );
}

/** The story covers the list, or opens beside it where the list has the map's place. */
function storyHidesList(view: HotspotsView, hasMap: boolean): boolean {
  return view.cell !== null && hasMap && view.by === "cell";
}

function AllHoursNote({ asked, view }: Record<"asked" | "view", HotspotsView>) {
  if (asked.time.hours === null || view.time.hours !== null) return null;
  return <Banner kind="note">Patrol time is logged by day, so all hours are counted.</Banner>;
}

function shownRecords({ from, to, reported, discovered }: HotspotsView): ShownRecords {
  return {
    from,
    to,
    shows: (kind, source) => (source === "police" ? discovered : reported).includes(kind),
  };
}

function useEscape(isOpen: boolean, onEscape: () => void) {
  useEffect(() => {
    if (!isOpen) return;
    const listener = (event: KeyboardEvent) => {
      const isTaken = event.defaultPrevented || document.querySelector("dialog[open]") !== null;
      if (event.key === "Escape" && !isTaken) onEscape();
    };
    window.addEventListener("keydown", listener);
    return () => window.removeEventListener("keydown", listener);
  });
}
