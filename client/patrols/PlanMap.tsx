import { useMemo } from "react";
import { outlinePaths, pathLayer } from "#client/map/layers/path-layer.ts";
import { stopLayers } from "#client/map/layers/stop-layer.ts";
import { MapView } from "#client/map/MapView.tsx";
import { type Palette, usePalette } from "#client/map/palette.ts";
import { type Bounds, boundsOf } from "#client/map/place-features.ts";
import { cappedCells } from "#client/patrols/capped.ts";
import { type LivingWeek, standing } from "#client/patrols/living-week.ts";
import { usePlanParts } from "#client/patrols/plan-parts.ts";
import { timesOf } from "#client/patrols/plan-words.ts";
import { stopsOnWay } from "#client/patrols/stops-on-way.ts";
import { cellsClosed, type KeepClear } from "#client/patrols/use-keep-clear.ts";
import { useUnitTitle } from "#client/patrols/wardens/patrol-partners.ts";
import { spanOf, useWeek } from "#client/patrols/week/week-layout.ts";
import { formatTimeOfDay } from "#client/ui/format.ts";
import { Hatch } from "#client/ui/Hatch.tsx";
import { OutlineSwatch } from "#client/ui/Legend.tsx";
import {
  cellAt,
  cellCentre,
  type H3Cell,
  type Position,
  sortCells,
  zoneResolution,
} from "#core/geo/cell.ts";
import { sourcesOfWays, wayKind, wayWords } from "#core/patrols/ground/leg.ts";
import type { WindowReply } from "#core/patrols/wire/plan.ts";
import type { PlacesReply } from "#core/places/wire/places.ts";

export function PlanMap({ places }: { readonly places: PlacesReply }) {
  const { view, keepClear, board, desk } = usePlanParts();
  const palette = usePalette();
  const titleOf = useUnitTitle();
  const { week: living, window } = view;
  const { adding } = board;
  const layers = useMemo(
    () => [
      ...(window
        ? routeLayers(window, palette)
        : [zonesLayer("zones", zonesOf(living), palette.patrol, 2)]),
      ...(adding?.zone ? [zonesLayer("chosen-zone", [adding.zone], palette.ink, 3)] : []),
    ],
    [window, living, palette, adding?.zone],
  );
  const onClick = (at: Position) => {
    const zone = cellAt(at, zoneResolution);
    if (adding) {
      // Elsewhere it no longer replaces the lost patrol.
      const { instead: _instead, ...request } = adding;
      board.startAdding({ ...request, zone });
      return;
    }
    const found = standing(living.patrols).find((patrol) => patrol.window.zone === zone);
    if (found && !window) view.chooseWindow(found.window.id, found.plan);
  };
  const week = useWeek(view);
  const during = useMemo(
    () =>
      adding
        ? { from: adding.start, to: adding.end }
        : window
          ? { from: Date.parse(window.start), to: Date.parse(window.end) }
          : spanOf(week),
    [adding, window, week],
  );
  const chosenId = window?.id ?? null;
  const closed = useMemo(() => {
    const capped = desk ? cappedCells(desk, during, chosenId) : [];
    return sortCells(new Set([...cellsClosed(keepClear, during), ...capped]));
  }, [keepClear, during, desk, chosenId]);
  const sources = useMemo(() => sourcesOfWays(window ? [window] : []), [window]);
  const frame = useMemo(
    () =>
      (window ? around(window.route) : (around(zonesOf(living)) ?? around(closed))) ?? undefined,
    [window, living, closed],
  );
  return (
    <>
      <div className="plan__map">
        <MapView
          places={places}
          layers={layers}
          sources={sources}
          keepClear={closed}
          hasRoutes
          home={frame}
          frame={frame}
          onClick={onClick}
          fallback={<StopList window={window} />}
        />
      </div>
      <ul
        className="plan__legend marked small gap-1-4 plan__legend--map row wrap no-print"
        aria-label="Map legend"
      >
        <li>
          <OutlineSwatch colour="patrol" />
          {window ? routeWords(window, titleOf(window).toLowerCase()) : "Patrol zones"}
        </li>
        {window && places.basemap && isOlderThanStreets(window) ? (
          <li>Planned before there were streets. Suggest again to go by street.</li>
        ) : null}
        {view.canPlan ? (
          <li>
            <Hatch />
            {adding
              ? `Keep clear at some time, ${formatTimeOfDay(adding.start)} to ${formatTimeOfDay(adding.end)}`
              : window
                ? `Keep clear at some time, ${timesOf(window)}`
                : clearWords(keepClear, during)}
          </li>
        ) : null}
      </ul>
    </>
  );
}

function routeWords(window: WindowReply, unit: string): string {
  const kind = wayKind(window);
  if (kind === null || kind === "crow") return `Order of stops, ${unit}`;
  return `Permitted route, ${unit}, ${wayWords[kind]}`;
}

function isOlderThanStreets({ legs, stops }: WindowReply): boolean {
  return !legs && stops.length > 1;
}

/** Of days that are not shown yet an empty map says nothing, and must not seem to. */
function clearWords(
  { until }: KeepClear,
  days: { readonly from: number; readonly to: number },
): string {
  if (until !== null && days.from >= until) return "Keep clear: not shown yet for these days";
  const some = "Keep clear at some time on these days";
  return until !== null && days.to > until ? `${some}, as far as shown` : some;
}

function StopList({ window }: { readonly window: WindowReply | null }) {
  if (!window) return <p>Choose a patrol to see its stops.</p>;
  return (
    <ol>
      {window.stops.map((stop) => (
        <li key={stop.arrive}>{stop.place}</li>
      ))}
    </ol>
  );
}

function routeLayers(window: WindowReply, palette: Palette) {
  const stops = stopsOnWay({
    stops: window.stops.map(({ cell }) => ({ cell, centre: cellCentre(cell) })),
    legs: window.legs,
  });
  return [
    pathLayer({
      id: "route-edge",
      paths: outlinePaths(window.route),
      colour: palette.patrol,
      widthPx: 2,
    }),
    pathLayer({
      id: "route-spurs",
      paths: stops.flatMap(({ at, wayEnd }) => (wayEnd ? [[at, wayEnd]] : [])),
      colour: palette.ink,
      widthPx: 1,
    }),
    pathLayer({
      id: "route",
      paths: waysOf(window),
      colour: palette.ink,
      widthPx: window.legs ? 3 : 1.5,
    }),
    ...stopLayers({
      id: "stops",
      stops: stops.map(({ at }, index) => ({ at, order: index + 1 })),
      colour: palette.ink,
      textColour: palette.paper,
    }),
  ];
}

/** Street lines where known, else straight from cell to cell. */
function waysOf({ legs, route, stops }: WindowReply): readonly (readonly Position[])[] {
  if (!legs) return [route.map((cell) => cellCentre(cell))];
  return legs.map(
    ({ line }, at) => line ?? stops.slice(at, at + 2).map(({ cell }) => cellCentre(cell)),
  );
}

function zonesLayer(id: string, zones: readonly H3Cell[], colour: Palette["ink"], widthPx: number) {
  return pathLayer({ id, paths: zones.flatMap((zone) => outlinePaths([zone])), colour, widthPx });
}

function zonesOf({ patrols }: LivingWeek): readonly H3Cell[] {
  return [...new Set(standing(patrols).map(({ window }) => window.zone))];
}

/** Some 170 m on each side, so that a single stop still shows the streets around it. */
const leastDegrees = 0.0025;

function around(cells: readonly H3Cell[]): Bounds | null {
  const bounds = boundsOf(cells.map(cellCentre));
  if (!bounds) return null;
  const [west, south, east, north] = bounds;
  return [
    west - leastDegrees,
    south - leastDegrees / 2,
    east + leastDegrees,
    north + leastDegrees / 2,
  ];
}
