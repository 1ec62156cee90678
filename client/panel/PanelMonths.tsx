import { type MonthFigure, monthsOf } from "#client/panel/panel-view.ts";
import { beforeNote, monthName, noneNote, notShown } from "#client/panel/panel-words.ts";
import { formatCount, formatMonth } from "#client/ui/format.ts";
import { Select } from "#client/ui/Select.tsx";
import type { PanelArea, PanelReply } from "#core/wire/panel.ts";
import "#client/panel/panel-months.css";

export interface PanelMonthsProps {
  readonly reply: PanelReply;
  readonly area: PanelArea;
  /** The month that the other slides show. */
  readonly month: string;
  readonly onArea: (area: string) => void;
}

/** One area through the months: bars from nought; a month that is not shown has no height at all. */
export function PanelMonths({ reply, area, month, onArea }: PanelMonthsProps) {
  const points = monthsOf(reply, area.id);
  const most = Math.max(reply.threshold, ...points.map(({ count }) => count ?? 0));
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
      <div className="panel-months" role="img" aria-label={points.map(inWords).join("; ")}>
        {points.map((point, index) => (
          <div
            key={point.month}
            className={`panel-months__at ${point.month === month ? "panel-months__now" : ""}`}
          >
            <div className={`panel-months__plot panel-months__plot--${point.state}`}>
              <Bar point={point} share={(point.count ?? 0) / most} />
            </div>
            <span className="panel-months__month">{formatMonth(point.month).slice(0, 3)}</span>
            <span className="panel-months__year">
              {index === 0 || point.month.endsWith("-01") ? point.month.slice(0, 4) : ""}
            </span>
          </div>
        ))}
      </div>
      {points.every(({ count }) => count === null) ? (
        <p className="panel-months__nothing">Not shown in any of these months.</p>
      ) : null}
      <ul className="panel-months__key" aria-label="Key">
        <li>
          <span className="panel-months__few" aria-hidden="true" />
          {notShown}. {noneNote}
        </li>
        {points.some(({ state }) => state === "before") ? (
          <li>
            <span className="panel-months__before" aria-hidden="true" />
            {beforeNote}
          </li>
        ) : null}
      </ul>
    </section>
  );
}

function Bar({ point, share }: { readonly point: MonthFigure; readonly share: number }) {
  if (point.count === null) {
    return point.state === "withheld" ? <span className="panel-months__few" /> : null;
  }
  return (
    <>
      <span className="panel-months__count">{formatCount(point.count)}</span>
      <div className="panel-months__bar" style={{ flexBasis: `${100 * share}%` }} />
    </>
  );
}

function inWords({ month, count, state }: MonthFigure): string {
  const words = { shown: formatCount(count ?? 0), withheld: "not shown", before: "no figures yet" };
  return `${monthName(month)}: ${words[state]}`;
}
