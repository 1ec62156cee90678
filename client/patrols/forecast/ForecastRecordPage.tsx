import { ask } from "#client/api/ask.ts";
import { useFetched } from "#client/api/use-resource.ts";
import { SealedForecasts } from "#client/patrols/forecast/SealedForecasts.tsx";
import { PlanPageHead } from "#client/patrols/plan-pages.tsx";
import { Loaded } from "#client/ui/Loaded.tsx";
import { Skeleton } from "#client/ui/Skeleton.tsx";
import {
  type ForecastRecordReply,
  forecastLabel,
  forecastRecordCall,
  type RatioToCount,
} from "#core/patrols/wire/forecast-seals.ts";
import { formatQuantity } from "#core/text/numbers.ts";
import { formatDate } from "#core/time/words.ts";
import "#client/patrols/forecast/forecast-record.css";

/** How the forecast that Plan uses did so far, beside plain counts. */
export function ForecastRecordPage() {
  const { resource, reload } = useFetched("forecast record", (signal) =>
    ask(forecastRecordCall, {}, { signal }),
  );
  return (
    <div className="forecast-record stack gap-4 pad-4">
      <PlanPageHead title="How the forecast did" />
      <SealedForecasts />
      <h3>On past months</h3>
      <Loaded resource={resource} onRetry={reload} skeleton={<Skeleton lines={6} />}>
        {(record) => <RecordTable record={record} />}
      </Loaded>
    </div>
  );
}

function RecordTable({ record }: { readonly record: ForecastRecordReply }) {
  const { to, months, reports, methods } = record;
  const shares = methods[0]?.shares ?? [];
  if (to === null || shares.every(({ toBestCount }) => toBestCount === null)) {
    return <p>Not enough months with reports to tell.</p>;
  }
  return (
    <>
      <p>
        {formatQuantity(reports, "report")} in {formatQuantity(months, "month")} up to{" "}
        {formatDate(to)}. 1.00 is as good as the best plain count, 1.05 finds 5% more reports in the
        places ranked first. Where the brackets include 1.00, there are not enough reports to tell.
      </p>
      <table className="table">
        <caption className="visually-hidden">
          Reports in the places ranked first, against the best count
        </caption>
        <thead>
          <tr>
            <th scope="col">Forecast</th>
            {shares.map(({ share }) => (
              <th key={share} scope="col" className="number">
                Top {share * 100}% of the area
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {methods.map(({ method, shares: own }) => (
            <tr key={method}>
              <th scope="row">
                {forecastLabel(method)}
                {method === "forecast" ? " (in use)" : ""}
              </th>
              {own.map(({ share, toBestCount }) => (
                <td key={share} className="number">
                  {toBestCount ? ratioWords(toBestCount) : "Not enough to tell"}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <details>
        <summary>How this is calculated</summary>
        <p className="quiet">
          Each month is forecast from what was known at its start, and compared with what came. The
          measure is the mean predictive accuracy index (PAI): reports found, per share of the area.
          Brackets are 95% intervals over the months.
        </p>
        <p className="quiet">
          The best count is whichever of the three was best over all these months together, for each
          part of the area.
        </p>
        <p className="quiet">
          Only reports that Plan learns from count here. The backtest of the command line counts all
          that its filters choose.
        </p>
      </details>
    </>
  );
}

/** "1.04 (1.01 to 1.07)" */
function ratioWords({ ratio, low, high }: RatioToCount) {
  return `${ratio.toFixed(2)} (${low.toFixed(2)} to ${high.toFixed(2)})`;
}
