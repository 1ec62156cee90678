import { use } from "react";
import { ReadIn } from "#client/releases/panel/ReadIn.tsx";
import { areaWords, classWords, notShown } from "#core/releases/presentation/figure-slides.ts";
import { lineHeight } from "#core/releases/presentation/map-names.ts";
import type { MapBlock } from "#core/releases/presentation/slide.ts";
import { classesOf, classOf } from "#core/releases/presentation/view.ts";
import "#client/releases/panel/panel-map.css";

/** Areas by class, each with its name and figure; those not shown are plain with a dashed edge. */
export function PanelMap({ drawing, plan, figures, level, release }: Omit<MapBlock, "kind">) {
  const language = use(ReadIn);
  const { say, count: written } = language;
  const paths = new Map(drawing.shapes.map(({ area, path }) => [area, path]));
  const counts = new Map(figures.map(({ area, count }) => [area.id, count]));
  const { left, right, top, bottom } = plan.viewBox;
  const names = plan.names[level];
  return (
    <div className="panel__map row gap-5 tall">
      <svg
        className="panel-map grow shrinks tall gives"
        viewBox={`${left} ${top} ${right - left} ${bottom - top}`}
        role="img"
        aria-label={say("where.map")}
      >
        {figures.map(({ area, count }) => (
          <path
            key={area.id}
            className={`panel-map__area panel-map__area--${classOf(count, level)}`}
            d={paths.get(area.id) ?? ""}
          >
            <title>{areaWords({ area, count }, release, language)}</title>
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
              fontSize={plan.letters.name}
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
                  fontSize={leader ? plan.letters.name : plan.letters.count}
                  className="panel-map__count strong"
                >
                  {written(count)}
                </tspan>
              )}
            </text>
          );
        })}
      </svg>
      <ul className="panel-key marked stack still">
        <li className="panel-key__title">{say("where.key", { base: String(release.base) })}</li>
        {classWords(classesOf(level, release.base), language).map((label, index) => (
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
          {notShown(release, language)}
        </li>
      </ul>
    </div>
  );
}
