import { useState } from "react";
import { ask } from "#client/api/ask.ts";
import { useSubmit } from "#client/api/use-submit.ts";
import { whyRefused } from "#client/displacement/alerts/DecideAlert.tsx";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { Question } from "#client/ui/Question.tsx";
import { Segmented } from "#client/ui/Segmented.tsx";
import { WordsField } from "#client/ui/WordsField.tsx";
import { stopRuleSentence } from "#core/displacement/stop-rule.ts";
import { mostAlertWords } from "#core/displacement/wire/alerts.ts";
import { type StopRule, stopRuleCalls } from "#core/displacement/wire/stop-rule.ts";

interface AnswerRiseProps {
  readonly operation: number;
  readonly neighbour: string;
  readonly rule: StopRule;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

export function AnswerRise({ operation, neighbour, rule, onClose, onDone }: AnswerRiseProps) {
  const [how, setHow] = useState<"agreed" | "otherwise">("agreed");
  const [words, setWords] = useState("");
  const { fault, isPending, run } = useSubmit();
  const asAgreed = how === "agreed";
  const text = words.trim();
  const refusal = whyRefused(words);
  const send = () =>
    run(async () => {
      const body = { neighbour, asAgreed, words: text || null };
      await ask(stopRuleCalls.answer, { id: operation, body });
      onDone();
    });
  return (
    <Question
      title={`What was done: ${neighbour}`}
      yes="Ask a second person"
      isDisabled={isPending || refusal !== null || (!asAgreed && text === "")}
      onYes={send}
      onNo={onClose}
    >
      {fault ? <ErrorNote title={fault.title} detail={fault.detail} /> : null}
      <p>{stopRuleSentence(rule)}</p>
      <Segmented
        label="Done"
        value={how}
        options={[
          { value: "agreed", label: "As agreed" },
          { value: "otherwise", label: "Otherwise" },
        ]}
        onChange={setHow}
      />
      <WordsField
        label={asAgreed ? "Note (optional)" : "What was done instead, and why"}
        hint="Do not include names. Once somebody else has confirmed it, it stays."
        error={refusal ?? undefined}
        maxLength={mostAlertWords}
        value={words}
        onChange={(typed) => setWords(typed.replace(/[\r\n]+/g, " "))}
      />
    </Question>
  );
}
