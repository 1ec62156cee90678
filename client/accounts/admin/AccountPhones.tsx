import { useState } from "react";
import { AskFirst } from "#client/accounts/admin/AskFirst.tsx";
import { newDeviceLink, takeDevicesAway } from "#client/accounts/admin/admin-api.ts";
import { DeviceLinkNote } from "#client/accounts/DeviceLinkNote.tsx";
import { useSubmit } from "#client/api/use-submit.ts";
import { Button } from "#client/ui/Button.tsx";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { formatQuantity } from "#client/ui/format.ts";
import { showToast } from "#client/ui/toast-store.ts";
import type { AccountReply } from "#core/accounts/wire/accounts.ts";
import type { DeviceLinkReply } from "#core/accounts/wire/devices.ts";

/** A partner signs in on a phone: by a link once, by a PIN from then on. */
export function AccountPhones({ account }: { readonly account: AccountReply }) {
  const [link, setLink] = useState<DeviceLinkReply | null>(null);
  const [isAsking, setAsking] = useState(false);
  const { fault, isPending, run } = useSubmit();
  const takeAway = () => {
    setAsking(false);
    run(async () => {
      const phones = await takeDevicesAway(account.id);
      showToast(`${formatQuantity(phones, "phone")} taken away from ${account.name}.`);
    });
  };
  return (
    <>
      {fault ? <ErrorNote title={fault.title} detail={fault.detail} /> : null}
      <div className="admin__actions">
        <Button
          disabled={isPending || account.state !== "in use"}
          onClick={() => run(async () => setLink(await newDeviceLink(account.id)))}
        >
          Link to set up a phone
        </Button>
        <Button disabled={isPending} onClick={() => setAsking(true)}>
          Take the phones away
        </Button>
      </div>
      {link ? <DeviceLinkNote made={link} onClose={() => setLink(null)} /> : null}
      {isAsking ? (
        <AskFirst
          title={`Take the phones of ${account.name} away?`}
          yes="Take them away"
          onYes={takeAway}
          onNo={() => setAsking(false)}
        >
          They open nothing from that moment on, and a link that was given out no longer works. A
          password, where there is one, stays.
        </AskFirst>
      ) : null}
    </>
  );
}
