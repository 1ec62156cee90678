import { type FormEvent, useState } from "react";
import { ask } from "#client/api/ask.ts";
import { useFetched } from "#client/api/use-resource.ts";
import { useSubmit } from "#client/api/use-submit.ts";
import { PlanPageHead } from "#client/patrols/PlanPageHead.tsx";
import { undoHistory } from "#client/state/undo.ts";
import { Button } from "#client/ui/Button.tsx";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { Loaded } from "#client/ui/Loaded.tsx";
import { Select } from "#client/ui/Select.tsx";
import { Skeleton } from "#client/ui/Skeleton.tsx";
import { showToast } from "#client/ui/toast-store.ts";
import {
  blendTenths,
  choiceWords,
  countMonths,
  countPart,
  type ForecastChoice,
} from "#core/patrols/forecast/choice.ts";
import {
  type ForecastChoiceReply,
  type ForecastRecordReply,
  forecastCalls,
  type RatioToCount,
} from "#core/patrols/wire/forecast-choice.ts";
import { formatQuantity } from "#core/text/numbers.ts";
import { formatDate } from "#core/time/words.ts";
import "#client/patrols/forecast/forecast-choice.css";

/** Which forecast Plan uses, beside how each did so far. */
export function ForecastChoicePage() {
  // Loaded again each time: another analyst may have chosen.
  const { resource, reload } = useFetched("forecast choice", (signal) =>
    ask(forecastCalls.chosen, {}, { signal }),
  );
  return (
    <div className="forecast-choice">
      <PlanPageHead title="Choose the forecast" />
      <Loaded resource={resource} onRetry={reload} skeleton={<Skeleton lines={4} />}>
        {({ chosen }) => <Choice chosen={chosen} onChosen={reload} />}
      </Loaded>
    </div>
  );
}

interface ChoiceProps extends Pick<ForecastChoiceReply, "chosen"> {
  readonly onChosen: () => void;
}

function Choice({ chosen, onChosen }: ChoiceProps) {
  const inUse = chosen?.choice ?? "forecast";
  const [picked, pick] = useState<ForecastChoice>(inUse);
  const { fault, isPending, run } = useSubmit();
  const { resource, reload } = useFetched("forecast record", (signal) =>
    ask(forecastCalls.record, {}, { signal }),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    run(async () => {
      try {
        await ask(forecastCalls.choose, { body: { choice: picked, instead: inUse } });
      } finally {
        // Also where it was refused: then the line above tells who chose what.
        onChosen();
      }
      showToast("Plan now uses this forecast");
      undoHistory.remember({
        name: "choose the forecast",
        undo: async () => {
          await ask(forecastCalls.choose, { body: { choice: inUse, instead: picked } });
          onChosen();
        },
      });
    });
  };
  return (
    <>
      <p className="forecast-choice__lead">
        Plan uses: {choiceWords(inUse)}.
        {chosen ? ` Chosen by ${chosen.chosenBy} on ${formatDate(chosen.chosenOn)}.` : null}
      </p>
      <form className="forecast-choice__form" onSubmit={submit}>
        <ChoiceFields picked={picked} onPick={pick} />
        <Button type="submit" look="filled" disabled={isPending}>
          Use this forecast
        </Button>
      </form>
      {fault ? <ErrorNote title={fault.title} detail={fault.detail} /> : null}
      <p className="quiet">
        New plans use it. Plans that exist keep the forecast they were made with.
      </p>
      <section className="forecast-choice__record" aria-label="How each forecast did">
        <h3>How each forecast did</h3>
        <Loaded resource={resource} onRetry={reload} skeleton={<Skeleton lines={6} />}>
          {(record) => <RecordTable record={record} inUse={inUse} picked={picked} />}
        </Loaded>
      </section>
    </>
  );
}

type Kind = "forecast" | "count" | "blend";
const kinds = [
  { value: "forecast", label: "Average of 60 methods" },
  { value: "count", label: "Plain count" },
  { value: "blend", label: "Blend of the two" },
] as const satisfies readonly { readonly value: Kind; readonly label: string }[];
const monthOptions = countMonths.map((months) => ({
  value: `${months}` as const,
  label: `Last ${months} months`,
}));
const tenthOptions = blendTenths.map((tenths) => ({
  value: `${tenths}` as const,
  label: `${10 * tenths}%`,
}));

function ChoiceFields({
  picked,
  onPick,
}: {
  readonly picked: ForecastChoice;
  readonly onPick: (choice: ForecastChoice) => void;
}) {
  const part = countPart(picked);
  const kind: Kind = part === null ? "forecast" : part.tenths === 10 ? "count" : "blend";
  const months = `${part?.months ?? 12}` as const;
  const tenths = tenthOptions[(part?.tenths ?? 5) - 1]?.value ?? "5";
  return (
    <>
      <Select
        label="Forecast"
        value={kind}
        options={kinds}
        onChange={(next) => onPick(choiceOf(next, months, tenths))}
      />
      {kind === "forecast" ? null : (
        <Select
          label="Count"
          value={months}
          options={monthOptions}
          onChange={(next) => onPick(choiceOf(kind, next, tenths))}
        />
      )}
      {kind === "blend" ? (
        <Select
          label="Share of the count"
          value={tenths}
          options={tenthOptions}
          onChange={(next) => onPick(choiceOf(kind, months, next))}
        />
      ) : null}
    </>
  );
}

function choiceOf(
  kind: Kind,
  months: (typeof monthOptions)[number]["value"],
  tenths: (typeof tenthOptions)[number]["value"],
): ForecastChoice {
  if (kind === "forecast") return "forecast";
  return kind === "count" ? `count-${months}` : `blend-${months}-${tenths}`;
}

interface RecordTableProps {
  readonly record: ForecastRecordReply;
  readonly inUse: ForecastChoice;
  readonly picked: ForecastChoice;
}

/** The average, the counts, and a blend only where it is in use or picked: there are 27 of them. */
function RecordTable({ record, inUse, picked }: RecordTableProps) {
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

const sentenceOf = (words: string) => `${words.charAt(0).toUpperCase()}${words.slice(1)}`;

/** "1.04 (1.01 to 1.07)" */
function ratioWords({ ratio, low, high }: RatioToCount) {
  return `${ratio.toFixed(2)} (${low.toFixed(2)} to ${high.toFixed(2)})`;
}
