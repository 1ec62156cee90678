import { useState } from "react";
import { useSession } from "#client/accounts/session-context.ts";
import { useSubmit } from "#client/api/use-submit.ts";
import { namedWords, type Sharing } from "#client/place-plans/PlanCard.tsx";
import { askPlans } from "#client/place-plans/place-plans-api.ts";
import { undoHistory } from "#client/state/undo.ts";
import { Button } from "#client/ui/Button.tsx";
import { Chip } from "#client/ui/Chip.tsx";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { type PlacePlanReply, placePlanCalls } from "#core/place-plans/wire/place-plans.ts";
import { formatQuantity } from "#core/text/numbers.ts";
import { formatDate } from "#core/time/words.ts";

export interface PlanSharingProps {
  readonly plan: PlacePlanReply;
  readonly sharing: Sharing;
}

export function PlanSharing({ plan, sharing }: PlanSharingProps) {
  const { role } = useSession();
  const mayAct = role === "coordinator";
  const { fault, isPending, run } = useSubmit();
  // Until the list reloads, another click would send the old one again.
  const [sentFrom, setSentFrom] = useState<Sharing | null>(null);
  const isWaiting = isPending || (sentFrom === sharing && fault === null);
  const send = (change: () => Promise<unknown>) =>
    run(async () => {
      await change();
      undoHistory.end();
    });
  const share = (code: string, isShared: boolean) => {
    const others = sharing.partners.filter((partner) => partner.isShared && partner.code !== code);
    const partners = [...others.map((partner) => partner.code), ...(isShared ? [code] : [])];
    setSentFrom(sharing);
    send(() => askPlans(placePlanCalls.share, { id: plan.id, body: { partners } }));
  };
  return (
    <section className="one-plan__part whole breaks stack gap-2 shrinks" aria-label="Partners">
      <h3>Partners</h3>
      <p className="quiet small">
        A partner sees the plan’s place, response, review date and its own comments. It never learns
        of another partner. Police cannot see who it is shared with.
      </p>
      {fault ? <ErrorNote title={fault.title} detail={fault.detail} /> : null}
      {sharing.named.length > 0 ? <p role="status">{namedWords(sharing)}</p> : null}
      <fieldset className="row wrap middle gap-2">
        <legend>Shared with</legend>
        {sharing.partners.map(({ code, name, isShared }) => (
          <Chip
            key={code}
            checked={isShared}
            disabled={!mayAct || isWaiting}
            onChange={(isOn) => share(code, isOn)}
          >
            {name}
          </Chip>
        ))}
        {sharing.partners.length === 0 ? <span className="quiet">No partner yet.</span> : null}
      </fieldset>
      <h4>Partner comments</h4>
      {sharing.comments.length === 0 ? <p className="quiet">No partner comments.</p> : null}
      {mayAct ? (
        <ul className="stack gap-3">
          {sharing.comments.map(({ id, partner, words, saidAt, passedOn }) => (
            <li key={id}>
              <p className="one-plan__words breaks">{words}</p>
              <p className="quiet small">
                {partner}, {formatDate(saidAt.slice(0, 10))}.{" "}
                {passedOn ? `Passed on to police ${formatDate(passedOn)}, without the name.` : ""}
              </p>
              {passedOn ? null : (
                <Button
                  disabled={isPending}
                  onClick={() =>
                    send(() => askPlans(placePlanCalls.passOn, { id: plan.id, comment: id }))
                  }
                >
                  Pass on to police, without the name
                </Button>
              )}
            </li>
          ))}
        </ul>
      ) : sharing.comments.length > 0 ? (
        <p>
          {formatQuantity(sharing.comments.length, "comment")}; the words are the coordinator's.
        </p>
      ) : null}
    </section>
  );
}
