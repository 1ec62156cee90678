import { useState } from "react";
import { errorFromFailure } from "#client/api/api-error.ts";
import { goOutNow } from "#client/outreach/outreach-api.ts";
import { emergencySentence, placeLabel } from "#client/outreach/outreach-words.ts";
import { saveOrWait } from "#client/outreach/save-or-wait.ts";
import { Button } from "#client/ui/Button.tsx";
import { Dialog } from "#client/ui/Dialog.tsx";
import { Select } from "#client/ui/Select.tsx";
import type { SavedPlaceReply } from "#core/wire/outreach.ts";

const hourChoices = ["1", "2", "3", "4", "6", "8"] as const;
type Hours = (typeof hourChoices)[number];

/** One step for a session that starts this minute at a saved place. */
export function OutNow({ places }: { readonly places: readonly SavedPlaceReply[] }) {
  const [isOpen, setOpen] = useState(false);
  const [placeId, setPlaceId] = useState(places[0]?.id ?? "");
  const [hours, setHours] = useState<Hours>("2");
  const [isBusy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const chosen = places.some(({ id }) => id === placeId) ? placeId : (places[0]?.id ?? "");
  const go = async () => {
    setBusy(true);
    setFault(null);
    const body = { key: crypto.randomUUID(), placeId: chosen, hours: Number(hours) };
    const words = `${placeLabel(places, chosen)}: out now, ${hours} ${hours === "1" ? "hour" : "hours"}`;
    try {
      await saveOrWait(words, () => goOutNow(body));
      setOpen(false);
    } catch (cause) {
      const { title, detail } = errorFromFailure(cause);
      setFault(`${title}. ${detail} If you are going out, call your police contact.`);
    }
    setBusy(false);
  };
  return (
    <>
      <Button
        icon="outreach"
        disabled={places.length === 0}
        title={places.length === 0 ? "Save a place first, by adding a session" : undefined}
        onClick={() => setOpen(true)}
      >
        Out now, 2 hours
      </Button>
      {isOpen ? (
        <Dialog
          title="Out now"
          onClose={() => setOpen(false)}
          actions={
            <>
              <Button onClick={() => setOpen(false)}>Not now</Button>
              <Button look="filled" disabled={isBusy} onClick={() => void go()}>
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
            The planning desk is shown it now, and agreed patrols there are called off in the plan.
            Until somebody confirms it, nobody may have seen it: then call your police contact.{" "}
            {emergencySentence}
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
