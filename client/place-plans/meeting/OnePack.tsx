import { useState } from "react";
import { useDemoMark, useSession } from "#client/accounts/session-context.ts";
import { ask } from "#client/api/ask.ts";
import { useFetched, useShared } from "#client/api/use-resource.ts";
import { ActionForm } from "#client/place-plans/ActionForm.tsx";
import { PackPages } from "#client/place-plans/meeting/PackPages.tsx";
import { placeActions, placePlans } from "#client/place-plans/place-plans-api.ts";
import { navigate } from "#client/state/url.ts";
import { Button } from "#client/ui/Button.tsx";
import { Loaded } from "#client/ui/Loaded.tsx";
import { Papers } from "#client/ui/Papers.tsx";
import { Skeleton } from "#client/ui/Skeleton.tsx";
import { ownerWords } from "#core/place-plans/action.ts";
import { meetingCalls, type PackReply } from "#core/place-plans/wire/meeting.ts";
import { formatDate } from "#core/time/words.ts";

export function OnePack({ id }: { readonly id: number }) {
  const { resource, reload } = useFetched(`pack ${id}`, (signal) =>
    ask(meetingCalls.pack, { id }, { signal }),
  );
  return (
    <Loaded resource={resource} onRetry={reload} skeleton={<Skeleton fill />}>
      {(pack) => <Pack pack={pack} />}
    </Loaded>
  );
}

function Pack({ pack }: { readonly pack: PackReply }) {
  const { role } = useSession();
  const mark = useDemoMark();
  return (
    <Papers
      name={`Partner meeting ${pack.content.meetingOn}, pack ${pack.number}`}
      back={
        <Button icon="back" onClick={() => navigate("outcomes", { part: "meeting" })}>
          All meetings
        </Button>
      }
    >
      <PackPages pack={pack} mark={mark} />
      {role === "auditor" ? null : <Minutes pack={pack} />}
    </Papers>
  );
}

function Minutes({ pack: { id, number, content } }: { readonly pack: PackReply }) {
  const plans = useShared(placePlans);
  const actions = useShared(placeActions);
  const [form, setForm] = useState<string | null>(null);
  return (
    <section className="pack__minutes stack gap-2 full no-print" aria-label="Minutes">
      <h2>Minutes</h2>
      <p className="quiet small">
        Record each decision as an action for an office, with a due date. The pack itself does not
        change.
      </p>
      {content.decisions.map((words) => (
        <p key={words} className="row wrap middle between gap-2">
          <span>{words}</span>
          <Button onClick={() => setForm(words)}>Add as action</Button>
        </p>
      ))}
      <div>
        <Button icon="plus" onClick={() => setForm("")}>
          Add a decision
        </Button>
      </div>
      <Loaded resource={actions} onRetry={placeActions.reload}>
        {(reply) => {
          const own = reply.actions.filter(({ meeting }) => meeting === number);
          return own.length === 0 ? (
            <p className="quiet">No decisions yet.</p>
          ) : (
            <ul className="bullets" aria-label="Decided at this meeting">
              {own.map((action) => (
                <li key={action.id}>
                  {action.words} ({ownerWords[action.owner]}, by {formatDate(action.dueOn)})
                </li>
              ))}
            </ul>
          );
        }}
      </Loaded>
      {form === null ? null : (
        <Loaded resource={plans} onRetry={placePlans.reload}>
          {(reply) => (
            <ActionForm
              action={null}
              plans={reply.plans}
              planId={null}
              packId={id}
              asAt={reply.asAt}
              words={form}
              onClose={() => setForm(null)}
            />
          )}
        </Loaded>
      )}
    </section>
  );
}
