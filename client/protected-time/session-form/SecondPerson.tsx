import { useState } from "react";
import { useSubmit } from "#client/api/use-submit.ts";
import { answerSecond, reloadOwn } from "#client/protected-time/outreach/outreach-api.ts";
import { Button } from "#client/ui/Button.tsx";
import { Dialog } from "#client/ui/Dialog.tsx";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { Icon } from "#client/ui/Icon.tsx";
import { showToast } from "#client/ui/toast-store.ts";
import type { OutreachSessionReply } from "#core/protected-time/wire/outreach.ts";

/** On a large or long closure: who else of the same partner has looked at it, or is asked to. */
export function SecondPerson({ session }: { readonly session: OutreachSessionReply }) {
  const [isDeclining, setDeclining] = useState(false);
  const { fault, isPending, run } = useSubmit();
  const { second } = session;
  if (!second || session.endedAt !== null) return null;
  if (second.confirmedBy !== null) {
    return (
      <p className="session-card__second">
        <Icon name="check" /> Right, says {second.confirmedBy} too.
      </p>
    );
  }
  const answer = (isRight: boolean) => {
    setDeclining(false);
    run(async () => {
      await answerSecond(session.id, isRight);
      showToast(isRight ? "Thank you: it stays as it is" : "Cancelled from now on");
      reloadOwn();
    });
  };
  if (second.isOwn) {
    return (
      <p className="session-card__second">
        <Icon name="person" /> Closed already. It is {second.reason}: a second person of yours is
        asked whether that is right.
      </p>
    );
  }
  return (
    <div className="session-card__second">
      <p>
        <Icon name="person" /> {second.askedBy} saved it and it is closed. It is {second.reason}: is
        that right?
      </p>
      {fault ? <ErrorNote title={fault.title} detail={fault.detail} /> : null}
      <div className="session-card__acts">
        <Button disabled={isPending} onClick={() => answer(true)}>
          Yes, it is right
        </Button>
        <Button look="quiet" disabled={isPending} onClick={() => setDeclining(true)}>
          No, cancel it
        </Button>
      </div>
      {isDeclining ? (
        <Dialog
          title="Cancel it from now on?"
          onClose={() => setDeclining(false)}
          actions={
            <>
              <Button onClick={() => setDeclining(false)}>Keep it</Button>
              <Button look="filled" onClick={() => answer(false)}>
                Cancel it
              </Button>
            </>
          }
        >
          <p>
            What starts within 24 hours stays closed to police, in case people still come. Talk to{" "}
            {second.askedBy} first if you can.
          </p>
        </Dialog>
      ) : null}
    </div>
  );
}
