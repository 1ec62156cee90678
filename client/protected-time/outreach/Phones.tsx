import { useState } from "react";
import { DeviceLinkNote } from "#client/accounts/DeviceLinkNote.tsx";
import { useSession } from "#client/accounts/session-context.ts";
import { ask } from "#client/api/ask.ts";
import { fetchNothing } from "#client/api/fetch.ts";
import { useFetched } from "#client/api/use-resource.ts";
import { useSubmit } from "#client/api/use-submit.ts";
import { undoHistory } from "#client/state/undo.ts";
import { AskedButton } from "#client/ui/AskedButton.tsx";
import { Button } from "#client/ui/Button.tsx";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { Loaded } from "#client/ui/Loaded.tsx";
import { showToast } from "#client/ui/toast-store.ts";
import { type Device, type DeviceLinkReply, deviceCalls } from "#core/accounts/wire/devices.ts";
import { formatDay } from "#core/time/words.ts";

/** Any member of the partner can remove a lost phone. */
export function Phones() {
  const { hasAccount } = useSession();
  return (
    <section className="phones stack gap-2" aria-label="Phones">
      <h2>Phones</h2>
      {hasAccount ? (
        <OwnPhones />
      ) : (
        <p className="quiet">
          With an account, set up a phone with a one-time link and open it with a PIN. Demo roles
          have none.
        </p>
      )}
    </section>
  );
}

function OwnPhones() {
  const { person } = useSession();
  const { resource, reload } = useFetched("own phones", (signal) =>
    ask(deviceCalls.list, {}, { signal }),
  );
  const [link, setLink] = useState<DeviceLinkReply | null>(null);
  const { fault, isPending, run } = useSubmit();
  const takeAway = (device: Device) =>
    run(async () => {
      await fetchNothing(`/api/devices/${device.id}`, { method: "DELETE" });
      undoHistory.end();
      showToast("Removed. It can no longer open Boxster.");
      reload();
    });
  return (
    <>
      {fault ? <ErrorNote title={fault.title} detail={fault.detail} /> : null}
      <Loaded resource={resource} onRetry={reload}>
        {({ devices }) =>
          devices.length === 0 ? (
            <p className="quiet">No phone is set up for a PIN yet.</p>
          ) : (
            <ul className="phones__rows">
              {devices.map((device) => (
                <li key={device.id} className="row middle between gap-3">
                  <span>
                    <strong>{device.kind ?? "Unknown phone"}</strong>
                    {device.isThis ? " (this one)" : ""}
                    <span className="quiet">
                      {" "}
                      {device.person === person ? "yours" : device.person}, last used{" "}
                      {formatDay(device.lastUsed.slice(0, 10))}
                    </span>
                  </span>
                  <AskedButton
                    button={{
                      look: "quiet",
                      disabled: isPending,
                      label: `Remove ${device.kind ?? "the phone"} of ${device.person}`,
                      children: "Remove",
                    }}
                    title="Remove this phone?"
                    yes="Remove"
                    onYes={() => takeAway(device)}
                  >
                    {device.isThis ? "This is the phone in your hand. " : ""}It is signed out at
                    once and can no longer open Boxster. To use it again it needs a new link.
                  </AskedButton>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
      <Button
        disabled={isPending}
        onClick={() => run(async () => setLink(await ask(deviceCalls.link, {})))}
      >
        Set up another phone
      </Button>
      {link ? <DeviceLinkNote made={link} onClose={() => setLink(null)} /> : null}
    </>
  );
}
