import { useState } from "react";
import { useSession } from "#client/accounts/session-context.ts";
import { ask } from "#client/api/ask.ts";
import { hasValue } from "#client/api/resource.ts";
import { useFetched } from "#client/api/use-resource.ts";
import { useSubmit } from "#client/api/use-submit.ts";
import { whyRefused } from "#client/displacement/alerts/DecideAlert.tsx";
import { WriteStopRule } from "#client/displacement/stop-rule/WriteStopRule.tsx";
import { useLook } from "#client/live/refresh.ts";
import { Banner } from "#client/ui/Banner.tsx";
import { Button } from "#client/ui/Button.tsx";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { capitalised } from "#client/ui/format.ts";
import { Loaded } from "#client/ui/Loaded.tsx";
import { Question } from "#client/ui/Question.tsx";
import { Segmented } from "#client/ui/Segmented.tsx";
import { Skeleton } from "#client/ui/Skeleton.tsx";
import { WordsField } from "#client/ui/WordsField.tsx";
import {
  needsReason,
  stopActorWords,
  stopAgreedWords,
  stopAnswerWords,
  stopDue,
  stopDueOn,
  stopNotAgreedWords,
  stopRuleSentence,
  waitsForSecond,
} from "#core/displacement/stop-rule.ts";
import { mostAlertWords } from "#core/displacement/wire/alerts.ts";
import {
  type StopAnswer,
  type StopReply,
  type StopRule as StopRuleAgreed,
  stopRuleCalls,
} from "#core/displacement/wire/stop-rule.ts";
import { formatDate } from "#core/time/words.ts";

interface StopRuleProps {
  readonly operation: number;
}

/** What was agreed for the case that reports rise at a boundary, and whether it is time. */
export function StopRule({ operation }: StopRuleProps) {
  const { resource, reload } = useFetched(`stop rule ${operation}`, (signal) =>
    ask(stopRuleCalls.read, { id: operation }, { signal }),
  );
  useLook("operations", hasValue(resource) ? resource.at : null, reload);
  return (
    <Loaded resource={resource} onRetry={reload} skeleton={<Skeleton />}>
      {(reply) => <Agreed operation={operation} reply={reply} onChanged={reload} />}
    </Loaded>
  );
}

type Open = { readonly what: "rule" } | { readonly what: "answer"; readonly neighbour: string };

function Agreed(
  props: StopRuleProps & { readonly reply: StopReply; readonly onChanged: () => void },
) {
  const { operation, reply, onChanged } = props;
  const { person, asAt } = useSession();
  const [open, setOpen] = useState<Open | null>(null);
  const { fault, isPending, run } = useSubmit();
  const { inForce, waiting, earlier } = reply;
  const close = () => setOpen(null);
  const done = () => {
    close();
    onChanged();
  };
  const confirm = (rule: number) =>
    run(async () => {
      await ask(stopRuleCalls.confirm, { id: operation, body: { rule } });
      onChanged();
    });
  const confirmAnswer = (answer: number) =>
    run(async () => {
      await ask(stopRuleCalls.confirmAnswer, { id: operation, body: { answer } });
      onChanged();
    });
  return (
    <section className="stack gap-2" aria-label="If reports rise at a boundary">
      {stopDue(reply).map((risen) => (
        <Risen
          key={risen.neighbour}
          {...risen}
          dueOn={stopDueOn(reply, risen.shownOn)}
          rule={inForce}
          onAnswer={() => setOpen({ what: "answer", neighbour: risen.neighbour })}
          onConfirm={isPending ? undefined : confirmAnswer}
        />
      ))}
      {fault ? <ErrorNote title={fault.title} detail={fault.detail} /> : null}
      <div className="stack gap-1 framed pad-3-4">
        <h2>Stop rule</h2>
        <p>
          {inForce
            ? stopRuleSentence(inForce)
            : "Nothing is agreed yet for the case that reports rise at a boundary."}
        </p>
        {inForce ? (
          <p className="quiet small">
            {stopAgreedWords(reply)} Written by {inForce.askedBy}, confirmed by{" "}
            {inForce.confirmedBy}.{inForce.reason === null ? "" : ` Reason: ${inForce.reason}`}
            {earlier.map((rule) => ` Before: ${stopRuleSentence(rule)}`).join("")}
          </p>
        ) : (
          <p className="quiet small">{stopNotAgreedWords(reply, asAt)}</p>
        )}
        {waiting ? (
          <Banner
            kind="note"
            action={
              waiting.askedBy === person ? null : (
                <Button look="filled" disabled={isPending} onClick={() => confirm(waiting.id)}>
                  Confirm this rule
                </Button>
              )
            }
          >
            Waits for a second person: {stopRuleSentence(waiting)} Written by {waiting.askedBy} on{" "}
            {formatDate(waiting.askedOn)}.
            {waiting.reason === null ? "" : ` Reason: ${waiting.reason}`}
          </Banner>
        ) : null}
        <div className="no-print">
          <Button onClick={() => setOpen({ what: "rule" })}>
            {inForce || waiting ? "Write another rule" : "Write the stop rule"}
          </Button>
        </div>
      </div>
      {open?.what === "rule" ? (
        <WriteStopRule
          {...{ operation, onClose: close, onDone: done }}
          isReasoned={needsReason(reply, asAt)}
        />
      ) : null}
      {open?.what === "answer" && inForce ? (
        <AnswerRise {...{ operation, onClose: close, onDone: done }} {...open} rule={inForce} />
      ) : null}
    </section>
  );
}

interface RisenProps {
  readonly neighbour: string;
  readonly shownOn: string;
  /** Null without a rule. */
  readonly dueOn: string | null;
  readonly answer: StopAnswer | null;
  readonly rule: StopRuleAgreed | null;
  readonly onAnswer: () => void;
  /** None while another is on its way. */
  readonly onConfirm: ((answer: number) => void) | undefined;
}

function Risen({ neighbour, shownOn, dueOn, answer, rule, onAnswer, onConfirm }: RisenProps) {
  const { person } = useSession();
  const risen = `${neighbour}: reports have risen, shown in the week to ${formatDate(shownOn)}.`;
  const said = answer
    ? `${capitalised(stopAnswerWords(answer))}. Recorded by ${answer.answeredBy}. ${answer.words ?? ""}`
    : "";
  if (answer && !waitsForSecond(answer)) {
    return (
      <Banner kind="note">
        {risen} {said}
      </Banner>
    );
  }
  if (!rule || dueOn === null) {
    return <Banner kind="stale">{risen} No stop rule is agreed. Write one below.</Banner>;
  }
  const pause = rule.choices.includes("pause")
    ? " Until a second person has confirmed what was done, new patrols of this operation wait, even if it is changed or ended."
    : "";
  return (
    <Banner
      kind="stale"
      action={
        <>
          {answer && answer.answeredBy !== person ? (
            <Button
              look="filled"
              disabled={onConfirm === undefined}
              onClick={() => onConfirm?.(answer.id)}
            >
              Confirm this answer
            </Button>
          ) : null}
          <Button onClick={onAnswer}>
            {answer ? "Record something else" : "Record what was done"}
          </Button>
        </>
      }
    >
      <strong>{risen}</strong>{" "}
      {answer
        ? said
        : `${stopRuleSentence(rule)} Due from ${stopActorWords[rule.acts]} by ${formatDate(dueOn)}.`}
      {pause}
    </Banner>
  );
}

interface AnswerRiseProps {
  readonly operation: number;
  readonly neighbour: string;
  readonly rule: StopRuleAgreed;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

function AnswerRise({ operation, neighbour, rule, onClose, onDone }: AnswerRiseProps) {
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
