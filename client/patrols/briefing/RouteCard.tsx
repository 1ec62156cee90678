import { useMemo } from "react";
import type { MapSize, SheetLayout } from "#client/patrols/briefing/briefing-layout.ts";
import type { SheetWindow } from "#client/patrols/briefing/briefing-pages.ts";
import { RouteMap } from "#client/patrols/briefing/RouteMap.tsx";
import { findStops } from "#client/patrols/debrief/stop-finding.ts";
import { useMedia } from "#client/ui/use-media.ts";
import type { Gazetteer } from "#core/places/wire/places.ts";
import "#client/patrols/briefing/route-card.css";

export interface RouteCardProps {
  readonly window: SheetWindow;
  /** Null while the map's lines are loading. */
  readonly gazetteer: Gazetteer | null;
  /** By how many windows share the page. */
  readonly layout: SheetLayout;
}

const phoneMap: MapSize = { width: 840, height: 840 };

/** One window: its map, its stops in words with how they are found, and why here and now. */
export function RouteCard({ window, gazetteer, layout }: RouteCardProps) {
  const isPhone = useMedia("screen and (max-width: 599px)");
  const size = isPhone ? phoneMap : layout.map;
  const finds = isPhone ? "each" : layout.finds;
  const found = useMemo(
    () => (gazetteer ? findStops(window.stops, gazetteer) : []),
    [window, gazetteer],
  );
  const withWhyNow = layout.withWhyNow || isPhone;
  return (
    <section className={`route-card route-card--${layout.name}`}>
      <h3 className="route-card__head">
        Unit {window.unit}: {window.times}
        {withWhyNow ? "" : ` (${window.light})`}, {window.place}
      </h3>
      <div
        className="route-card__map"
        style={isPhone ? undefined : { maxWidth: `${size.width / 10}mm` }}
      >
        {gazetteer ? <RouteMap window={window} gazetteer={gazetteer} {...size} /> : null}
      </div>
      <div className="route-card__words">
        <ol className="route-card__stops">
          {window.stops.map((stop, index) => (
            <li key={stop.order}>
              <strong>{stop.order}</strong>
              <span>
                {stop.place}, <span className="route-card__about">{stop.about}</span>
                {finds === "each" || (finds === "first" && index === 0) ? (
                  <span className="route-card__find">{found[index]}</span>
                ) : null}
              </span>
            </li>
          ))}
        </ol>
        <p className="route-card__why">
          <strong>Why here:</strong> {window.whyHere}
          {withWhyNow ? (
            <>
              {" "}
              <strong>Why now:</strong> {window.whyNow}
            </>
          ) : null}
        </p>
      </div>
    </section>
  );
}
