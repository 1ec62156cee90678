import { places } from "#client/api/places.ts";
import { useShared } from "#client/api/use-resource.ts";
import { ConfirmBar } from "#client/outreach/ConfirmBar.tsx";
import { Home } from "#client/outreach/Home.tsx";
import { LeaveQuestion } from "#client/outreach/LeaveQuestion.tsx";
import { MoveForm } from "#client/outreach/MoveForm.tsx";
import { NotTold } from "#client/outreach/NotTold.tsx";
import { ownPlaces } from "#client/outreach/outreach-api.ts";
import { SessionForm, type SessionFormProps } from "#client/outreach/SessionForm.tsx";
import { CalendarUpload } from "#client/outreach/upload/CalendarUpload.tsx";
import { useDoing } from "#client/outreach/use-doing.ts";
import { Loaded } from "#client/ui/Loaded.tsx";
import { Skeleton } from "#client/ui/Skeleton.tsx";
import "#client/outreach/outreach.css";

/** `move:SESSION` changes all that is to come; `date:SESSION:2021-12-02` moves one date. */
function movedOf(doing: string): { sessionId: string; date: string | null } | null {
  const [kind, sessionId = "", date = null] = doing.split(":");
  if (kind === "move") return { sessionId, date: null };
  return kind === "date" && date !== null ? { sessionId, date } : null;
}

/**
 * Own sessions, phone first. The address holds what is being done, never where: a fragment stays
 * in the history of a shared phone.
 */
export function Outreach() {
  const { doing, leaving } = useDoing();
  const map = useShared(places);
  const saved = useShared(ownPlaces);
  return (
    <div className="outreach">
      <NotTold />
      <ConfirmBar />
      <Loaded resource={saved} onRetry={ownPlaces.reload} skeleton={<Skeleton lines={6} />}>
        {(own) =>
          doing === "" ? (
            <Home places={own} map={map} />
          ) : (
            <Loaded resource={map} onRetry={places.reload} skeleton={<Skeleton fill />}>
              {(base) => (
                <Form key={doing} doing={doing} map={base} places={own} onLeave={leaving.ask} />
              )}
            </Loaded>
          )
        }
      </Loaded>
      {leaving.isAsked ? <LeaveQuestion onStay={leaving.stay} onLeave={leaving.leave} /> : null}
    </div>
  );
}

/** Adding, changing or moving, as the address says. */
function Form({ doing, ...form }: Omit<SessionFormProps, "moved"> & { readonly doing: string }) {
  const moved = movedOf(doing);
  if (doing === "upload") return <CalendarUpload {...form} />;
  return moved ? <MoveForm {...form} {...moved} /> : <SessionForm {...form} moved={null} />;
}
