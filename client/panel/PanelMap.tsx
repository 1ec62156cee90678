import { countSize, lineHeight, type MapPlan, nameSize } from "#client/panel/map-names.ts";
import type { PanelDrawing } from "#client/panel/panel-shapes.ts";
import {
  classLabels,
  classOf,
  type PanelFigure,
  type PanelLevel,
} from "#client/panel/panel-view.ts";
import { notShown } from "#client/panel/panel-words.ts";
import { formatCount } from "#client/ui/format.ts";
import "#client/panel/panel-map.css";

export interface PanelMapProps {
  readonly drawing: PanelDrawing;
  readonly plan: MapPlan;
  readonly figures: readonly PanelFigure[];
  readonly level: PanelLevel;
  /** All figures are rounded to this. */
  readonly base: number;
}

/** Areas by class, each with its name and figure; those not shown are plain with a dashed edge. */
export function PanelMap({ drawing, plan, figures, level, base }: PanelMapProps) {
  const paths = new Map(drawing.shapes.map(({ area, path }) => [area, path]));
  const counts = new Map(figures.map(({ area, count }) => [area.id, count]));
  const { left, right, top, bottom } = plan.viewBox;
  const names = plan.names[level];
  return (
    <section className="panel__map" aria-label="Map">
      <svg
        className="panel-map"
        viewBox={`${left} ${top} ${right - left} ${bottom - top}`}
        role="img"
        aria-label="Map of complaints by area; the table holds the same figures"
      >
        {figures.map(({ area, count }) => (
          <path
            key={area.id}
            className={`panel-map__area panel-map__area--${classOf(count, level)}`}
            d={paths.get(area.id) ?? ""}
          >
            <title>{`${area.name}: ${count === null ? notShown : formatCount(count)}`}</title>
          </path>
        ))}
        {names.map(({ areaId, leader }) =>
          leader ? (
            <g key={areaId} className="panel-map__leader">
              <path d={`M${leader.from.join(" ")}L${leader.to.join(" ")}`} />
              <circle cx={leader.to[0]} cy={leader.to[1]} r={9} />
            </g>
          ) : null,
        )}
        {names.map(({ areaId, lines, anchor, x, y, leader }) => {
          const count = counts.get(areaId) ?? null;
          return (
            <text
              key={areaId}
              className="panel-map__name"
              fontSize={nameSize}
              textAnchor={anchor}
              y={y}
            >
              {lines.map((line, index) => (
                <tspan key={line} x={x} dy={index === 0 ? 0 : `${lineHeight}em`}>
                  {line}
                </tspan>
              ))}
              {count === null ? null : (
                <tspan
                  {...(leader ? { dx: "0.3em" } : { x, dy: `${lineHeight}em` })}
                  fontSize={leader ? nameSize : countSize}
                  className="panel-map__count"
                >
                  {formatCount(count)}
                </tspan>
              )}
            </text>
          );
        })}
      </svg>
      <ul className="panel-key" aria-label="Legend">
        <li className="panel-key__title">Complaints in the month, to the nearest {base}</li>
        {classLabels(level, base).map((label, index) => (
          <li key={label}>
            <span
              className={`panel-key__swatch panel-map__area--${index + 1}`}
              aria-hidden="true"
            />
            {label}
          </li>
        ))}
        <li className="panel-key__few">
          <span className="panel-key__swatch panel-map__area--0" aria-hidden="true" />
          {notShown}
        </li>
      </ul>
    </section>
  );
}
