import { useMemo } from "react";
import { countSize, labelsThatFit, nameSize } from "#client/panel/map-labels.ts";
import type { PanelDrawing } from "#client/panel/panel-shapes.ts";
import {
  classLabels,
  classOf,
  type PanelFigure,
  type PanelLevel,
} from "#client/panel/panel-view.ts";
import { notShown } from "#client/panel/panel-words.ts";
import { formatCount } from "#client/ui/format.ts";

export interface PanelMapProps {
  readonly drawing: PanelDrawing;
  readonly figures: readonly PanelFigure[];
  readonly level: PanelLevel;
  /** All figures are rounded to this. */
  readonly base: number;
}

/** Areas by class, each with its figure written on it; those not shown are plain with a dashed edge. */
export function PanelMap({ drawing, figures, level, base }: PanelMapProps) {
  const shapes = useMemo(
    () => new Map(drawing.shapes.map((shape) => [shape.area, shape])),
    [drawing],
  );
  const labels = useMemo(() => labelsThatFit(figures, shapes), [figures, shapes]);
  return (
    <section className="panel__map" aria-label="Map">
      <svg
        className="panel-map"
        viewBox={`-60 -10 ${drawing.width + 120} ${drawing.height + 20}`}
        role="img"
        aria-label="Map of complaints by area; the table holds the same figures"
      >
        {figures.map(({ area, count }) => (
          <path
            key={area.id}
            className={`panel-map__area panel-map__area--${classOf(count, level)}`}
            d={shapes.get(area.id)?.path ?? ""}
          >
            <title>{`${area.name}: ${count === null ? notShown : formatCount(count)}`}</title>
          </path>
        ))}
        {labels.map(({ areaId, lines, count, x, y }) => (
          <text key={areaId} className="panel-map__name" fontSize={nameSize} y={y}>
            {lines.map((line, index) => (
              <tspan key={line} x={x} dy={index === 0 ? 0 : "1.1em"}>
                {line}
              </tspan>
            ))}
            {count === "" ? null : (
              <tspan
                x={x}
                dy={lines.length > 0 ? "1em" : 0}
                fontSize={countSize}
                className="panel-map__count"
              >
                {count}
              </tspan>
            )}
          </text>
        ))}
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
