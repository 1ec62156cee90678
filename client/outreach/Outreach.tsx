import { places } from "#client/api/places.ts";
import { hasValue } from "#client/api/resource.ts";
import { useShared } from "#client/api/use-resource.ts";
import { ConfirmBar } from "#client/outreach/ConfirmBar.tsx";
import { Home } from "#client/outreach/Home.tsx";
import { ownPlaces, ownSessions } from "#client/outreach/outreach-api.ts";
import { SessionForm } from "#client/outreach/SessionForm.tsx";
import { address } from "#client/state/url.ts";
import { useStore } from "#client/state/use-store.ts";
import { Loaded } from "#client/ui/Loaded.tsx";
import { Skeleton } from "#client/ui/Skeleton.tsx";
import "#client/outreach/outreach.css";

/**
 * Own sessions, phone first. The address holds what is being done, never where: a fragment stays
 * in the history of a shared phone.
 */
export function Outreach() {
  const params = useStore(address, (at) => at.params);
  const map = useShared(places);
  const saved = useShared(ownPlaces);
  const sessions = useShared(ownSessions);
  const doing = params["do"] ?? "";
  return (
    <div className="outreach">
      <ConfirmBar />
      <Loaded resource={saved} onRetry={ownPlaces.reload} skeleton={<Skeleton lines={6} />}>
        {(own) =>
          doing === "" ? (
            <Home places={own} map={map} />
          ) : (
            <Loaded resource={map} onRetry={places.reload} skeleton={<Skeleton fill />}>
              {(base) => (
                <SessionForm
                  key={doing}
                  map={base}
                  places={own}
                  moved={
                    hasValue(sessions)
                      ? (sessions.value.find(({ id }) => id === doing.replace("move:", "")) ?? null)
                      : null
                  }
                />
              )}
            </Loaded>
          )
        }
      </Loaded>
    </div>
  );
}
