import { useState } from "react";
import { isStanding, standingWords } from "#client/patrols/plan-words.ts";
import { Button } from "#client/ui/Button.tsx";
import { Dialog } from "#client/ui/Dialog.tsx";
import type { PlanReply } from "#core/patrols/wire/plan.ts";

/** Takes the whole plan back: at once where it is only suggested, else after saying what goes. */
export function WithdrawPlan({
  plan,
  isHeld,
  onWithdraw,
}: {
  readonly plan: PlanReply;
  readonly isHeld: boolean;
  /** With the words to say when it is done. */
  readonly onWithdraw: (done: string) => void;
}) {
  const [isAsking, setAsking] = useState(false);
  const standing = plan.windows.filter(isStanding);
  const agreed = standing.filter((window) => window.status === "agreed").length;
  if (agreed === 0) {
    return (
      <Button look="quiet" disabled={isHeld} onClick={() => onWithdraw("Suggestion discarded")}>
        Discard
      </Button>
    );
  }
  return (
    <>
      <Button look="quiet" disabled={isHeld} onClick={() => setAsking(true)}>
        Withdraw
      </Button>
      {isAsking ? (
        <Dialog
          title="Withdraw the whole plan?"
          onClose={() => setAsking(false)}
          actions={
            <>
              <Button onClick={() => setAsking(false)}>Keep it</Button>
              <Button
                look="filled"
                onClick={() => {
                  setAsking(false);
                  onWithdraw("Plan withdrawn");
                }}
              >
                Withdraw {standingWords(plan)}
              </Button>
            </>
          }
        >
          <p>
            {agreed === 1 ? "The approved patrol is" : "The approved patrols are"} cancelled at
            once. A printed briefing is no longer valid: its number says so when it is checked.
            {standing.length > agreed ? " Suggested patrols are discarded too." : null}
          </p>
        </Dialog>
      ) : null}
    </>
  );
}
