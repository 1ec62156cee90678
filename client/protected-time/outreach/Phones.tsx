import { useState } from "react";
import { DeviceLinkNote } from "#client/accounts/DeviceLinkNote.tsx";
import { useSession } from "#client/accounts/session-context.ts";
import { fetchJson, fetchNothing } from "#client/api/fetch.ts";
import { useFetched } from "#client/api/use-resource.ts";
import { useSubmit } from "#client/api/use-submit.ts";
import { Button } from "#client/ui/Button.tsx";
import { Dialog } from "#client/ui/Dialog.tsx";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { Loaded } from "#client/ui/Loaded.tsx";
import { showToast } from "#client/ui/toast-store.ts";
import {
  type DeviceLinkReply,
  type DevicesReply,
  deviceLinkReply,
  devicesReply,
} from "#core/accounts/wire/devices.ts";
import { formatDay } from "#core/time/words.ts";
import "#client/protected-time/outreach/phones.css";

type Device = DevicesReply["devices"][number];

/** Which phones open this calendar by a PIN; a lost one is taken away by anybody of the same partner. */
export function Phones() {
  const { hasAccount } = useSession();
  return (
    <section className="phones" aria-label="Phones">
      <h2>Phones</h2>
      {hasAccount ? (
        <OwnPhones />
      ) : (
        <p className="quiet">
          With an account, a phone is set up by a link of one use and opened by a PIN. A role of the
          demonstration has none.
        </p>
      )}
    </section>
  );
}

function OwnPhones() {
  const { person } = useSession();
  const { resource, reload } = useFetched("own phones", loadDevices);
  const [link, setLink] = useState<DeviceLinkReply | null>(null);
  const [asked, setAsked] = useState<Device | null>(null);
  const { fault, isPending, run } = useSubmit();
  const takeAway = (device: Device) => {
    setAsked(null);
    run(async () => {
      await takeDeviceAway(device.id);
      showToast("Taken away. It opens nothing any more.");
      reload();
    });
  };
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
                <li key={device.id}>
                  <span>
                    <strong>{device.kind ?? "Unknown phone"}</strong>
                    {device.isThis ? " (this one)" : ""}
                    <span className="quiet">
                      {" "}
                      {device.person === person ? "yours" : device.person}, last used{" "}
                      {formatDay(device.lastUsed.slice(0, 10))}
                    </span>
                  </span>
                  <Button
                    look="quiet"
                    disabled={isPending}
                    label={`Take away ${device.kind ?? "the phone"} of ${device.person}`}
                    onClick={() => setAsked(device)}
                  >
                    Take away
                  </Button>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
      <Button
        disabled={isPending}
        onClick={() => run(async () => setLink(await linkForOwnPhone()))}
      >
        Set up another phone of yours
      </Button>
      {link ? <DeviceLinkNote made={link} onClose={() => setLink(null)} /> : null}
      {asked ? (
        <Dialog
          title="Take this phone away?"
          onClose={() => setAsked(null)}
          actions={
            <>
              <Button onClick={() => setAsked(null)}>Keep it</Button>
              <Button look="filled" onClick={() => takeAway(asked)}>
                Take it away
              </Button>
            </>
          }
        >
          <p>
            {asked.isThis ? "This is the phone in your hand. " : ""}It opens nothing from that
            moment on, and what is open on it ends. To use it again it needs a new link.
          </p>
        </Dialog>
      ) : null}
    </>
  );
}

function loadDevices(signal?: AbortSignal): Promise<DevicesReply> {
  return fetchJson("/api/devices", devicesReply, { signal });
}

function linkForOwnPhone(): Promise<DeviceLinkReply> {
  return fetchJson("/api/devices/link", deviceLinkReply, { method: "POST" });
}

function takeDeviceAway(id: string): Promise<void> {
  return fetchNothing(`/api/devices/${id}`, { method: "DELETE" });
}
