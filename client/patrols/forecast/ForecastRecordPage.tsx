import { ask } from "#client/api/ask.ts";
import { useFetched } from "#client/api/use-resource.ts";
import { SealedForecasts } from "#client/patrols/forecast/SealedForecasts.tsx";
import { PlanPageHead } from "#client/patrols/plan-pages.tsx";
import { Loaded } from "#client/ui/Loaded.tsx";
import { Skeleton } from "#client/ui/Skeleton.tsx";
import { SortableTable, type TableColumn } from "#client/ui/SortableTable.tsx";
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
      <SortableTable
        caption="Reports in the places ranked first, against the best count"
        columns={[
          {
            label: "Forecast",
            isHead: true,
            cell: ({ method }) =>
              `${forecastLabel(method)}${method === "forecast" ? " (in use)" : ""}`,
          },
          ...shares.map(
            ({ share }, at): TableColumn<(typeof methods)[number]> => ({
              label: `Top ${share * 100}% of the area`,
              isNumber: true,
              cell: ({ shares: own }) => ratioWords(own[at]?.toBestCount ?? null),
            }),
          ),
        ]}
        rows={methods}
        rowKey={({ method }) => method}
      />
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
function ratioWords(found: RatioToCount | null): string {
  if (!found) return "Not enough to tell";
  const { ratio, low, high } = found;
  return `${ratio.toFixed(2)} (${low.toFixed(2)} to ${high.toFixed(2)})`;
}
