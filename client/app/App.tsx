import { Suspense, useEffect, useRef, useState } from "react";
import { isMarkedLeft } from "#client/accounts/left-mark.ts";
import { proofAsked } from "#client/accounts/second-factor/prove-store.ts";
import { session } from "#client/accounts/session.ts";
import { SessionContext, type SignedIn } from "#client/accounts/session-context.ts";
import { deviceLink } from "#client/accounts/sign-in/device-link.ts";
import { loadSignIn } from "#client/accounts/sign-in/load-sign-in.ts";
import { lock, lockScreen, uncover } from "#client/accounts/sign-in/lock-store.ts";
import { ScreenLock } from "#client/accounts/sign-in/ScreenLock.tsx";
import { type ApiError, hadNoAnswer } from "#client/api/api-error.ts";
import { forgetOnSignOut, removeOnLeaving } from "#client/api/private-data.ts";
import { hasValue, type Resource } from "#client/api/resource.ts";
import { useShared } from "#client/api/use-resource.ts";
import { Frame } from "#client/app/Frame.tsx";
import { watchIdle } from "#client/state/idle.ts";
import { hasOpened } from "#client/state/opened.ts";
import { namePage } from "#client/state/page-name.ts";
import { quickExit } from "#client/state/quick-exit.ts";
import { undoHistory } from "#client/state/undo.ts";
import { address, redirect } from "#client/state/url.ts";
import { useInterval } from "#client/state/use-interval.ts";
import { useStore } from "#client/state/use-store.ts";
import { Button } from "#client/ui/Button.tsx";
import { classNames } from "#client/ui/class-names.ts";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { Loaded } from "#client/ui/Loaded.tsx";
import { lazily } from "#client/ui/lazily.ts";
import { Skeleton } from "#client/ui/Skeleton.tsx";
import { ToastRegion } from "#client/ui/Toast.tsx";
import { clearToasts } from "#client/ui/toast-store.ts";
import { WaitingNote } from "#client/ui/WaitingNote.tsx";
import { liveTopicsOf } from "#core/live.ts";
import type { Role } from "#core/role.ts";
import "#client/accounts/sign-in/screen-lock.css";
import "#client/app/no-signal.css";

forgetOnSignOut(undoHistory.clear);
forgetOnSignOut(clearToasts);
// What one person had open is no link for the next.
removeOnLeaving(() => redirect(address.get().screen, ""));

const SignIn = lazily(loadSignIn);

/** Once in the life of a phone: not among what every page begins with. */
const DeviceSetUp = lazily(
  async () => (await import("#client/accounts/sign-in/DeviceSetUp.tsx")).DeviceSetUp,
);

const SetUpSecondFactor = lazily(
  async () =>
    (await import("#client/accounts/second-factor/SetUpSecondFactor.tsx")).SetUpSecondFactor,
);
const ProveAgain = lazily(
  async () => (await import("#client/accounts/second-factor/ProveAgain.tsx")).ProveAgain,
);

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
  // A page being left draws nothing, even while its address changes.
  if (isLeaving) return null;
  if (secret !== null) {
    return (
      <Suspense fallback={<Skeleton fill />}>
        <DeviceSetUp secret={secret} />
      </Suspense>
    );
  }
  if (fault !== null) {
    // In the first bundle: offline, nothing more can be loaded.
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

function useLastFault(resource: Resource<unknown>): ApiError | null {
  const last = useRef<ApiError | null>(null);
  if (resource.status === "failed") last.current = resource.error;
  else if (hasValue(resource)) last.current = null;
  return last.current;
}

/** Loaded after the first screen; `since` makes up for what changed meanwhile. */
function listen(since: number): () => void {
  let end: (() => void) | null = null;
  let isOver = false;
  import("#client/live/follow.ts").then(
    ({ followLive }) => {
      if (!isOver) end = followLive({ since, onRefused: () => session.reload() });
    },
    // Without it screens poll each minute.
    () => undefined,
  );
  return () => {
    isOver = true;
    end?.();
  };
}

/** Used on phones: the page opens offline for these. */
const onPhones: readonly Role[] = ["partner", "sergeant", "warden"];

function keepOnDevice(): void {
  import("#client/app/shell/keep-shell.ts")
    .then(({ keepShell }) => keepShell())
    // Without storage the page needs a connection, as before.
    .catch(() => undefined);
}

/** Under a lock, nothing is loaded before it is off. */
function SignedInApp({ who }: { readonly who: SignedIn }) {
  const { hasAccount, locked } = who;
  const isCovered = useStore(lock, (state) => state.isCovered) || locked;
  const wasOpen = useRef(false);
  if (!locked) wasOpen.current = true;
  useEffect(() => (hasAccount ? watchIdle(lockScreen) : undefined), [hasAccount]);
  const from = useRef(who.clock);
  const { person, role, needsSecondFactor } = who;
  const isOpen = useStore(hasOpened, (state) => state);
  const isListening = isOpen && liveTopicsOf[role] !== undefined && !locked && !needsSecondFactor;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another person listens again.
  useEffect(() => (isListening ? listen(from.current) : undefined), [isListening, person, role]);
  useEffect(() => {
    if (isOpen && onPhones.includes(role)) keepOnDevice();
  }, [isOpen, role]);
  // Sign-out in another tab must not leave the cover on.
  useEffect(() => uncover, []);
  // Its own button closes it, as it shows recovery codes.
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

const askEveryMs = 15_000;

/**
 * The page opened from its kept shell while offline. Who may read it is unknown, so nothing here
 * says what it is for.
 */
function NoSignal({ onRetry }: { readonly onRetry: () => void }) {
  useInterval(onRetry, askEveryMs);
  useEffect(() => namePage(null), []);
  useEffect(() => {
    window.addEventListener("online", onRetry);
    return () => window.removeEventListener("online", onRetry);
  }, [onRetry]);
  return (
    <main className="no-signal reading lead stack start gap-3">
      <h1>No signal</h1>
      {isMarkedLeft() ? <p>You are signed out here.</p> : null}
      <p>This page opens by itself once there is one. If it cannot wait, phone instead.</p>
      <WaitingNote />
      <Button onClick={onRetry}>Try now</Button>
    </main>
  );
}
