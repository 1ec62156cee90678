import { useMemo } from "react";
import { DemoMark } from "#client/accounts/DemoMark.tsx";
import { useSession } from "#client/accounts/session-context.ts";
import {
  layoutOf,
  type MapSize,
  type SheetLayout,
} from "#client/patrols/briefing/briefing-layout.ts";
import type { BriefingPage, SheetWindow } from "#client/patrols/briefing/briefing-pages.ts";
import {
  type RouteSketch,
  type SketchedWindow,
  sketchRoute,
  stopRadius,
} from "#client/patrols/briefing/route-sketch.ts";
import { markRadius } from "#client/patrols/briefing/sketch-labels.ts";
import type { SketchPoint } from "#client/patrols/briefing/sketch-view.ts";
import { findStops } from "#client/patrols/debrief/stop-finding.ts";
import { wallTime } from "#client/patrols/window/window-times.ts";
import { zoneNamed } from "#client/state/zone.ts";
import { useMedia } from "#client/ui/use-media.ts";
import { wayKind } from "#core/patrols/streets/leg.ts";
import type { BriefingReply } from "#core/patrols/wire/plan.ts";
import type { Gazetteer } from "#core/places/wire/places.ts";
import { formatDay } from "#core/time/words.ts";
import "#client/patrols/briefing/route-card.css";
import "#client/patrols/briefing/route-map.css";

interface RouteCardProps {
  readonly window: SheetWindow;
  /** Null while the map's lines are loading. */
  readonly gazetteer: Gazetteer | null;
  /** By how many windows share the page. */
  readonly layout: SheetLayout;
}

const phoneMap: MapSize = { width: 840, height: 840 };

/** One window: its map, its stops in words with how they are found, and why here and now. */
function RouteCard({ window, gazetteer, layout }: RouteCardProps) {
  const isPhone = useMedia("screen and (max-width: 599px)");
  const size = isPhone ? phoneMap : layout.map;
  const finds = isPhone ? "each" : layout.finds;
  const found = useMemo(() => {
    const near = gazetteer ? findStops(window.stops, gazetteer) : [];
    return near.map((words, index) => wayTo(window, index) ?? words);
  }, [window, gazetteer]);
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

/** By street from the stop before; null for the first, and where no street leads. */
function wayTo({ legs }: SheetWindow, stop: number): string | null {
  const words = (stop > 0 && legs?.[stop - 1]?.words) || null;
  return words && `From stop ${stop} ${words}`;
}

export interface BriefingSheetProps {
  readonly briefing: BriefingReply;
  readonly page: BriefingPage;
  /** Null while the map's lines are loading. */
  readonly gazetteer: Gazetteer | null;
  readonly attributions: readonly string[];
}

/** One A4 page: the routes of one shift, what to look for, where to refer, until when it holds. */
export function BriefingSheet({ briefing, page, gazetteer, attributions }: BriefingSheetProps) {
  const zone = zoneNamed(useSession().timeZone);
  const { sheet, windows, part } = page;
  const voidAfter = Date.parse(sheet.voidAfter);
  const layout = layoutOf(windows);
  return (
    <article className="sheet-page" aria-label={`${sheet.title} ${part}`}>
      <header className="sheet-page__head">
        <div>
          <h2>
            {briefing.title}
            {part ? <span className="sheet-page__part"> {part}</span> : null}
          </h2>
          <p className="sheet-page__when">{sheet.title}</p>
        </div>
        <div className="sheet-page__number">
          {briefing.demo ? <DemoMark /> : null}
          <p>
            Number <strong>{briefing.number}</strong>
          </p>
          <p>
            Void after{" "}
            <strong>
              {formatDay(zone.dateOf(voidAfter))} {wallTime(zone, voidAfter)}
            </strong>
          </p>
          <p>Check the number before going out and every hour</p>
        </div>
      </header>
      <div className={`sheet-page__windows sheet-page__windows--${layout.name}`}>
        {windows.map((window) => (
          <RouteCard key={window.id} window={window} gazetteer={gazetteer} layout={layout} />
        ))}
      </div>
      <footer className="sheet-page__foot">
        <div className="sheet-page__look">
          <h3>What to look for</h3>
          <ul>
            {briefing.lookFor.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </div>
        <div className="sheet-page__care">
          <p className="sheet-page__emergency">{briefing.emergency}</p>
          <p>{briefing.referral}</p>
          <p className="sheet-page__check">{briefing.checkLine}</p>
        </div>
        <p className="sheet-page__key">
          Times are approximate; the order is what counts. On the maps, grey: the permitted route, a
          stop being anywhere in its hexagon; {legWords(windows)}; dots: corners, and about the
          middle of streets.
        </p>
        <p className="sheet-page__licence">{attributions.join(" · ")}</p>
      </footer>
    </article>
  );
}

function legWords(windows: readonly SheetWindow[]): string {
  const kinds = new Set(windows.map(wayKind).filter((kind) => kind !== null));
  if (kinds.size > 0 && !kinds.has("crow") && !kinds.has("mixed")) {
    return "lines with arrows: the way by street";
  }
  if (kinds.has("streets") || kinds.has("mixed")) {
    return "lines with arrows along streets: the way; straight from number to number: the order alone";
  }
  return "arrows: the order, not the way, walk by the streets";
}

interface RouteMapProps {
  readonly window: SketchedWindow & { readonly place: string };
  readonly gazetteer: Gazetteer;
  /** Tenths of a millimetre. */
  readonly width: number;
  readonly height: number;
}

/** The permitted route with numbered stops on the ground around it, in ink on paper. */
function RouteMap({ window, gazetteer, width, height }: RouteMapProps) {
  const sketch = useMemo(
    () => sketchRoute(window, gazetteer, { width, height }),
    [window, gazetteer, width, height],
  );
  const title = `Map of the route at ${window.place}`;
  return (
    <svg className="route-map" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={title}>
      <title>{title}</title>
      <Ground sketch={sketch} />
      <Names sketch={sketch} />
      <Walk sketch={sketch} />
      <g className="route-map__north" transform={`translate(${width - 40} 30)`}>
        <path d="M0 -18L13 26L0 16L-13 26Z" />
        <text y={54}>N</text>
      </g>
      <g
        transform={`translate(${width - sketch.scaleBar.length - 20} ${height - 15})`}
        className="route-map__bar"
      >
        <path className="route-map__scale" d={`M0 -10V0H${sketch.scaleBar.length}V-10`} />
        <text className="route-map__metres" x={sketch.scaleBar.length / 2} y={-12}>
          {sketch.scaleBar.metres} m
        </text>
      </g>
    </svg>
  );
}

function Ground({ sketch }: { readonly sketch: RouteSketch }) {
  return (
    <>
      <path className="route-map__corridor" d={ringsOf(sketch.corridor)} />
      {sketch.roads.map((road) =>
        road.parts.map((part) => (
          <path key={`${road.name} ${pathOf(part)}`} className="route-map__road" d={pathOf(part)} />
        )),
      )}
      <path className="route-map__ground" d={ringsOf(sketch.grounds)} />
      <path className="route-map__edge" d={ringsOf(sketch.corridor)} />
      {sketch.stations.map((at) => (
        <g
          key={at.join()}
          className="route-map__station"
          transform={`translate(${at[0]} ${at[1]})`}
        >
          <rect x={-13} y={-13} width={26} height={26} />
          <circle r={6} />
        </g>
      ))}
    </>
  );
}

function Names({ sketch }: { readonly sketch: RouteSketch }) {
  return sketch.labels.map(({ text, kind, at, turn, mark, leader }) => (
    <g key={`${kind} ${text}`}>
      {leader ? <path className="route-map__leader" d={pathOf(leader)} /> : null}
      {mark ? (
        <circle className="route-map__mark" cx={mark[0]} cy={mark[1]} r={markRadius} />
      ) : null}
      <text
        className={`route-map__label route-map__label--${kind}`}
        transform={`translate(${at[0]} ${at[1]}) rotate(${turn})`}
      >
        {text}
      </text>
    </g>
  ));
}

function Walk({ sketch }: { readonly sketch: RouteSketch }) {
  return (
    <>
      {sketch.legs.map(({ from, to, line, middle, turn }) => (
        <g key={`${from.join()} ${to.join()}`} className="route-map__leg">
          <path d={pathOf(line ?? [from, to])} />
          <path
            className="route-map__arrow"
            d="M-11 -11L12 0L-11 11Z"
            transform={`translate(${middle[0]} ${middle[1]}) rotate(${turn})`}
          />
        </g>
      ))}
      {sketch.stops.map(({ order, at }) => (
        <g key={order} transform={`translate(${at[0]} ${at[1]})`}>
          <circle className="route-map__stop" r={stopRadius} />
          <text className="route-map__order">{order}</text>
        </g>
      ))}
    </>
  );
}

function ringsOf(rings: readonly (readonly SketchPoint[])[]): string {
  return rings.map((ring) => `${pathOf(ring)}Z`).join("");
}

function pathOf(points: readonly SketchPoint[]): string {
  return points
    .map(([x, y], index) => `${index ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`)
    .join("");
}
