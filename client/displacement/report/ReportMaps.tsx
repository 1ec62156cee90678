import { useMemo } from "react";
import { middleOf, type Placed } from "#client/displacement/compass.ts";
import {
  cornersOf,
  roadsOn,
  type Sketch,
  sizesBeside,
  sketchOf,
} from "#client/displacement/report/report-sketch.ts";
import type { EdgeRow } from "#client/displacement/VerdictMark.tsx";
import { roundLength } from "#client/map/sheet-layout.ts";
import { PaperStreets } from "#client/map/streets/PaperStreets.tsx";
import type { PaperGround } from "#client/map/streets/paper-ground.ts";
import { usePaperGround } from "#client/map/streets/use-paper-ground.ts";
import type { OperationReportReply } from "#core/displacement/wire/operations.ts";
import type { Position } from "#core/geo/cell.ts";
import type { PlacesReply } from "#core/places/wire/places.ts";

export interface ReportMapsProps {
  readonly report: OperationReportReply;
  readonly places: PlacesReply;
  /** In the order of their numbers. */
  readonly edges: readonly Placed<EdgeRow>[];
}

interface MapProps extends ReportMapsProps {
  readonly shown: readonly Position[];
  readonly width: number;
  readonly height: number;
}

/** The command with its numbered edge zones, and the treated area with its rings, in ink on paper. */
export function ReportMaps(props: ReportMapsProps) {
  const { report, places } = props;
  const { zones } = report.assessment;
  const [command, treated] = useMemo(() => {
    const zoneCells = zones.edges.flatMap(({ inner, outer }) => [...inner, ...outer]);
    const boroughs = ownBoroughs(places).flatMap(({ polygons }) => polygons.flat(2));
    return [
      [...cornersOf(zoneCells), ...boroughs],
      cornersOf([...zones.treated, ...zones.rings]),
    ] as const;
  }, [zones, places]);
  const [first, second, height] = useMemo(() => sizesBeside(command, treated), [command, treated]);
  return (
    <div
      className="report-maps"
      style={{ gridTemplateColumns: `minmax(0, ${first}fr) minmax(0, ${second}fr)` }}
    >
      <CommandMap {...props} shown={command} width={first} height={height} />
      <TreatedMap {...props} shown={treated} width={second} height={height} />
    </div>
  );
}

function CommandMap({ report, places, edges, shown, width, height }: MapProps) {
  const { zones } = report.assessment;
  const sketch = useMemo(
    () => sketchOf(shown, { width, height, margin: 25 }),
    [shown, width, height],
  );
  const streets = useStreets(sketch, places);
  if (!sketch) return null;
  return (
    <figure>
      <svg
        className="report-map"
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-label="The area, its numbered boundary zones and the treated area"
      >
        {edges.map(({ item }) => {
          const zone = zones.edges.find(({ neighbour }) => neighbour === item.neighbour);
          return zone ? (
            <path
              key={item.neighbour}
              className="report-map__edge"
              d={sketch.cells([...zone.inner, ...zone.outer])}
            />
          ) : null;
        })}
        <Streets sketch={sketch} streets={streets} />
        {ownBoroughs(places).map(({ code, polygons }) => (
          <path key={code} className="report-map__ground" d={sketch.rings(polygons.flat())} />
        ))}
        {zones.control ? (
          <path className="report-map__control" d={sketch.cells(zones.control)} />
        ) : null}
        <path className="report-map__treated" d={sketch.cells(zones.treated)} />
        {edges.map(({ item }, index) => {
          const zone = zones.edges.find(({ neighbour }) => neighbour === item.neighbour);
          const at = middleOf(zone?.inner.length ? zone.inner : (zone?.outer ?? []));
          if (!at) return null;
          const [x, y] = sketch.point(at);
          return (
            <g key={item.neighbour} transform={`translate(${x} ${y})`}>
              <circle className="report-map__disc" r={19} />
              <text className="report-map__number">{index + 1}</text>
            </g>
          );
        })}
        <Scale sketch={sketch} />
      </svg>
      <figcaption>
        {report.assessment.studyArea}: treated area black, boundary zones grey and numbered as in
        the table{zones.control ? ", comparison area dashed" : ""}.
      </figcaption>
    </figure>
  );
}

const mostRoadNames = 7;

function TreatedMap({ report, places, shown, width, height }: MapProps) {
  const { zones } = report.assessment;
  const sketch = useMemo(
    () => sketchOf(shown, { width, height, margin: 40 }),
    [shown, width, height],
  );
  const streets = useStreets(sketch, places);
  const roads = useMemo(() => {
    if (!sketch) return null;
    const { roads: all } = places.gazetteer;
    const { names } = roadsOn(sketch, namedRoads(all, streets), mostRoadNames);
    const { paths } = roadsOn(sketch, streets?.roads ?? all, 0);
    return { names, paths };
  }, [sketch, places, streets]);
  if (!sketch || !roads) return null;
  return (
    <figure>
      <svg
        className="report-map"
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-label="The treated area and the rings around it"
      >
        {ownBoroughs(places).map(({ code, polygons }) => (
          <path key={code} className="report-map__ground" d={sketch.rings(polygons.flat())} />
        ))}
        <path className="report-map__rings" d={sketch.cells([...zones.treated, ...zones.rings])} />
        <path className="report-map__area" d={sketch.cells(zones.treated)} />
        <Streets sketch={sketch} streets={streets} />
        {roads.paths.map((path) => (
          <path key={path} className="report-map__road" d={path} />
        ))}
        {roads.names.map(({ name, at }) => (
          <text key={name} className="report-map__name" x={at[0]} y={at[1]}>
            {name}
          </text>
        ))}
        <Scale sketch={sketch} />
      </svg>
      <figcaption>Treated area dark, its two rings lighter, main streets as lines.</figcaption>
    </figure>
  );
}

function useStreets(sketch: Sketch | null, { basemap }: PlacesReply): PaperGround | null {
  const bounds = sketch?.bounds ?? null;
  const width = sketch?.width ?? 0;
  return usePaperGround({ tiles: basemap, bounds, width });
}

/** Of a drawing in tenths of a millimetre. */
const pen = 1.2;

function Streets({
  sketch,
  streets,
}: {
  readonly sketch: Sketch;
  readonly streets: PaperGround | null;
}) {
  if (!streets) return null;
  const { point, width, height, unitsPerMetre } = sketch;
  const size = { width, height, unitsPerMetre };
  return <PaperStreets ground={streets} toPoint={point} {...size} pen={pen} />;
}

/** The main streets of the tiles where they have names, else the roads of the built-in map. */
function namedRoads(roads: PlacesReply["gazetteer"]["roads"], streets: PaperGround | null) {
  const named = streets?.lines.flatMap(({ kind, name, line }) =>
    name !== null && kind === "main" ? [{ name, line }] : [],
  );
  return named?.length ? named : roads;
}

/** A round length at the lower right, north at the upper right. */
function Scale({ sketch }: { readonly sketch: Sketch }) {
  const { width, height: tall, unitsPerMetre } = sketch;
  const metres = roundLength(width / 4 / unitsPerMetre);
  if (metres === null) return null;
  const length = metres * unitsPerMetre;
  const words = metres >= 1_000 ? `${metres / 1_000} km` : `${metres} m`;
  return (
    <g className="report-map__scale">
      <path d={`M${width - length - 15} ${tall - 25}V${tall - 15}H${width - 15}V${tall - 25}`} />
      <text x={width - 15 - length / 2} y={tall - 28}>
        {words}
      </text>
      <path d={`M${width - 25} 45V15M${width - 35} 28L${width - 25} 13L${width - 15} 28`} />
      <text x={width - 25} y={75}>
        N
      </text>
    </g>
  );
}

function ownBoroughs(places: PlacesReply) {
  return places.areas.filter(({ kind, inCommand }) => kind === "borough" && inCommand);
}
