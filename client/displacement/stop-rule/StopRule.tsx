import { useState } from "react";
import { useSession } from "#client/accounts/session-context.ts";
import { ask } from "#client/api/ask.ts";
import { hasValue } from "#client/api/resource.ts";
import { useFetched } from "#client/api/use-resource.ts";
import { useSubmit } from "#client/api/use-submit.ts";
import { DecisionWords, whyRefused } from "#client/displacement/alerts/DecideAlert.tsx";
import { WriteStopRule } from "#client/displacement/stop-rule/WriteStopRule.tsx";
import { useLook } from "#client/live/refresh.ts";
import { Banner } from "#client/ui/Banner.tsx";
import { Button } from "#client/ui/Button.tsx";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { capitalised } from "#client/ui/format.ts";
import { Loaded } from "#client/ui/Loaded.tsx";
import { Segmented } from "#client/ui/Segmented.tsx";
import { SentQuestion } from "#client/ui/SentQuestion.tsx";
import { Skeleton } from "#client/ui/Skeleton.tsx";
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
import {
  type StopAnswer,
  type StopReply,
  type StopRule as StopRuleAgreed,
  stopRuleCalls,
} from "#core/displacement/wire/stop-rule.ts";
import { formatDate } from "#core/time/words.ts";

/** What was agreed for the case that reports rise at a boundary, and whether it is time. */
export function StopRule({ operation }: { readonly operation: number }) {
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

interface AgreedProps {
  readonly operation: number;
  readonly reply: StopReply;
  readonly onChanged: () => void;
}

function Agreed({ operation, reply, onChanged }: AgreedProps) {
  const { person, asAt } = useSession();
  const [open, setOpen] = useState<Open | null>(null);
  const { fault, isPending, run } = useSubmit();
  const { inForce, waiting, earlier } = reply;
  const close = () => setOpen(null);
  const done = () => {
    close();
    onChanged();
  };
  const { confirm, confirmAnswer } = stopRuleCalls;
  const send = (confirming: () => Promise<unknown>) =>
    run(async () => {
      await confirming();
      onChanged();
    });
  return (
    <section className="stack gap-2" aria-label="If reports rise at a boundary">
      {stopDue(reply).map((risen) => (
        <Risen
          key={risen.neighbour}
          {...risen}
          reply={reply}
          onAnswer={() => setOpen({ what: "answer", neighbour: risen.neighbour })}
          isPending={isPending}
          onConfirm={(answer) =>
            send(() => ask(confirmAnswer, { id: operation, body: { answer } }))
          }
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
                <Button
                  look="filled"
                  disabled={isPending}
                  onClick={() =>
                    send(() => ask(confirm, { id: operation, body: { rule: waiting.id } }))
                  }
                >
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
  readonly reply: StopReply;
  readonly neighbour: string;
  readonly shownOn: string;
  readonly answer: StopAnswer | null;
  readonly isPending: boolean;
  readonly onAnswer: () => void;
  readonly onConfirm: (answer: number) => void;
}

function Risen({ reply, neighbour, shownOn, answer, isPending, ...on }: RisenProps) {
  const rule = reply.inForce;
  const dueOn = stopDueOn(reply, shownOn);
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
            <Button look="filled" disabled={isPending} onClick={() => on.onConfirm(answer.id)}>
              Confirm this answer
            </Button>
          ) : null}
          <Button onClick={on.onAnswer}>
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
  const asAgreed = how === "agreed";
  const text = words.trim();
  const send = async () => {
    const body = { neighbour, asAgreed, words: text || null };
    await ask(stopRuleCalls.answer, { id: operation, body });
    onDone();
  };
  return (
    <SentQuestion
      title={`What was done: ${neighbour}`}
      yes="Ask a second person"
      isDisabled={whyRefused(words) !== null || (!asAgreed && text === "")}
      send={send}
      onNo={onClose}
    >
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
      <DecisionWords
        label={asAgreed ? "Note (optional)" : "What was done instead, and why"}
        hint="Do not include names. Once somebody else has confirmed it, it stays."
        value={words}
        onChange={setWords}
      />
    </SentQuestion>
  );
}
