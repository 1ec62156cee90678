import { useState } from "react";
import { emergencySentence } from "#client/protected-time/outreach/outreach-words.ts";
import { useOutNow } from "#client/protected-time/outreach/use-out-now.ts";
import { Button } from "#client/ui/Button.tsx";
import { Dialog } from "#client/ui/Dialog.tsx";
import { Select } from "#client/ui/Select.tsx";
import type { SavedPlaceReply } from "#core/protected-time/wire/outreach.ts";

const hourChoices = ["1", "2", "3", "4", "6", "8"] as const;
type Hours = (typeof hourChoices)[number];

/**
 * A session that starts this minute, at any saved place and for as long as is said; places from before the lattice too:
 * there is no time to choose one anew, and what is closed tells no more than it did.
 */
export function OutNow({ places }: { readonly places: readonly SavedPlaceReply[] }) {
  const [isOpen, setOpen] = useState(false);
  const [placeId, setPlaceId] = useState(places[0]?.id ?? "");
  const [hours, setHours] = useState<Hours>("2");
  const { isBusy, fault, go } = useOutNow(places);
  const chosen = places.some(({ id }) => id === placeId) ? placeId : (places[0]?.id ?? "");
  const out = async () => {
    if ((await go(chosen, Number(hours))) !== null) setOpen(false);
  };
  return (
    <>
      <Button
        look="quiet"
        aria-label="Out now, another place or time"
        onClick={() => setOpen(true)}
      >
        Another place or time
      </Button>
      {isOpen ? (
        <Dialog
          title="Out now"
          onClose={() => setOpen(false)}
          actions={
            <>
              <Button onClick={() => setOpen(false)}>Not now</Button>
              <Button look="filled" disabled={isBusy} onClick={() => void out()}>
                Out now, {hours} {hours === "1" ? "hour" : "hours"}
              </Button>
            </>
          }
        >
          <Select
            label="Where"
            value={chosen}
            options={places.map(({ id, label }) => ({ value: id, label }))}
            onChange={setPlaceId}
          />
          <Select
            label="For how long"
            value={hours}
            options={hourChoices.map((value) => ({
              value,
              label: value === "1" ? "1 hour" : `${value} hours`,
            }))}
            onChange={setHours}
          />
          <p>
            The planning desk is shown it now, and approved patrols there are called off in the
            plan. Until somebody confirms it, nobody may have seen it: then call your police
            contact. {emergencySentence}
          </p>
          {fault ? (
            <p className="field__error" role="alert">
              {fault}
            </p>
          ) : null}
        </Dialog>
      ) : null}
    </>
  );
}
