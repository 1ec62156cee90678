import { useState } from "react";
import { DeviceLinkNote } from "#client/accounts/DeviceLinkNote.tsx";
import { useSession } from "#client/accounts/session-context.ts";
import { ask } from "#client/api/ask.ts";
import { fetchNothing } from "#client/api/fetch.ts";
import { useFetched } from "#client/api/use-resource.ts";
import { useSubmit } from "#client/api/use-submit.ts";
import { diary, Fault, InEnglish, say, tell } from "#client/protected-time/words/diary.tsx";
import { undoHistory } from "#client/state/undo.ts";
import { AskedButton } from "#client/ui/AskedButton.tsx";
import { Button } from "#client/ui/Button.tsx";
import { Loaded } from "#client/ui/Loaded.tsx";
import { type Device, type DeviceLinkReply, deviceCalls } from "#core/accounts/wire/devices.ts";

/** Any member of the partner can remove a lost phone. */
export function Phones() {
  const { hasAccount } = useSession();
  return (
    <section className="phones stack gap-2" aria-label={say("phones.title")}>
      <h2>{say("phones.title")}</h2>
      {hasAccount ? <OwnPhones /> : <p className="quiet">{say("phones.demo")}</p>}
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
      tell(say("phones.removed"));
      reload();
    });
  return (
    <>
      <Fault fault={fault} />
      <Loaded resource={resource} onRetry={reload}>
        {({ devices }) =>
          devices.length === 0 ? (
            <p className="quiet">{say("phones.none")}</p>
          ) : (
            <ul className="rows">
              {devices.map((device) => (
                <li key={device.id} className="row middle between gap-3">
                  <span>
                    <strong>{device.kind ?? say("phones.unknown")}</strong>{" "}
                    {device.isThis ? `${say("phones.this")} ` : ""}
                    <span className="quiet">{ownerWords(device, person)}</span>
                  </span>
                  <AskedButton
                    button={{
                      look: "quiet",
                      disabled: isPending,
                      label: say("phones.remove-of", {
                        phone: device.kind ?? say("phones.unknown"),
                        person: device.person,
                      }),
                      children: say("remove"),
                    }}
                    title={say("phones.remove-ask")}
                    yes={say("remove")}
                    no={say("cancel")}
                    onYes={() => takeAway(device)}
                  >
                    {device.isThis ? `${say("phones.remove-this")} ` : ""}
                    {say("phones.remove-about")}
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
        {say("phones.another")}
      </Button>
      {link ? (
        <InEnglish>
          <DeviceLinkNote made={link} onClose={() => setLink(null)} />
        </InEnglish>
      ) : null}
    </>
  );
}

function ownerWords({ person, lastUsed }: Device, self: string): string {
  const day = diary().day(lastUsed.slice(0, 10));
  return person === self ? say("phones.yours", { day }) : say("phones.of", { person, day });
}
