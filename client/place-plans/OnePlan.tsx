import { useState } from "react";
import { useSession } from "#client/accounts/session-context.ts";
import { ask } from "#client/api/ask.ts";
import { useFetched } from "#client/api/use-resource.ts";
import { useSubmit } from "#client/api/use-submit.ts";
import { operations } from "#client/displacement/operations/operations-api.ts";
import { ActionList } from "#client/place-plans/ActionList.tsx";
import { PinnedFigures } from "#client/place-plans/PinnedFigures.tsx";
import { reviewWords } from "#client/place-plans/PlanCard.tsx";
import { PlanSharing } from "#client/place-plans/PlanSharing.tsx";
import { askPlans, openPlan } from "#client/place-plans/place-plans-api.ts";
import { undoHistory } from "#client/state/undo.ts";
import { Button } from "#client/ui/Button.tsx";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { HistoryDialog } from "#client/ui/HistoryDialog.tsx";
import { Kept } from "#client/ui/Loaded.tsx";
import { Select } from "#client/ui/Select.tsx";
import { areaWords } from "#core/place-plans/changes.ts";
import { planStateWords, planTexts, responseParts, responseWords } from "#core/place-plans/plan.ts";
import {
  type PlaceActionsReply,
  type PlacePlanReply,
  type PlacePlansReply,
  placePlanCalls,
} from "#core/place-plans/wire/place-plans.ts";
import { formatDate } from "#core/time/words.ts";

export interface OnePlanProps {
  readonly plan: PlacePlanReply;
  readonly plans: PlacePlansReply;
  readonly actions: PlaceActionsReply;
}

export function OnePlan({ plan, plans, actions }: OnePlanProps) {
  const { role } = useSession();
  const mayWrite = role === "sergeant" || role === "analyst";
  const [showsHistory, setShowsHistory] = useState(false);
  const { id, name, state, inner, sharing } = plan;
  return (
    <div className="one-plan broad stack gap-4 pad-4">
      <header className="stack gap-2 shrinks">
        <div className="no-print row wrap end gap-2">
          <Button icon="back" onClick={() => openPlan(null)}>
            All place plans
          </Button>
          <Button onClick={() => setShowsHistory(true)}>History</Button>
          <Button icon="print" onClick={() => window.print()}>
            Print
          </Button>
          {mayWrite ? (
            <Button look="filled" onClick={() => openPlan(id, true)}>
              Change
            </Button>
          ) : null}
        </div>
        <h2>{name}</h2>
        <p>
          <span className={`tag still small tag--${state}`}>{planStateWords[state]}</span>{" "}
          {reviewWords(plan, plans.asAt)}. Revision {plan.revision}, by {plan.changedBy},{" "}
          {formatDate(plan.changedAt.slice(0, 10))}.
        </p>
        {inner ? <p className="quiet small">Place: {areaWords(inner.area)}.</p> : null}
        <p className="quiet small">
          {plan.isForMeeting
            ? "Partners at the meeting can read its place, response and dates."
            : "Not in any meeting pack."}
        </p>
      </header>
      {inner ? (
        <>
          <Section title={planTexts.scanning.label}>
            <Words text={inner.scanning} />
          </Section>
          <Section title={planTexts.analysis.label}>
            <Words text={inner.analysis} />
            <PinnedFigures planId={id} figures={inner.figures} mayWrite={mayWrite} />
          </Section>
        </>
      ) : null}
      <Section title="Response: partners first">
        <dl className="one-plan__response stack gap-3">
          {responseParts.map((part) => (
            <div key={part}>
              <dt className="medium">{responseWords[part]}</dt>
              <dd>
                <Words text={plan.response[part]} />
              </dd>
            </div>
          ))}
        </dl>
        <h4>{planTexts.stopRule.label}</h4>
        <Words text={plan.stopRule} />
      </Section>
      {inner ? (
        <Section title="Assessment: did it help?">
          {inner.assessment ? (
            <p>
              <strong>
                {inner.assessment.operation}, as at {formatDate(inner.assessment.asAt)}.
              </strong>{" "}
              {inner.assessment.sentence}
            </p>
          ) : (
            <p className="quiet">
              Not assessed yet. Pin an operation’s assessment from Displacement.
            </p>
          )}
          {mayWrite ? <AssessField plan={plan} /> : null}
        </Section>
      ) : null}
      {plan.result === "" ? null : (
        <Section title={planTexts.result.label}>
          <Words text={plan.result} />
        </Section>
      )}
      {inner && inner.heard.length > 0 ? (
        <Section title="Partner comments">
          <ul className="stack gap-3">
            {inner.heard.map(({ words, passedOn }) => (
              <li key={`${passedOn} ${words}`}>
                <Words text={words} />
                <p className="quiet small">Passed on by the coordinator, {formatDate(passedOn)}.</p>
              </li>
            ))}
          </ul>
        </Section>
      ) : null}
      {sharing ? <PlanSharing plan={plan} sharing={sharing} /> : null}
      <ActionList actions={actions} plans={plans.plans} planId={id} />
      {showsHistory ? <PlanHistory plan={plan} onClose={() => setShowsHistory(false)} /> : null}
    </div>
  );
}

function Section(props: { readonly title: string; readonly children: React.ReactNode }) {
  return (
    <section className="one-plan__part whole breaks stack gap-2 shrinks" aria-label={props.title}>
      <h3>{props.title}</h3>
      {props.children}
    </section>
  );
}

function Words({ text }: { readonly text: string }) {
  return text === "" ? (
    <p className="quiet">Nothing written yet.</p>
  ) : (
    <p className="one-plan__words breaks">{text}</p>
  );
}

function AssessField({ plan }: { readonly plan: PlacePlanReply }) {
  const [chosen, setChosen] = useState<string | null>(null);
  const { fault, isPending, run } = useSubmit();
  return (
    <Kept of={operations}>
      {(reply) => {
        const started = reply.operations.filter(({ hasStarted }) => hasStarted);
        const operation = chosen ?? plan.inner?.assessment?.operation ?? started[0]?.name ?? "";
        if (started.length === 0) return <p className="quiet">No operation has started.</p>;
        return (
          <div className="no-print row wrap end gap-2">
            <Select
              label="Operation"
              value={operation}
              options={started.map(({ name }) => ({ value: name, label: name }))}
              onChange={setChosen}
            />
            <Button
              disabled={isPending}
              onClick={() =>
                run(async () => {
                  const body = { operation, revision: plan.revision };
                  await askPlans(placePlanCalls.assess, { id: plan.id, body });
                  undoHistory.end();
                })
              }
            >
              {plan.inner?.assessment ? "Pin its assessment again" : "Pin its assessment"}
            </Button>
            <span role="status" className="quiet small">
              {isPending ? "Calculating" : ""}
            </span>
            {fault ? <ErrorNote title={fault.title} detail={fault.detail} /> : null}
          </div>
        );
      }}
    </Kept>
  );
}

function PlanHistory(props: { readonly plan: PlacePlanReply; readonly onClose: () => void }) {
  const { id, name, revision } = props.plan;
  const { resource, reload } = useFetched(`plan history ${id} ${revision}`, (signal) =>
    ask(placePlanCalls.history, { id }, { signal }),
  );
  return <HistoryDialog name={name} resource={resource} onRetry={reload} onClose={props.onClose} />;
}
