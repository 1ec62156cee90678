import { useLanguage } from "#client/releases/panel/use-language.ts";
import { monthWords, notShown } from "#core/releases/presentation/figure-slides.ts";
import type { MonthsBlock } from "#core/releases/presentation/slide.ts";
import type { MonthFigure } from "#core/releases/presentation/view.ts";
import "#client/releases/panel/panel-months.css";

/** One area through the months: bars from nought; a month that is not shown has no height at all. */
export function PanelMonths({ points, month, release }: Omit<MonthsBlock, "kind">) {
  const language = useLanguage();
  const { say, shortMonth } = language;
  const most = Math.max(release.threshold, ...points.map(({ count }) => count ?? 0));
  const words = points.map((point) => monthWords(point, language)).join("; ");
  return (
    <div className="panel__months">
      <div className="panel-months" role="img" aria-label={words}>
        {points.map((point, index) => (
          <div
            key={point.month}
            className={`panel-months__at ${point.month === month ? "panel-months__now" : ""}`}
          >
            <div className={`panel-months__plot panel-months__plot--${point.state}`}>
              <Bar point={point} share={(point.count ?? 0) / most} />
            </div>
            <span className="panel-months__month">{shortMonth(point.month)}</span>
            <span className="panel-months__year">
              {index === 0 || point.month.endsWith("-01") ? point.month.slice(0, 4) : ""}
            </span>
          </div>
        ))}
      </div>
      <ul className="panel-months__key">
        <li>
          <span className="panel-months__few" aria-hidden="true" />
          <span>
            {notShown(release, language)}. {say("figure.none-is-not-shown")}
          </span>
        </li>
        {points.some(({ state }) => state === "before") ? (
          <li>
            <span className="panel-months__before" aria-hidden="true" />
            {say("figure.before-records")}
          </li>
        ) : null}
      </ul>
    </div>
  );
}

function Bar({ point, share }: { readonly point: MonthFigure; readonly share: number }) {
  const { count } = useLanguage();
  if (point.count === null) {
    return point.state === "withheld" ? <span className="panel-months__few" /> : null;
  }
  return (
    <>
      <span className="panel-months__count">{count(point.count)}</span>
      <div className="panel-months__bar" style={{ flexBasis: `${100 * share}%` }} />
    </>
  );
}
