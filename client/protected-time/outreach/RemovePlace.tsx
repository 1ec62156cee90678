import { useState } from "react";
import { errorFromFailure } from "#client/api/api-error.ts";
import { ownPlaces, ownRecord, removePlace } from "#client/protected-time/outreach/outreach-api.ts";
import { Button } from "#client/ui/Button.tsx";
import { Dialog } from "#client/ui/Dialog.tsx";
import { showToast } from "#client/ui/toast-store.ts";
import type { SavedPlaceReply } from "#core/protected-time/wire/outreach.ts";

/** Asks, then removes a place that nothing closes any more. */
export function RemovePlace({ place }: { readonly place: SavedPlaceReply }) {
  const [isAsking, setAsking] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const ask = () => {
    setRefusal(null);
    setAsking(true);
  };
  const remove = async () => {
    setBusy(true);
    try {
      const left = await removePlace(place.id);
      showToast("Removed");
      ownRecord.reload();
      ownPlaces.accept(left);
      return;
    } catch (cause) {
      const { title, detail } = errorFromFailure(cause);
      setRefusal(`${title}. ${detail}`);
    }
    setBusy(false);
  };
  return (
    <>
      <Button look="quiet" label={`Remove ${place.label}`} onClick={ask}>
        Remove
      </Button>
      {isAsking ? (
        <Dialog
          title={`Remove "${place.label}"?`}
          onClose={() => setAsking(false)}
          actions={
            <>
              <Button onClick={() => setAsking(false)}>Keep it</Button>
              <Button
                look="filled"
                disabled={isBusy || refusal !== null}
                onClick={() => void remove()}
              >
                Remove it
              </Button>
            </>
          }
        >
          <p>
            Its outline, its name and its past sessions are erased; they no longer count in "Kept
            clear". It goes only when no session closes it any more.
          </p>
          <p>
            Keep it if you may go back: a second outline of the same place would help an onlooker to
            find its middle.
          </p>
          {refusal ? (
            <p className="field__error" role="alert">
              {refusal}
            </p>
          ) : null}
        </Dialog>
      ) : null}
    </>
  );
}
