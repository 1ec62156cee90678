import { useState } from "react";
import { ask } from "#client/api/ask.ts";
import { DecisionWords, whyRefused } from "#client/displacement/alerts/DecideAlert.tsx";
import { Check } from "#client/ui/Check.tsx";
import { capitalised } from "#client/ui/format.ts";
import { Select } from "#client/ui/Select.tsx";
import { SentQuestion } from "#client/ui/SentQuestion.tsx";
import { stopActorWords, stopChoiceWords, stopRuleSentence } from "#core/displacement/stop-rule.ts";
import {
  type StopActor,
  type StopChoice,
  stopActors,
  stopChoices,
  stopRuleCalls,
} from "#core/displacement/wire/stop-rule.ts";

interface WriteStopRuleProps {
  readonly operation: number;
  /** Asked why it is set now. */
  readonly isReasoned: boolean;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

const daysOffered = ["3", "7", "14", "28"] as const;

export function WriteStopRule({ operation, isReasoned, onClose, onDone }: WriteStopRuleProps) {
  const [chosen, setChosen] = useState<readonly StopChoice[]>([]);
  const [acts, setActs] = useState<StopActor>("sergeant");
  const [days, setDays] = useState<(typeof daysOffered)[number]>("14");
  const [reason, setReason] = useState("");
  const choices = stopChoices.filter((choice) => chosen.includes(choice));
  const rule = { choices, acts, withinDays: Number(days) };
  const isReasonGiven = (!isReasoned || reason.trim() !== "") && whyRefused(reason) === null;
  const send = async () => {
    const body = { ...rule, reason: reason.trim() || null };
    await ask(stopRuleCalls.ask, { id: operation, body });
    onDone();
  };
  return (
    <SentQuestion
      title="Stop rule"
      yes="Ask a second person"
      isDisabled={choices.length === 0 || !isReasonGiven}
      send={send}
      onNo={onClose}
    >
      <p>
        What is done once reports have risen at a boundary? Somebody else confirms it. After that it
        changes only with a reason and two people.
      </p>
      <fieldset className="stack gap-1">
        <legend className="small medium">What is done</legend>
        {stopChoices.map((choice) => (
          <Check
            key={choice}
            isChecked={chosen.includes(choice)}
            onChange={(isChecked) =>
              setChosen(
                isChecked ? [...chosen, choice] : chosen.filter((other) => other !== choice),
              )
            }
          >
            {capitalised(stopChoiceWords[choice])}
          </Check>
        ))}
      </fieldset>
      <Select
        label="Who acts"
        value={acts}
        options={stopActors.map((value) => ({
          value,
          label: capitalised(stopActorWords[value]),
        }))}
        onChange={setActs}
      />
      <Select
        label="Within"
        value={days}
        options={daysOffered.map((value) => ({ value, label: `${value} days` }))}
        onChange={setDays}
      />
      {isReasoned ? (
        <DecisionWords
          label="Why it is set now"
          hint="The first weekly check has passed, or a rule was agreed. Do not include names."
          value={reason}
          onChange={setReason}
        />
      ) : null}
      {choices.length > 0 ? <p>{stopRuleSentence(rule)}</p> : null}
    </SentQuestion>
  );
}
