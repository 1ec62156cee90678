import { signOut } from "#client/accounts/session.ts";
import { errorFromFailure } from "#client/api/api-error.ts";
import { Button } from "#client/ui/Button.tsx";
import { EmptyState } from "#client/ui/EmptyState.tsx";
import { showToast } from "#client/ui/toast-store.ts";

/** Asking again cannot help; the page for signing in can. The address keeps the view. */
export function SessionEnded() {
  const leave = () =>
    signOut().catch((cause: unknown) => {
      const { title, detail } = errorFromFailure(cause);
      showToast(`${title}. ${detail}`);
    });
  return (
    <EmptyState
      title="Your session has ended"
      action={
        <Button look="filled" onClick={() => void leave()}>
          Sign in
        </Button>
      }
    >
      Sign in again to go on from this view.
    </EmptyState>
  );
}
