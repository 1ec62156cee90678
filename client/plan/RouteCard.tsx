import { useMemo } from "react";
import type { SheetWindow } from "#client/plan/briefing-pages.ts";
import { RouteMap } from "#client/plan/RouteMap.tsx";
import { findStops } from "#client/plan/stop-finding.ts";
import { useMedia } from "#client/ui/use-media.ts";
import type { Gazetteer } from "#core/wire/places.ts";
import "#client/plan/route-card.css";

export interface RouteCardProps {
  readonly window: SheetWindow;
  /** Null while the map's lines are loading. */
  readonly gazetteer: Gazetteer | null;
  /** How many windows share the page. */
  readonly sharing: number;
}

interface MapSize {
  readonly width: number;
  readonly height: number;
}

/** Of a map, in tenths of a millimetre: with seven stops in words beside each, a page is full. */
const mapSizes: readonly MapSize[] = [
  { width: 1900, height: 1330 },
  { width: 960, height: 840 },
];
const phoneMap: MapSize = { width: 840, height: 840 };

/** One window: its map, its stops in words with how each is found, and why here and now. */
export function RouteCard({ window, gazetteer, sharing }: RouteCardProps) {
  const isPhone = useMedia("screen and (max-width: 599px)");
  const size = isPhone ? phoneMap : (mapSizes[sharing - 1] ?? mapSizes.at(-1) ?? phoneMap);
  const found = useMemo(
    () => (gazetteer ? findStops(window.stops, gazetteer) : []),
    [window, gazetteer],
  );
  return (
    <section className={sharing === 1 ? "route-card route-card--alone" : "route-card"}>
      <h3 className="route-card__head">
        Unit {window.unit}: {window.times}, {window.place}
      </h3>
      <div
        className="route-card__map"
        style={isPhone ? undefined : { maxWidth: `${size.width / 10}mm` }}
      >
        {gazetteer ? <RouteMap window={window} gazetteer={gazetteer} {...size} /> : null}
        <p className="route-card__key">
          Grey: the permitted route, a stop being anywhere in its hexagon. Arrows: the order, not
          the way; walk by the streets. Dots: corners, and about the middle of streets.
        </p>
      </div>
      <div className="route-card__words">
        <ol className="route-card__stops">
          {window.stops.map((stop, index) => (
            <li key={stop.order}>
              <strong>{stop.order}</strong>
              <span>
                {stop.place}, <span className="route-card__about">{stop.about}</span>
                <span className="route-card__find">{found[index]}</span>
              </span>
            </li>
          ))}
        </ol>
        <p className="route-card__why">
          <strong>Why here:</strong> {window.whyHere}
        </p>
        <p className="route-card__why">
          <strong>Why now:</strong> {window.whyNow}
        </p>
      </div>
    </section>
  );
}
