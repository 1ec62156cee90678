import { DebriefDose } from "#client/patrols/debrief/DebriefDose.tsx";
import { DebriefShiftCard } from "#client/patrols/debrief/DebriefShiftCard.tsx";
import { debriefSentence } from "#client/patrols/debrief/debrief-words.ts";
import { useDebriefs } from "#client/patrols/debrief/use-debriefs.ts";
import { address, navigate } from "#client/state/url.ts";
import { Button } from "#client/ui/Button.tsx";
import { EmptyState } from "#client/ui/EmptyState.tsx";
import { Loaded } from "#client/ui/Loaded.tsx";
import type { DebriefsReply } from "#core/patrols/wire/debrief.ts";
import "#client/patrols/debrief/debrief.css";

/** What was done, in one pass: a shift is all done except what is unticked. */
export function Debrief() {
  const { resource, reload } = useDebriefs();
  return (
    <div className="debrief">
      <header className="debrief__bar no-print">
        <Button icon="back" onClick={backToPlan}>
          Plan
        </Button>
      </header>
      <Loaded resource={resource} onRetry={reload}>
        {(reply) => <Shifts reply={reply} onSaved={reload} />}
      </Loaded>
    </div>
  );
}

function Shifts({
  reply,
  onSaved,
}: {
  readonly reply: DebriefsReply;
  readonly onSaved: () => void;
}) {
  const over = reply.shifts.filter(({ isOver }) => isOver);
  if (over.length === 0) {
    return (
      <EmptyState title="No shift to debrief" action={<Button onClick={backToPlan}>Plan</Button>}>
        A shift appears here when its last approved patrol is over.
      </EmptyState>
    );
  }
  // Of those that wait the oldest first: it is the first to be forgotten.
  const waiting = over.filter(({ loggedAt }) => loggedAt === null).toReversed();
  const told = over.filter(({ loggedAt }) => loggedAt !== null);
  return (
    <>
      <h1 className="debrief__title">Debrief</h1>
      <p className="debrief__sentence">{debriefSentence(reply)}</p>
      {[...waiting, ...told].map((shift) => (
        <DebriefShiftCard
          key={`${shift.start} ${shift.loggedAt}`}
          shift={shift}
          isNext={shift === waiting[0]}
          onSaved={onSaved}
        />
      ))}
      <DebriefDose reply={reply} />
    </>
  );
}

function backToPlan(): void {
  navigate("plan", { ...address.get().params, view: "" });
}
