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
import { type PushReply, pushCalls } from "#core/accounts/wire/push.ts";

export function NotifyPhone() {
  const { hasAccount } = useSession();
  const { resource } = useFetched("push", (signal) => ask(pushCalls.read, {}, { signal }));
  if (!hasValue(resource)) return null;
  const { publicKey } = resource.value;
  const whyNot = publicKey === null ? "Notifications are not set up on this server." : null;
  const why = whyNot ?? (hasAccount ? whyNotNotified() : "Notifications need your own account.");
  if (publicKey === null || why !== null) return <p className="quiet">{why}</p>;
  return <Switch publicKey={publicKey} first={resource.value} />;
}

function Switch({ publicKey, first }: { readonly publicKey: string; readonly first: PushReply }) {
  const [isOn, setOn] = useState(first.on);
  const [isSent, setSent] = useState(false);
  const { fault, isPending, run } = useSubmit();
  const turnOn = async () => {
    const endpoint = await subscribe(publicKey);
    setOn((await ask(pushCalls.add, { body: { endpoint } })).on);
  };
  // The server forgot it, as after a new password: this browser still wants it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, by what was read.
  useEffect(() => {
    if (first.on || Notification.permission !== "granted") return;
    run(async () => {
      if (await isSubscribed()) await turnOn();
    });
  }, []);
  const change = (wanted: boolean) =>
    run(async () => {
      setSent(false);
      if (!wanted) {
        setOn((await ask(pushCalls.remove, {})).on);
        await unsubscribe();
      } else if ((await Notification.requestPermission()) === "granted") await turnOn();
    });
  const test = () =>
    run(async () => {
      setOn((await ask(pushCalls.test, {})).on);
      setSent(true);
    });
  const denied = whyNotNotified();
  if (denied !== null) return <p className="quiet">{denied}</p>;
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
      <p role="status">{isSent && isOn ? "Sent. If nothing comes, switch off and on." : null}</p>
      {fault ? <ErrorNote title={fault.title} detail={fault.detail} /> : null}
    </div>
  );
}
