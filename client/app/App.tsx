import { Suspense, useEffect, useRef, useState } from "react";
import { proofAsked } from "#client/accounts/second-factor/prove-store.ts";
import { session } from "#client/accounts/session.ts";
import { SessionContext, type SignedIn } from "#client/accounts/session-context.ts";
import { deviceLink } from "#client/accounts/sign-in/device-link.ts";
import { loadSignIn } from "#client/accounts/sign-in/load-sign-in.ts";
import { lock, lockScreen, uncover } from "#client/accounts/sign-in/lock-store.ts";
import { ScreenLock } from "#client/accounts/sign-in/ScreenLock.tsx";
import { type ApiError, hadNoAnswer } from "#client/api/api-error.ts";
import { forgetOnSignOut } from "#client/api/private-data.ts";
import { hasValue, type Resource } from "#client/api/resource.ts";
import { useShared } from "#client/api/use-resource.ts";
import { Frame } from "#client/app/Frame.tsx";
import { NoSignal } from "#client/app/NoSignal.tsx";
import { watchIdle } from "#client/state/idle.ts";
import { quickExit } from "#client/state/quick-exit.ts";
import { undoHistory } from "#client/state/undo.ts";
import { useStore } from "#client/state/use-store.ts";
import { classNames } from "#client/ui/class-names.ts";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { Loaded } from "#client/ui/Loaded.tsx";
import { lazily } from "#client/ui/lazily.ts";
import { Skeleton } from "#client/ui/Skeleton.tsx";
import { ToastRegion } from "#client/ui/Toast.tsx";
import { clearToasts } from "#client/ui/toast-store.ts";
import { liveTopicsOf } from "#core/live.ts";
import type { Role } from "#core/role.ts";
import "#client/accounts/sign-in/screen-lock.css";

forgetOnSignOut(undoHistory.clear);
// The next person at this desk reads nothing of what the last one did.
forgetOnSignOut(clearToasts);

const SignIn = lazily(loadSignIn);

/** Once in the life of a phone: not among what every page begins with. */
const DeviceSetUp = lazily(
  async () => (await import("#client/accounts/sign-in/DeviceSetUp.tsx")).DeviceSetUp,
);

/** For those whose role asks for it, once. */
const SetUpSecondFactor = lazily(
  async () =>
    (await import("#client/accounts/second-factor/SetUpSecondFactor.tsx")).SetUpSecondFactor,
);
const ProveAgain = lazily(
  async () => (await import("#client/accounts/second-factor/ProveAgain.tsx")).ProveAgain,
);

/** Signed in: the frame with the screens of the role. Otherwise: the sign-in page. */
export function App() {
  const resource = useShared(session);
  const secret = useStore(deviceLink, (state) => state);
  const fault = useLastFault(resource);
  const isLeaving = useStore(quickExit, (state) => state.isLeaving);
  // Another tab may have signed out or in as someone else.
  useEffect(() => {
    const onFocus = () => session.reload();
    window.addEventListener("focus", onFocus);
    return () => window.removeEventListener("focus", onFocus);
  }, []);
  // Nothing is drawn of a page that is being left, whatever its address says on the way.
  if (isLeaving) return null;
  if (secret !== null) {
    return (
      <Suspense fallback={<Skeleton fill />}>
        <DeviceSetUp secret={secret} />
      </Suspense>
    );
  }
  if (fault !== null) {
    // With the page from the start: where it is wanted, nothing can be loaded.
    if (hadNoAnswer(fault)) return <NoSignal onRetry={session.reload} />;
    return <ErrorNote title={fault.title} detail={fault.detail} onRetry={session.reload} />;
  }
  return (
    <Loaded resource={resource} onRetry={session.reload}>
      {(who) =>
        who.signedIn && who.role ? (
          <SignedInApp who={{ ...who, role: who.role, person: who.person ?? who.role }} />
        ) : (
          <>
            <Suspense fallback={<Skeleton fill />}>
              <SignIn who={who} />
            </Suspense>
            <ToastRegion />
          </>
        )
      }
    </Loaded>
  );
}

/** Why nobody knows who is here; it stays while it is asked again. */
function useLastFault(resource: Resource<unknown>): ApiError | null {
  const last = useRef<ApiError | null>(null);
  if (resource.status === "failed") last.current = resource.error;
  else if (hasValue(resource)) last.current = null;
  return last.current;
}

/** Its code comes after the first screen: what changes until then is told by the clock it begins from. */
function listen(since: number): () => void {
  let end: (() => void) | null = null;
  let isOver = false;
  import("#client/live/follow.ts").then(
    ({ followLive }) => {
      if (!isOver) end = followLive({ since, onRefused: () => session.reload() });
    },
    // Without it screens ask once a minute.
    () => undefined,
  );
  return () => {
    isOver = true;
    end?.();
  };
}

/** Those who are out with a phone: the page opens for them where there is no signal. */
const onPhones: readonly Role[] = ["partner", "sergeant"];

function keepOnDevice(): void {
  import("#client/app/shell/keep-shell.ts")
    .then(({ keepShell }) => keepShell())
    // A browser that keeps nothing needs a signal, as before.
    .catch(() => undefined);
}

/** The screens, and the lock over them; opened under a lock, nothing is loaded before it is off. */
function SignedInApp({ who }: { readonly who: SignedIn }) {
  const { hasAccount, locked } = who;
  const isCovered = useStore(lock, (state) => state.isCovered) || locked;
  const wasOpen = useRef(false);
  if (!locked) wasOpen.current = true;
  useEffect(() => (hasAccount ? watchIdle(lockScreen) : undefined), [hasAccount]);
  const from = useRef(who.clock);
  const { person, role, needsSecondFactor } = who;
  const isListening = liveTopicsOf[role] !== undefined && !locked && !needsSecondFactor;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another person listens again.
  useEffect(() => (isListening ? listen(from.current) : undefined), [isListening, person, role]);
  useEffect(() => {
    if (onPhones.includes(role)) keepOnDevice();
  }, [role]);
  // Signed out elsewhere: the next person begins uncovered.
  useEffect(() => uncover, []);
  // Set up, it is left by its own button: recovery codes are on it.
  const [isSettingUp, setSettingUp] = useState(false);
  const isProofAsked = useStore(proofAsked, (state) => state);
  return (
    <>
      {wasOpen.current ? (
        <div className={classNames("held", isCovered && "held--away")} inert={isCovered}>
          <SessionContext value={who}>
            {needsSecondFactor || isSettingUp ? (
              <Suspense fallback={<Skeleton fill />}>
                <SetUpSecondFactor onStay={setSettingUp} />
              </Suspense>
            ) : (
              <Frame />
            )}
            {isProofAsked ? (
              <Suspense>
                <ProveAgain />
              </Suspense>
            ) : null}
          </SessionContext>
          <ToastRegion />
        </div>
      ) : null}
      {isCovered ? <ScreenLock who={who} /> : null}
    </>
  );
}
