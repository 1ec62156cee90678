import { Suspense, useRef } from "react";
import { useSession } from "#client/accounts/session-context.ts";
import { TonightPhone } from "#client/patrols/tonight/TonightPhone.tsx";
import { tonight } from "#client/patrols/tonight/tonight-reply.ts";
import { address } from "#client/state/url.ts";
import { useStore } from "#client/state/use-store.ts";
import { lazily } from "#client/ui/lazily.ts";
import { Skeleton } from "#client/ui/Skeleton.tsx";
import { useIsHandheld } from "#client/ui/use-media.ts";

/** Ten times what a phone on foot needs first, which a weak signal has to carry before. */
const PlanPages = lazily(async () => (await import("#client/patrols/PlanPages.tsx")).PlanPages);

export function Plan() {
  const { role } = useSession();
  const isHandheld = useIsHandheld();
  const view = useStore(address, ({ params }) => params["view"]);
  const isTold = useIsTold();
  const isWalked = isHandheld && !view && (role === "sergeant" || role === "warden");
  return (
    <>
      {isWalked ? <TonightPhone isTold={isTold} /> : null}
      {isTold || !isWalked ? <Pages /> : null}
    </>
  );
}

/** Whether tonight was answered once: what stands below it waits for that. */
function useIsTold(): boolean {
  const { status } = useStore(tonight.store, (state) => state);
  const isTold = useRef(false);
  if (status !== "idle" && status !== "loading") isTold.current = true;
  return isTold.current;
}

function Pages() {
  return (
    <Suspense fallback={<Skeleton fill />}>
      <PlanPages />
    </Suspense>
  );
}
