import { type FormEvent, useState } from "react";
import { useFetched } from "#client/api/use-resource.ts";
import { useSubmit } from "#client/api/use-submit.ts";
import {
  chooseForecast,
  loadForecastChoice,
  loadForecastRecord,
} from "#client/patrols/forecast/forecast-api.ts";
import { RecordTable } from "#client/patrols/forecast/RecordTable.tsx";
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
import type { ForecastChoiceReply } from "#core/patrols/wire/forecast-choice.ts";
import { formatDate } from "#core/time/words.ts";
import "#client/patrols/forecast/forecast-choice.css";

/** Which forecast Plan uses, beside how each did so far. */
export function ForecastChoicePage() {
  // Loaded again each time: another analyst may have chosen.
  const { resource, reload } = useFetched("forecast choice", loadForecastChoice);
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
  const { resource, reload } = useFetched("forecast record", loadForecastRecord);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    run(async () => {
      try {
        await chooseForecast({ choice: picked, instead: inUse });
      } finally {
        // Also where it was refused: then the line above tells who chose what.
        onChosen();
      }
      showToast("Plan now uses this forecast");
      undoHistory.remember({
        name: "choose the forecast",
        undo: async () => {
          await chooseForecast({ choice: inUse, instead: picked });
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
