import { choiceWords, type ForecastChoice } from "#core/patrols/forecast/choice.ts";
import type { ForecastRecordReply } from "#core/patrols/wire/forecast-choice.ts";
import { formatQuantity } from "#core/text/numbers.ts";
import { formatDate } from "#core/time/words.ts";

interface RecordTableProps {
  readonly record: ForecastRecordReply;
  readonly inUse: ForecastChoice;
  readonly picked: ForecastChoice;
}

/** The average, the counts, and a blend only where it is in use or picked: there are 27 of them. */
export function RecordTable({ record, inUse, picked }: RecordTableProps) {
  const { to, months, reports, choices } = record;
  const rows = choices.filter(
    ({ choice }) => !choice.startsWith("blend") || choice === inUse || choice === picked,
  );
  const shares = choices[0]?.shares ?? [];
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
      <p className="quiet">Blends picked here will do slightly worse in practice.</p>
      <table className="table">
        <caption className="table__caption">
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
          {rows.map(({ choice, shares: own }) => (
            <tr key={choice}>
              <th scope="row">
                {sentenceOf(choiceWords(choice))}
                {choice === inUse ? " (in use)" : ""}
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
        <p className="quiet">
          The choice decides where reports are expected. How many come in a week, and when they come
          at one place, is the same for each.
        </p>
      </details>
    </>
  );
}

function sentenceOf(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

/** "1.04 (1.01 to 1.07)" */
function ratioWords({ ratio, low, high }: Readonly<Record<"ratio" | "low" | "high", number>>) {
  return `${ratio.toFixed(2)} (${low.toFixed(2)} to ${high.toFixed(2)})`;
}
