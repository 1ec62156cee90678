import { useState } from "react";
import { ask } from "#client/api/ask.ts";
import { useShared } from "#client/api/use-resource.ts";
import { useSubmit } from "#client/api/use-submit.ts";
import { subjectWords } from "#client/protected-time/objection-words.ts";
import { ownObjections } from "#client/protected-time/outreach/outreach-api.ts";
import { undoHistory } from "#client/state/undo.ts";
import { Button } from "#client/ui/Button.tsx";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { Loaded } from "#client/ui/Loaded.tsx";
import { Question } from "#client/ui/Question.tsx";
import { Select } from "#client/ui/Select.tsx";
import { WordsField } from "#client/ui/WordsField.tsx";
import {
  coordinatorCalls,
  type ObjectionSubject,
  objectionSubjects,
} from "#core/protected-time/wire/coordinator.ts";
import { formatDay } from "#core/time/words.ts";

/** Only the coordinator reads it; the answer is below. */
export function Objections() {
  const own = useShared(ownObjections);
  const [isWriting, setWriting] = useState(false);
  return (
    <section className="objections stack start gap-2" aria-label="Complain or object">
      <h2>Complain or object</h2>
      <p className="quiet">Your coordinator answers here. Police cannot see it.</p>
      <Loaded resource={own} onRetry={ownObjections.reload}>
        {({ objections }) =>
          objections.length === 0 ? null : (
            <ul className="objections__rows rows">
              {objections.map(({ id, about, words, raisedAt, answer }) => (
                <li key={id} className="stack breaks">
                  <span className="quiet">
                    {formatDay(raisedAt.slice(0, 10))}, {subjectWords[about].toLowerCase()}
                  </span>
                  <span>{words}</span>
                  <span>{answer === null ? "Not answered yet" : `Answer: ${answer}`}</span>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
      <Button onClick={() => setWriting(true)}>Write to the coordinator</Button>
      {isWriting ? <ObjectionForm onClose={() => setWriting(false)} /> : null}
    </section>
  );
}

function ObjectionForm({ onClose }: { readonly onClose: () => void }) {
  const [about, setAbout] = useState<ObjectionSubject>("patrols");
  const [words, setWords] = useState("");
  const { fault, isPending, run } = useSubmit();
  const send = () =>
    run(async () => {
      ownObjections.accept(await ask(coordinatorCalls.object, { body: { about, words } }));
      undoHistory.end();
      onClose();
    });
  return (
    <Question
      title="Write to the coordinator"
      yes="Send"
      onNo={onClose}
      onYes={send}
      isDisabled={isPending || words.trim() === ""}
    >
      {fault ? <ErrorNote title={fault.title} detail={fault.detail} /> : null}
      <Select
        label="About"
        value={about}
        options={objectionSubjects.map((value) => ({ value, label: subjectWords[value] }))}
        onChange={setAbout}
      />
      <WordsField
        rows={4}
        label="What you object to"
        hint="Do not include places, times or names. The coordinator does not know your sessions."
        maxLength={500}
        value={words}
        onChange={setWords}
      />
    </Question>
  );
}
