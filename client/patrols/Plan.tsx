import { Suspense, useRef } from "react";
import { useSession } from "#client/accounts/session-context.ts";
import { TonightPhone } from "#client/patrols/tonight/TonightPhone.tsx";
import { tonight } from "#client/patrols/tonight/tonight-reply.ts";
import { address } from "#client/state/url.ts";
import { useStore } from "#client/state/use-store.ts";
import { lazily } from "#client/ui/lazily.ts";
import { Skeleton } from "#client/ui/Skeleton.tsx";
import { useIsPhone } from "#client/ui/use-media.ts";

/** Ten times what a phone on foot needs first, which a weak signal has to carry before. */
const PlanPages = lazily(async () => (await import("#client/patrols/PlanPages.tsx")).PlanPages);

export function Plan() {
  const { role } = useSession();
  const isPhone = useIsPhone();
  const view = useStore(address, ({ params }) => params["view"]);
  const isWalked = isPhone && !view && (role === "sergeant" || role === "warden");
  return (
    <>
      {isWalked ? <TonightPhone /> : null}
      {isWalked ? <AfterTonight /> : <Pages />}
    </>
  );
}

/** Briefings and the debrief, below. */
function AfterTonight() {
  const { status } = useStore(tonight.store, (state) => state);
  const isTold = useRef(false);
  if (status !== "idle" && status !== "loading") isTold.current = true;
  return isTold.current ? <Pages /> : null;
}

function Pages() {
  return (
    <Suspense fallback={<Skeleton fill />}>
      <PlanPages />
    </Suspense>
  );
}
