import { useMemo } from "react";
import type { PlacedEdge } from "#client/displacement/compass.ts";
import {
  barOn,
  cellsOn,
  cornersOf,
  ringsOn,
  roadNamesOn,
  roadsOn,
  sizesBeside,
} from "#client/displacement/report/report-sketch.ts";
import { SketchFurniture } from "#client/map/SketchFurniture.tsx";
import { type SketchView, sketchView } from "#client/map/sketch-view.ts";
import { PaperStreets, pathOf } from "#client/map/streets/PaperStreets.tsx";
import type { PaperGround } from "#client/map/streets/paper-ground.ts";
import { usePaperGround } from "#client/map/streets/use-paper-ground.ts";
import type { OperationReportReply } from "#core/displacement/wire/operations.ts";
import type { Position } from "#core/geo/cell.ts";
import type { PlacesReply } from "#core/places/wire/places.ts";
import "#client/map/sketch.css";

export interface ReportMapsProps {
  readonly report: OperationReportReply;
  readonly places: PlacesReply;
  readonly edges: readonly PlacedEdge[];
}

interface MapProps extends ReportMapsProps {
  readonly shown: readonly Position[];
  readonly width: number;
  readonly height: number;
}

export function ReportMaps(props: ReportMapsProps) {
  const { report, places, edges } = props;
  const { zones } = report.assessment;
  const [command, treated] = useMemo(() => {
    const zoneCells = edges.flatMap(({ cells }) => cells);
    const boroughs = ownBoroughs(places).flatMap(({ polygons }) => polygons.flat(2));
    return [
      [...cornersOf(zoneCells), ...boroughs],
      cornersOf([...zones.treated, ...zones.rings]),
    ] as const;
  }, [zones, places, edges]);
  const [first, second, height] = useMemo(() => sizesBeside(command, treated), [command, treated]);
  return (
    <div
      className="report-maps grid"
      style={{ gridTemplateColumns: `minmax(0, ${first}fr) minmax(0, ${second}fr)` }}
    >
      <CommandMap {...props} shown={command} width={first} height={height} />
      <TreatedMap {...props} shown={treated} width={second} height={height} />
    </div>
  );
}

function CommandMap({ report, places, edges, shown, width, height }: MapProps) {
  const { zones } = report.assessment;
  const view = useMemo(
    () => sketchView(shown, { width, height }, { margin: 25 }),
    [shown, width, height],
  );
  const streets = useStreets(view, places);
  return (
    <figure>
      <svg
        className="report-map gives full"
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-label="The area, its numbered boundary zones and the treated area"
      >
        {edges.map(({ item, cells }) => (
          <path
            key={item.neighbour}
            className="report-map__edge sketch-area--edge"
            d={cellsOn(view, cells)}
          />
        ))}
        <Streets view={view} streets={streets} />
        {ownBoroughs(places).map(({ code, polygons }) => (
          <path key={code} className="sketch-line" d={ringsOn(view, polygons.flat())} />
        ))}
        {zones.control ? (
          <path className="sketch-line sketch-line--dashed" d={cellsOn(view, zones.control)} />
        ) : null}
        <path className="sketch-ink" d={cellsOn(view, zones.treated)} />
        {edges.map(({ item, at, order }) => {
          if (!at) return null;
          const [x, y] = view.toPoint(at);
          return (
            <g key={item.neighbour} transform={`translate(${x} ${y})`}>
              <circle className="sketch-disc" r={19} />
              <text className="sketch-name strong">{order}</text>
            </g>
          );
        })}
        <SketchFurniture view={view} bar={barOn(view)} />
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
  const view = useMemo(
    () => sketchView(shown, { width, height }, { margin: 40 }),
    [shown, width, height],
  );
  const streets = useStreets(view, places);
  const roads = useMemo(() => {
    const { roads: all } = places.gazetteer;
    return {
      names: roadNamesOn(view, namedRoads(all, streets), mostRoadNames),
      paths: roadsOn(view, streets ? [] : all).flatMap(({ parts }) => parts.map(pathOf)),
    };
  }, [view, places, streets]);
  return (
    <figure>
      <svg
        className="report-map gives full"
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-label="The treated area and the rings around it"
      >
        {ownBoroughs(places).map(({ code, polygons }) => (
          <path key={code} className="sketch-line" d={ringsOn(view, polygons.flat())} />
        ))}
        <path
          className="report-map__rings sketch-area"
          d={cellsOn(view, [...zones.treated, ...zones.rings])}
        />
        <path className="sketch-area--treated" d={cellsOn(view, zones.treated)} />
        <Streets view={view} streets={streets} />
        {roads.paths.map((path) => (
          <path key={path} className="sketch-line sketch-line--thin" d={path} />
        ))}
        {roads.names.map(({ text, at: [x, y], turn }) => (
          <text
            key={text}
            className="sketch-name"
            transform={`translate(${x} ${y}) rotate(${turn})`}
          >
            {text}
          </text>
        ))}
        <SketchFurniture view={view} bar={barOn(view)} />
      </svg>
      <figcaption>Treated area dark, its two rings lighter, main streets as lines.</figcaption>
    </figure>
  );
}

function useStreets({ bounds, width }: SketchView, { basemap }: PlacesReply): PaperGround | null {
  return usePaperGround({ tiles: basemap, bounds, width });
}

/** In tenths of a millimetre. */
const pen = 1.2;

function Streets({
  view: { toPoint, width, height, scale },
  streets,
}: {
  readonly view: SketchView;
  readonly streets: PaperGround | null;
}) {
  if (!streets) return null;
  const size = { width, height, unitsPerMetre: scale };
  return <PaperStreets ground={streets} toPoint={toPoint} {...size} pen={pen} />;
}

function namedRoads(roads: PlacesReply["gazetteer"]["roads"], streets: PaperGround | null) {
  const named = streets?.lines.flatMap(({ kind, name, line }) =>
    name !== null && kind === "main" ? [{ name, line }] : [],
  );
  return named?.length ? named : roads;
}

function ownBoroughs(places: PlacesReply) {
  return places.areas.filter(({ kind, inCommand }) => kind === "borough" && inCommand);
}
