import { useShared } from "#client/api/use-resource.ts";
import { places } from "#client/places/places.ts";
import { ConfirmBar } from "#client/protected-time/outreach/ConfirmBar.tsx";
import { Home, type OfOtherRooms } from "#client/protected-time/outreach/Home.tsx";
import { LeaveQuestion } from "#client/protected-time/outreach/LeaveQuestion.tsx";
import { NotTold } from "#client/protected-time/outreach/NotTold.tsx";
import { ownPlaces } from "#client/protected-time/outreach/outreach-api.ts";
import { useDoing } from "#client/protected-time/outreach/use-doing.ts";
import { MoveForm } from "#client/protected-time/session-form/MoveForm.tsx";
import {
  SessionForm,
  type SessionFormProps,
} from "#client/protected-time/session-form/SessionForm.tsx";
import { CalendarUpload } from "#client/protected-time/upload/CalendarUpload.tsx";
import { Loaded } from "#client/ui/Loaded.tsx";
import { Skeleton } from "#client/ui/Skeleton.tsx";
import "#client/protected-time/outreach/outreach.css";

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
export function Outreach({ others }: { readonly others: OfOtherRooms }) {
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
            <Home others={others} places={own} map={map} />
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
