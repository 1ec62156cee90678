import { useEffect } from "react";
import { forgetOnSignOut } from "#client/api/private-data.ts";
import { session } from "#client/api/session.ts";
import { useShared } from "#client/api/use-resource.ts";
import { Frame } from "#client/app/Frame.tsx";
import { SignIn } from "#client/app/SignIn.tsx";
import { SessionContext } from "#client/app/session-context.ts";
import { undoHistory } from "#client/state/undo.ts";
import { Loaded } from "#client/ui/Loaded.tsx";
import { ToastRegion } from "#client/ui/Toast.tsx";

forgetOnSignOut(undoHistory.clear);

/** Signed in: the frame with the screens of the role. Otherwise: the sign-in page. */
export function App() {
  const resource = useShared(session);
  // Another tab may have signed out or in as someone else.
  useEffect(() => {
    const onFocus = () => session.reload();
    window.addEventListener("focus", onFocus);
    return () => window.removeEventListener("focus", onFocus);
  }, []);
  return (
    <>
      <Loaded resource={resource} onRetry={session.reload}>
        {(who) =>
          who.signedIn && who.role ? (
            <SessionContext value={{ ...who, role: who.role, person: who.person ?? who.role }}>
              <Frame />
            </SessionContext>
          ) : (
            <SignIn isDemo={who.demo} hasImports={who.demoHasImports} />
          )
        }
      </Loaded>
      <ToastRegion />
    </>
  );
}
