import { monthsOf } from "#client/panel/panel-view.ts";
import { monthName } from "#client/panel/panel-words.ts";
import { formatCount, formatMonth } from "#client/ui/format.ts";
import { Select } from "#client/ui/Select.tsx";
import type { PanelReply } from "#core/wire/panel.ts";

export interface PanelMonthsProps {
  readonly reply: PanelReply;
  readonly areaId: string;
  /** The month that the other slides show. */
  readonly month: string;
  readonly onArea: (area: string) => void;
}

const width = 1200;
const height = 420;
const foot = 70;
const head = 40;

/** One area through the months: bars from nought, withheld months as dashed stubs. */
export function PanelMonths({ reply, areaId, month, onArea }: PanelMonthsProps) {
  const area = reply.areas.find(({ id }) => id === areaId) ?? reply.areas[0];
  if (!area) return null;
  const points = monthsOf(reply, area.id);
  const most = Math.max(reply.threshold, ...points.map(({ count }) => count ?? 0));
  const step = width / points.length;
  const y = (count: number) => (1 - count / most) * (height - head - foot) + head;
  return (
    <section className="panel__months" aria-label="Month by month">
      <div className="panel__months-head">
        <h3>Complaints in {area.name}, month by month</h3>
        <div className="no-print">
          <Select
            label="Area"
            value={area.id}
            options={reply.areas.map(({ id, name }) => ({ value: id, label: name }))}
            onChange={onArea}
          />
        </div>
      </div>
      <svg
        className="panel-months"
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-label={points
          .map(({ month: at, count }) => `${monthName(at)}: ${count ?? "not shown"}`)
          .join("; ")}
      >
        <path className="panel-months__base" d={`M0 ${y(0)}H${width}`} />
        {points.map(({ month: at, count }, index) => {
          const middle = (index + 0.5) * step;
          const top = y(count ?? reply.threshold / 2);
          return (
            <g key={at} className={at === month ? "panel-months__now" : undefined}>
              <rect
                className={count === null ? "panel-months__few" : "panel-months__bar"}
                x={middle - step * 0.32}
                y={top}
                width={step * 0.64}
                height={y(0) - top}
              />
              <text className="panel-months__count" x={middle} y={top - 10}>
                {count === null ? "–" : formatCount(count)}
              </text>
              <text className="panel-months__month" x={middle} y={height - 42}>
                {formatMonth(at).slice(0, 3)}
              </text>
              <text className="panel-months__year" x={middle} y={height - 14}>
                {index === 0 || at.endsWith("-01") ? at.slice(0, 4) : ""}
              </text>
            </g>
          );
        })}
      </svg>
    </section>
  );
}
