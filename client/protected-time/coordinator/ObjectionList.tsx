import { useState } from "react";
import { useSubmit } from "#client/api/use-submit.ts";
import { answerObjection } from "#client/protected-time/coordinator/coordinator-api.ts";
import { subjectWords } from "#client/protected-time/objection-words.ts";
import { Button } from "#client/ui/Button.tsx";
import { Dialog } from "#client/ui/Dialog.tsx";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { Field } from "#client/ui/Field.tsx";
import { formatDay } from "#client/ui/format.ts";
import type { CoordinatorReply } from "#core/protected-time/wire/coordinator.ts";

type Objection = CoordinatorReply["objections"][number];

export interface ObjectionListProps {
  readonly objections: readonly Objection[];
  readonly mayAct: boolean;
}

/** What partners object to; the open ones first. */
export function ObjectionList({ objections, mayAct }: ObjectionListProps) {
  const [asked, setAsked] = useState<Objection | null>(null);
  return (
    <section aria-labelledby="coordinator-objections">
      <h2 id="coordinator-objections">Objections</h2>
      {objections.length === 0 ? (
        <p className="quiet">No partner objects to anything.</p>
      ) : (
        <ul className="coordinator__rows">
          {objections.map((objection) => (
            <li key={objection.id}>
              <span className="coordinator__words">
                <span>
                  <strong>{objection.partner}</strong>, {formatDay(objection.raisedAt.slice(0, 10))}
                  , {subjectWords[objection.about].toLowerCase()}
                </span>
                {objection.words === null ? null : <span>{objection.words}</span>}
                <span className="quiet">{answerWords(objection)}</span>
              </span>
              {mayAct && objection.answeredAt === null ? (
                <Button
                  aria-label={`Answer ${objection.partner}`}
                  onClick={() => setAsked(objection)}
                >
                  Answer
                </Button>
              ) : null}
            </li>
          ))}
        </ul>
      )}
      {asked ? <AnswerForm objection={asked} onClose={() => setAsked(null)} /> : null}
    </section>
  );
}

function answerWords({ answer, answeredAt }: Objection): string {
  if (answeredAt === null) return "Not answered yet";
  const day = formatDay(answeredAt.slice(0, 10));
  return answer === null ? `Answered on ${day}` : `Answered on ${day}: ${answer}`;
}

function AnswerForm(props: { readonly objection: Objection; readonly onClose: () => void }) {
  const { objection, onClose } = props;
  const [answer, setAnswer] = useState("");
  const { fault, isPending, run } = useSubmit();
  return (
    <Dialog
      title={`Answer ${objection.partner}`}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Not now</Button>
          <Button
            look="filled"
            disabled={isPending || answer.trim() === ""}
            onClick={() =>
              run(async () => {
                await answerObjection(objection.id, answer);
                onClose();
              })
            }
          >
            Answer
          </Button>
        </>
      }
    >
      <p>{objection.words}</p>
      {fault ? <ErrorNote title={fault.title} detail={fault.detail} /> : null}
      <Field label="Your answer" hint="Their people read it on their own page; nobody else does.">
        {(control) => (
          <textarea
            {...control}
            className="input"
            rows={4}
            maxLength={500}
            autoComplete="off"
            value={answer}
            onChange={(event) => setAnswer(event.currentTarget.value)}
          />
        )}
      </Field>
    </Dialog>
  );
}
