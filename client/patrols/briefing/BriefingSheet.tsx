import { useMemo } from "react";
import { useDemoMark, useSession } from "#client/accounts/session-context.ts";
import { isWithin } from "#client/map/place-features.ts";
import {
  type BriefingPage,
  layoutOf,
  type MapSize,
  type SheetLayout,
  type SheetWindow,
} from "#client/patrols/briefing/briefing-layout.ts";
import { RouteMap } from "#client/patrols/briefing/RouteMap.tsx";
import { findStops } from "#client/patrols/briefing/stop-finding.ts";
import type { Standing } from "#client/patrols/briefing/use-standing.ts";
import { wallTime } from "#client/patrols/window/window-times.ts";
import { classNames } from "#client/ui/class-names.ts";
import { Paper } from "#client/ui/Papers.tsx";
import { useMedia } from "#client/ui/use-media.ts";
import { sourcesOfWays, wayKind } from "#core/patrols/ground/leg.ts";
import type { BriefingReply } from "#core/patrols/wire/board.ts";
import type { Gazetteer, ShownBasemap } from "#core/places/wire/places.ts";
import { formatDay } from "#core/time/words.ts";
import { createZone } from "#core/time/zone.ts";
import "#client/patrols/briefing/route-card.css";

export interface BriefingSheetProps {
  readonly briefing: BriefingReply;
  readonly page: BriefingPage;
  readonly standing: Standing;
  /** Null while the map's lines are loading. */
  readonly gazetteer: Gazetteer | null;
  /** That streets are drawn from; null while loading, and where there are none. */
  readonly tiles: ShownBasemap | null;
  readonly attributions: readonly string[];
}

export function BriefingSheet(props: BriefingSheetProps) {
  const { briefing, page, standing, gazetteer, tiles, attributions } = props;
  const zone = createZone(useSession().timeZone);
  const { sheet, windows, part } = page;
  const unit = windows[0]?.unit;
  const voidAfter = Date.parse(sheet.voidAfter);
  const layout = layoutOf(windows);
  return (
    <Paper
      className={classNames(
        "paper--whole sheet-page",
        standing === "stands" ? "" : "sheet-page--void",
      )}
      label={`Unit ${unit}, ${sheet.title} ${part}`}
      title={
        <>
          {briefing.title}: unit {unit}
          {part ? <span className="sheet-page__part normal"> {part}</span> : null}
        </>
      }
      subtitle={
        <>
          <p className="sheet-page__when">{sheet.title}</p>
          {briefing.moved ? <p className="strong">{briefing.moved}</p> : null}
        </>
      }
      mark={useDemoMark()}
      about={[
        <>
          Number <strong>{briefing.number}</strong>
        </>,
        <>
          Void after{" "}
          <strong>
            {formatDay(zone.dateOf(voidAfter))} {wallTime(zone, voidAfter)}
          </strong>
        </>,
        "Check the number before going out and every hour",
      ]}
      foot={
        <>
          <div className="sheet-page__look">
            <h3>What to look for</h3>
            <ul>
              {briefing.lookFor.map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
          </div>
          <div className="sheet-page__care stack">
            <p className="strong">{briefing.emergency}</p>
            <p>{briefing.referral}</p>
            <p className="sheet-page__check">{briefing.checkLine}</p>
          </div>
          <p className="sheet-page__key">
            Times are approximate; keep the order. On the maps, grey: the permitted route, a stop is
            anywhere in its hexagon; {legWords(windows)}
            {tiles?.names.includes("streets") && windows.every(liesOn(tiles))
              ? "."
              : "; ticks: corners and street midpoints."}
          </p>
          <p className="sheet-page__licence">
            {[...new Set([...sourcesOfWays(windows), ...attributions])].join(" · ")}
          </p>
        </>
      }
    >
      {standing === "stands" ? null : (
        <p className="sheet-page__void strong">{standing.toUpperCase()}</p>
      )}
      <div className="sheet-page__windows grid grow gives">
        {windows.map((window) => (
          <RouteCard
            key={window.id}
            window={window}
            gazetteer={gazetteer}
            tiles={tiles}
            layout={layout}
          />
        ))}
      </div>
    </Paper>
  );
}

function legWords(windows: readonly SheetWindow[]): string {
  const kinds = new Set(windows.map(wayKind));
  const isByStreet = kinds.has("streets") || kinds.has("mixed");
  if (!isByStreet) return "numbers: the order of the stops";
  const isWhole = !kinds.has("crow") && !kinds.has("mixed");
  return `lines with arrows: the route by street, dotted where no street leads on${isWhole ? "" : "; without a line: the order only"}`;
}

function liesOn(tiles: ShownBasemap | null) {
  const isOnTiles = tiles ? isWithin(tiles.bounds) : () => false;
  return ({ stops }: SheetWindow) => stops.every(({ centre }) => isOnTiles(centre));
}

interface RouteCardProps {
  readonly window: SheetWindow;
  /** Null while the map's lines are loading. */
  readonly gazetteer: Gazetteer | null;
  readonly tiles: ShownBasemap | null;
  readonly layout: SheetLayout;
}

function RouteCard({ window, gazetteer, tiles, layout }: RouteCardProps) {
  const isPhone = useMedia("screen and (max-width: 599px)");
  const size = isPhone ? phoneMap : layout.map;
  const near = useMemo(
    () => (gazetteer ? findStops(window.stops, gazetteer) : []),
    [window, gazetteer],
  );
  const map = (
    <div
      className="route-card__map full"
      style={isPhone ? undefined : { maxWidth: `${size.width / 10}mm` }}
    >
      {gazetteer ? (
        <RouteMap window={window} gazetteer={gazetteer} tiles={tiles} {...size} />
      ) : null}
    </div>
  );
  const isMapFirst = liesOn(tiles)(window);
  return (
    <section
      className={`route-card route-card--${layout.name} ${isMapFirst ? "" : "route-card--words-first"}`}
    >
      <h3 className="route-card__head">
        Unit {window.unit}: {window.times}, {window.place}
        {window.unstaffed ? <em>. {window.unstaffed}</em> : null}
      </h3>
      {isMapFirst ? map : null}
      <div className="route-card__words stack still">
        <ol className="route-card__stops">
          {window.stops.map((stop, index) => (
            <li key={stop.order}>
              <strong>{stop.order}</strong>
              <span>
                {stop.place}, <span className="nowrap">{stop.about}</span>
                <StopFound words={wayTo(window, index) ?? near[index] ?? null} />
              </span>
            </li>
          ))}
        </ol>
        <p className="route-card__why">
          <strong>Why here:</strong> {window.whyHere}
          {window.whyNow === "" ? null : (
            <>
              {" "}
              <strong>Why now:</strong> {window.whyNow}
            </>
          )}
        </p>
      </div>
      {isMapFirst ? null : map}
    </section>
  );
}

function StopFound({ words }: { readonly words: string | null }) {
  return words ? <span className="route-card__find quiet block">{words}</span> : null;
}

/** By street from the stop before; null for the first, or without a street route. */
function wayTo({ legs }: SheetWindow, stop: number): string | null {
  const words = (stop > 0 && legs?.[stop - 1]?.words) || null;
  return words && `From stop ${stop} ${words}`;
}

const phoneMap: MapSize = { width: 840, height: 840 };
