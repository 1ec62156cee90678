import { useEffect, useState } from "react";
import {
  isSubscribed,
  subscribe,
  unsubscribe,
  whyNotNotified,
} from "#client/accounts/push/phone-push.ts";
import { useSession } from "#client/accounts/session-context.ts";
import { ask } from "#client/api/ask.ts";
import { hasValue } from "#client/api/resource.ts";
import { useFetched } from "#client/api/use-resource.ts";
import { useSubmit } from "#client/api/use-submit.ts";
import { Button } from "#client/ui/Button.tsx";
import { Check } from "#client/ui/Check.tsx";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { pushCalls } from "#core/accounts/wire/push.ts";

export function NotifyPhone() {
  const { hasAccount } = useSession();
  const { resource } = useFetched("push", (signal) => ask(pushCalls.read, {}, { signal }));
  if (!hasValue(resource)) return null;
  const { publicKey, on } = resource.value;
  if (publicKey !== null && hasAccount) return <Switch publicKey={publicKey} wasOn={on} />;
  const why = publicKey === null ? "are not set up on this server" : "need your own account";
  return <p className="quiet">Notifications {why}.</p>;
}

function Switch({ publicKey, wasOn }: { readonly publicKey: string; readonly wasOn: boolean }) {
  const [isOn, setOn] = useState(wasOn);
  const [isSent, setSent] = useState(false);
  const { fault, isPending, run } = useSubmit();
  const whyNot = whyNotNotified();
  const turnOn = async () => {
    const endpoint = await subscribe(publicKey);
    setOn((await ask(pushCalls.add, { body: { endpoint } })).on);
  };
  // The server forgot it, as after a new password: this browser still wants it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, by what was read.
  useEffect(() => {
    if (wasOn || whyNot !== null || Notification.permission !== "granted") return;
    run(async () => ((await isSubscribed()) ? turnOn() : undefined));
  }, []);
  const change = (wanted: boolean) =>
    run(async () => {
      setSent(false);
      if (!wanted) {
        setOn((await ask(pushCalls.remove, {})).on);
        await unsubscribe();
      } else if ((await Notification.requestPermission()) === "granted") await turnOn();
    });
  const test = () => run(async () => setSent((await ask(pushCalls.test, {})).on));
  if (whyNot !== null) return <p className="quiet">{whyNot}</p>;
  return (
    <div className="row wrap middle gap-3">
      <Check isChecked={isOn} onChange={change}>
        Notify this phone
      </Check>
      {isOn ? (
        <Button look="quiet" onClick={test} disabled={isPending}>
          Test notification
        </Button>
      ) : null}
      <p role="status">{isSent ? "Sent. If nothing comes, switch off and on." : null}</p>
      {fault ? <ErrorNote title={fault.title} detail={fault.detail} /> : null}
    </div>
  );
}
