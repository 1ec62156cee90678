import { useState } from "react";
import { dropUntold, sendUntold, type Untold, untold, waitingFor } from "#client/api/untold.ts";
import { useStore } from "#client/state/use-store.ts";
import { Button } from "#client/ui/Button.tsx";
import { Dialog } from "#client/ui/Dialog.tsx";
import { Icon } from "#client/ui/Icon.tsx";
import "#client/protected-time/outreach/not-told.css";

/** Above all else, while something is saved on this page only. */
export function NotTold() {
  const waiting = useStore(untold, (list) => list);
  const why = useStore(waitingFor, (state) => state);
  const [dropped, setDropped] = useState<Untold | null>(null);
  if (waiting.length === 0) return null;
  const refused = waiting.filter(({ refusal }) => refusal !== null);
  return (
    <section className="not-told" role="alert" aria-label="Police not told yet">
      <p className="not-told__head">
        <Icon name="warning" /> <strong>Police not told yet</strong>
      </p>
      <p>
        {refused.length === waiting.length
          ? "The server did not take it: read why, then enter it again. "
          : whyWords[why]}
        If you are going out now, call your police contact.
      </p>
      <ul className="not-told__rows">
        {waiting.map((entry) => (
          <li key={entry.id}>
            <span>
              {entry.words}
              {entry.refusal ? <span className="field__error"> {entry.refusal}</span> : null}
            </span>
            <Button look="quiet" label={`Drop ${entry.words}`} onClick={() => setDropped(entry)}>
              Drop
            </Button>
          </li>
        ))}
      </ul>
      <Button onClick={() => void sendUntold()}>Try now</Button>
      {dropped ? (
        <Dialog
          title="Drop it?"
          onClose={() => setDropped(null)}
          actions={
            <>
              <Button onClick={() => setDropped(null)}>Keep it</Button>
              <Button
                look="filled"
                onClick={() => {
                  dropUntold(dropped.id);
                  setDropped(null);
                }}
              >
                Drop it
              </Button>
            </>
          }
        >
          <p>{dropped.words}: police are not told, and it is kept nowhere else.</p>
        </Dialog>
      ) : null}
    </section>
  );
}

const whyWords = {
  signal:
    "There is no signal. It is kept on this page only and goes out by itself once the signal is back: keep the page open. After half an hour without a signal it needs your PIN or password as well. ",
  person:
    "The server took nothing just now. It is kept on this page only and is tried again by itself: keep the page open. ",
} as const;
