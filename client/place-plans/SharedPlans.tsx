import { useState } from "react";
import { ask } from "#client/api/ask.ts";
import { hasValue } from "#client/api/resource.ts";
import { useShared } from "#client/api/use-resource.ts";
import { keptCall } from "#client/live/kept.ts";
import { Button } from "#client/ui/Button.tsx";
import { SentQuestion } from "#client/ui/SentQuestion.tsx";
import { WordsField } from "#client/ui/WordsField.tsx";
import { planStateWords, responseParts, responseWords } from "#core/place-plans/plan.ts";
import { placePlanCalls, type SharedPlansReply } from "#core/place-plans/wire/place-plans.ts";
import { faultsOfPartnerWords } from "#core/text/outreach-times.ts";
import { formatDate, formatDay } from "#core/time/words.ts";
import "#client/protected-time/outreach/more-inside.css";
import { undoHistory } from "#client/state/undo.ts";

type SharedPlan = SharedPlansReply["plans"][number];

export function SharedPlans() {
  const resource = useShared(sharedPlans);
  const [written, setWritten] = useState<SharedPlan | null>(null);
  if (!hasValue(resource) || resource.value.plans.length === 0) return null;
  return (
    <section className="objections stack start gap-2" aria-label="Place plans">
      <h2>Place plans</h2>
      <p className="quiet">
        Plans for places, shared with you by the coordinator. Only the coordinator reads your
        comments, and may pass them on to police without your name.
      </p>
      <ul className="full rows">
        {resource.value.plans.map((plan) => (
          <li key={plan.id} className="stack breaks">
            <strong>{plan.name}</strong>
            <span className="quiet">
              {planStateWords[plan.state]}, review {formatDate(plan.reviewOn)}
            </span>
            {responseParts
              .filter((part) => plan.response[part] !== "")
              .map((part) => (
                <span key={part}>
                  {responseWords[part]}: {plan.response[part]}
                </span>
              ))}
            {plan.comments.map(({ words, saidAt }) => (
              <span key={`${saidAt} ${words}`} className="quiet">
                You, {formatDay(saidAt.slice(0, 10))}: {words}
              </span>
            ))}
            <span>
              <Button onClick={() => setWritten(plan)}>Comment</Button>
            </span>
          </li>
        ))}
      </ul>
      {written ? <CommentForm plan={written} onClose={() => setWritten(null)} /> : null}
    </section>
  );
}

const sharedPlans = keptCall(placePlanCalls.shared);

const mostCharacters = 500;

function CommentForm(props: { readonly plan: SharedPlan; readonly onClose: () => void }) {
  const { plan, onClose } = props;
  const [words, setWords] = useState("");
  const [wrong] = faultsOfPartnerWords("", words, { most: mostCharacters, isOptional: true });
  const send = async () => {
    const body = { words: words.trim() };
    sharedPlans.accept(await ask(placePlanCalls.comment, { id: plan.id, body }));
    undoHistory.end();
    onClose();
  };
  return (
    <SentQuestion
      title={plan.name}
      yes="Send to the coordinator"
      isDisabled={wrong !== undefined || words.trim() === ""}
      send={send}
      onNo={onClose}
    >
      <WordsField
        rows={4}
        label="Your comment"
        hint="About the place. Do not include names, or when you come."
        error={wrong?.reason}
        value={words}
        onChange={setWords}
      />
    </SentQuestion>
  );
}
