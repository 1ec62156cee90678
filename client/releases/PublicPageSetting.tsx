import { useEffect } from "react";
import { openings, reloadOpenings } from "#client/accounts/openings/openings-api.ts";
import { ask } from "#client/api/ask.ts";
import { hasValue } from "#client/api/resource.ts";
import { useShared } from "#client/api/use-resource.ts";
import { useSubmit } from "#client/api/use-submit.ts";
import { keptCall } from "#client/live/kept.ts";
import { AskedButton } from "#client/ui/AskedButton.tsx";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { Loaded } from "#client/ui/Loaded.tsx";
import { type PublicPageState, publicPageCalls } from "#core/releases/wire/releases.ts";

/** One person asks for it and a second confirms, as for an account; one alone turns it off. */
export function PublicPageSetting() {
  const resource = useShared(publicPage);
  const { fault, isPending, run } = useSubmit();
  const waiting = useShared(openings);
  const known = hasValue(waiting) ? waiting.value : null;
  // A second person's word above changes it.
  useEffect(() => {
    if (known !== null && publicPage.store.get().status !== "idle") publicPage.reload();
  }, [known]);
  const turn = (on: boolean) =>
    run(async () => {
      publicPage.accept(await ask(publicPageCalls.turn, { body: { on } }));
      reloadOpenings();
    });
  return (
    <section className="stack gap-3" aria-labelledby="public-page">
      <h2 id="public-page">Public page</h2>
      {fault ? <ErrorNote title={fault.title} detail={fault.detail} /> : null}
      <Loaded resource={resource} onRetry={publicPage.reload}>
        {({ state }) => (
          <>
            <p>
              {words[state]} {state === "on" ? <a href="/public">Open it</a> : null}
            </p>
            <div>
              <AskedButton
                button={{ disabled: isPending, children: buttons[state] }}
                title="Turn the public page off?"
                yes="Turn off"
                onYes={() => turn(state === "off")}
              >
                {state === "on" ? "It closes at once. To turn it on again takes two people." : null}
              </AskedButton>
            </div>
          </>
        )}
      </Loaded>
    </section>
  );
}

const publicPage = keptCall(publicPageCalls.read);

const words: Readonly<Record<PublicPageState, string>> = {
  on: "On: anyone can read the newest release without signing in.",
  waits: "Off. Requested; a second person must confirm it above.",
  off: "Off.",
};
const buttons: Readonly<Record<PublicPageState, string>> = {
  on: "Turn off",
  waits: "Withdraw request",
  off: "Request to turn on",
};
