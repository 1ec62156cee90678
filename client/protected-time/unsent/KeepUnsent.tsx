import { useSubmit } from "#client/api/use-submit.ts";
import { keeping, startKeeping, stopKeeping } from "#client/protected-time/unsent/keep-unsent.ts";
import { useStore } from "#client/state/use-store.ts";
import { Check } from "#client/ui/Check.tsx";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";

/** Its person's choice for this phone: what could not be sent outlives the page. */
export function KeepUnsent() {
  const isOn = useStore(keeping, (state) => state);
  const { fault, isPending, run } = useSubmit();
  // Browsers seal nothing on a page without TLS.
  if (!window.isSecureContext) return null;
  return (
    <section className="keep-unsent" aria-label="Without a signal">
      <h2>Without a signal</h2>
      <Check
        isChecked={isOn || isPending}
        onChange={(on) => (on ? run(startKeeping) : stopKeeping())}
      >
        Keep on this phone what could not be sent yet
      </Check>
      <p className="quiet">
        Your unsent entries then stay here, sealed until you sign in again, and are gone once they
        are sent or you sign out.
      </p>
      {fault ? <ErrorNote title={fault.title} detail={fault.detail} /> : null}
    </section>
  );
}
