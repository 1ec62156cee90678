import { type ReactNode, useState } from "react";
import { Clearings, WaitingOpenings } from "#client/accounts/openings/WaitingOpenings.tsx";
import { useSession } from "#client/accounts/session-context.ts";
import { ask } from "#client/api/ask.ts";
import { useSubmit } from "#client/api/use-submit.ts";
import { change, coordination } from "#client/protected-time/coordinator/coordinator-api.ts";
import { PartnerTable } from "#client/protected-time/coordinator/PartnerTable.tsx";
import { useInterval } from "#client/state/use-interval.ts";
import { Button } from "#client/ui/Button.tsx";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { Kept } from "#client/ui/Loaded.tsx";
import { SentQuestion } from "#client/ui/SentQuestion.tsx";
import { Skeleton } from "#client/ui/Skeleton.tsx";
import { WordsField } from "#client/ui/WordsField.tsx";
import {
  type CoordinatorReply,
  coordinatorCalls,
  type ObjectionSubject,
} from "#core/protected-time/wire/coordinator.ts";
import { formatDay } from "#core/time/words.ts";
import "#client/protected-time/coordinator/coordinator.css";

const askEveryMs = 120_000;

/** No events and no session details. `children`: what waits in other rooms. */
export function Coordinator({ children }: { readonly children?: ReactNode }) {
  const { role } = useSession();
  useInterval(coordination.reload, askEveryMs);
  const mayAct = role === "coordinator";
  return (
    <Kept of={coordination} skeleton={<Skeleton lines={8} />}>
      {(reply) => (
        <div className="coordinator parts stack gap-5 pad-4">
          <p className="coordinator__sentence lead">{reply.sentence}</p>
          <Clearings />
          {children}
          <WaitingOpenings />
          <PartnerTable partners={reply.partners} mayAct={mayAct} />
          <Leaks meter={reply.leakMeter} />
          <CameReports came={reply.came} mayAct={mayAct} />
          <ObjectionList objections={reply.objections} mayAct={mayAct} />
        </div>
      )}
    </Kept>
  );
}

/** What police could work out, and what partners were promised. */
function Leaks({ meter }: { readonly meter: CoordinatorReply["leakMeter"] }) {
  const { sentence, leaks } = meter;
  return (
    <section aria-labelledby="coordinator-leaks">
      <h2 id="coordinator-leaks">What police could work out</h2>
      {leaks.length > 0 ? (
        <ErrorNote title="More than partners were promised" detail={sentence} />
      ) : (
        <p>{sentence}</p>
      )}
      <p className="quiet small">
        Each picture of protected time that somebody was shown is measured within the hour, as if
        its reader knew how Boxster draws.
      </p>
    </section>
  );
}

interface MayAct {
  /** False: read-only. */
  readonly mayAct: boolean;
}

/** Reported by the partner; which session it was is known only to the partner. */
function CameReports({ came, mayAct }: Pick<CoordinatorReply, "came"> & MayAct) {
  const { fault, isPending, run } = useSubmit();
  return (
    <section aria-labelledby="coordinator-came">
      <h2 id="coordinator-came">Police came</h2>
      {fault ? <ErrorNote title={fault.title} detail={fault.detail} /> : null}
      {came.length === 0 ? (
        <p className="quiet">No partner has reported it in the last two weeks.</p>
      ) : (
        <ul className="coordinator__rows rows reading">
          {came.map(({ id, partner, reportedOn, readOn }) => (
            <li key={id} className="row middle between gap-3">
              <span>
                <strong>{partner}</strong> reported on {formatDay(reportedOn)} that police came to a
                session.{" "}
                <span className="quiet">
                  {readOn === null ? "Not read yet" : `Read on ${formatDay(readOn)}`}
                </span>
              </span>
              {mayAct && readOn === null ? (
                <Button
                  disabled={isPending}
                  aria-label={`I have read the report of ${partner}`}
                  onClick={() => run(() => change(ask(coordinatorCalls.noteCame, { id })))}
                >
                  I have read it
                </Button>
              ) : null}
            </li>
          ))}
        </ul>
      )}
      <p className="quiet small">
        You cannot see which session, where or when: ask the partner. Reports are erased with their
        session, 14 days after it.
      </p>
    </section>
  );
}

type Objection = CoordinatorReply["objections"][number];

function ObjectionList({ objections, mayAct }: Pick<CoordinatorReply, "objections"> & MayAct) {
  const [asked, setAsked] = useState<Objection | null>(null);
  return (
    <section aria-labelledby="coordinator-objections">
      <h2 id="coordinator-objections">Objections</h2>
      {objections.length === 0 ? (
        <p className="quiet">No objections.</p>
      ) : (
        <ul className="coordinator__rows rows reading">
          {objections.map((objection) => (
            <li key={objection.id} className="row middle between gap-3">
              <span className="stack shrinks breaks">
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
  return (
    <SentQuestion
      title={`Answer ${objection.partner}`}
      yes="Answer"
      onNo={onClose}
      send={async () => {
        await change(ask(coordinatorCalls.answer, { id: objection.id, body: { answer } }));
        onClose();
      }}
      isDisabled={answer.trim() === ""}
    >
      <p>{objection.words}</p>
      <WordsField
        rows={4}
        label="Your answer"
        hint="Only this partner can read it."
        maxLength={500}
        value={answer}
        onChange={setAnswer}
      />
    </SentQuestion>
  );
}

export const subjectWords: Readonly<Record<ObjectionSubject, string>> = {
  patrols: "Patrols",
  panel: "What residents see",
  other: "Something else",
};
