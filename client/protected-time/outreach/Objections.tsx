import { useState } from "react";
import { ask } from "#client/api/ask.ts";
import { useSubmit } from "#client/api/use-submit.ts";
import { ownObjections } from "#client/protected-time/outreach/outreach-api.ts";
import { diary, Fault, say } from "#client/protected-time/words/diary.tsx";
import { undoHistory } from "#client/state/undo.ts";
import { Button } from "#client/ui/Button.tsx";
import { Kept } from "#client/ui/Loaded.tsx";
import { Question } from "#client/ui/Question.tsx";
import { Select } from "#client/ui/Select.tsx";
import { WordsField } from "#client/ui/WordsField.tsx";
import {
  coordinatorCalls,
  type ObjectionSubject,
  objectionSubjects,
} from "#core/protected-time/wire/coordinator.ts";

/** Only the coordinator reads it; the answer is below. */
export function Objections() {
  const [isWriting, setWriting] = useState(false);
  return (
    <section className="objections stack start gap-2" aria-label={say("object.title")}>
      <h2>{say("object.title")}</h2>
      <p className="quiet">{say("object.about")}</p>
      <Kept of={ownObjections}>
        {({ objections }) =>
          objections.length === 0 ? null : (
            <ul className="full rows">
              {objections.map(({ id, about, words, raisedAt, answer }) => (
                <li key={id} className="stack breaks">
                  <span className="quiet">
                    {diary().day(raisedAt.slice(0, 10))},{" "}
                    {say(`object.${about}`).toLocaleLowerCase(diary().tag)}
                  </span>
                  <span>{words}</span>
                  <span>
                    {answer === null ? say("object.open") : say("object.answer", { answer })}
                  </span>
                </li>
              ))}
            </ul>
          )
        }
      </Kept>
      <Button onClick={() => setWriting(true)}>{say("object.write")}</Button>
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
      title={say("object.write")}
      yes={say("object.send")}
      no={say("cancel")}
      onNo={onClose}
      onYes={send}
      isDisabled={isPending || words.trim() === ""}
    >
      <Fault fault={fault} />
      <Select
        label={say("object.subject")}
        value={about}
        options={objectionSubjects.map((value) => ({ value, label: say(`object.${value}`) }))}
        onChange={setAbout}
      />
      <WordsField
        rows={4}
        label={say("object.words")}
        hint={say("object.hint")}
        maxLength={500}
        value={words}
        onChange={setWords}
      />
    </Question>
  );
}
