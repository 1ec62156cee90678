import { Suspense, useEffect, useState } from "react";
import { errorFromFailure, hadNoAnswer } from "#client/api/api-error.ts";
import { keptCount, readKept } from "#client/api/kept-item.ts";
import { dropUntold, sendUntold, untold, waitingFor } from "#client/api/untold.ts";
import { useShared } from "#client/api/use-resource.ts";
import { places } from "#client/places/places.ts";
import { ConfirmBar } from "#client/protected-time/outreach/ConfirmBar.tsx";
import { Home } from "#client/protected-time/outreach/Home.tsx";
import { loadMoreInside } from "#client/protected-time/outreach/More.tsx";
import type { OfOtherRooms } from "#client/protected-time/outreach/MoreInside.tsx";
import { ownPlaces, ownSessions } from "#client/protected-time/outreach/outreach-api.ts";
import { PoliceContact } from "#client/protected-time/outreach/PoliceContact.tsx";
import type { SessionFormProps } from "#client/protected-time/session-form/SessionForm.tsx";
import { unsaved } from "#client/protected-time/session-form/use-saving.ts";
import { address, replaceParams, step } from "#client/state/url.ts";
import { useStore } from "#client/state/use-store.ts";
import { AskedButton } from "#client/ui/AskedButton.tsx";
import { Button } from "#client/ui/Button.tsx";
import { EmptyState } from "#client/ui/EmptyState.tsx";
import { Icon } from "#client/ui/Icon.tsx";
import { Loaded } from "#client/ui/Loaded.tsx";
import { lazily } from "#client/ui/lazily.ts";
import { Question } from "#client/ui/Question.tsx";
import { Skeleton } from "#client/ui/Skeleton.tsx";
import "#client/protected-time/outreach/outreach.css";

/** Form and map are three times what the first screen needs, which a weak signal has to carry first. */
const SessionForm = lazily(loadForm);
const CalendarUpload = lazily(loadUpload);

/**
 * Own sessions, phone first. The address holds what is being done, never where: a fragment stays
 * in the history of a shared phone.
 */
export function Outreach({ others }: { readonly others: OfOtherRooms }) {
  const { doing, leaving } = useDoing();
  // Nobody says that all is there while something is being entered, or has not gone out.
  const waiting = useStore(untold, (list) => list.length);
  const kept = useStore(keptCount, (count) => count);
  const isUnsent = waiting + kept > 0;
  const map = useShared(places);
  const saved = useShared(ownPlaces);
  useEffect(loadAhead, []);
  return (
    <div className="outreach">
      <NotTold />
      {doing === "" && !isUnsent ? <ConfirmBar /> : null}
      {saved.status === "failed" ? (
        <p className="not-told stack start gap-2">
          <IfOut />
        </p>
      ) : null}
      <Loaded resource={saved} onRetry={ownPlaces.reload} skeleton={<Skeleton lines={6} />}>
        {() =>
          doing === "" ? (
            <Home others={others} />
          ) : (
            <Loaded resource={map} onRetry={places.reload} skeleton={<Skeleton fill />}>
              {() => (
                <Suspense fallback={<Skeleton fill />}>
                  <Form key={doing} doing={doing} onLeave={leaving.ask} />
                </Suspense>
              )}
            </Loaded>
          )
        }
      </Loaded>
      {leaving.isAsked ? (
        <Question
          title="Leave without saving?"
          yes="Keep editing"
          no="Leave"
          onYes={leaving.stay}
          onNo={leaving.leave}
          onClose={leaving.stay}
        >
          <p>What you entered is not saved anywhere, and police cannot see it.</p>
        </Question>
      ) : null}
    </div>
  );
}

async function loadForm() {
  return (await import("#client/protected-time/session-form/SessionForm.tsx")).SessionForm;
}

async function loadUpload() {
  return (await import("#client/protected-time/upload/CalendarUpload.tsx")).CalendarUpload;
}

/** Once the first screen stands, and while there is a signal: a session is added where there is none. */
function loadAhead(): void {
  Promise.all([loadForm(), loadUpload(), loadMoreInside()]).catch(() => undefined);
  if (readKept() !== null) void bringBack();
}

/** What was left on this phone; until there is a signal for it, it is tried again. */
async function bringBack(): Promise<void> {
  try {
    const { resumeKeeping } = await import("#client/protected-time/unsent/keep-unsent.ts");
    await resumeKeeping();
  } catch (cause) {
    if (hadNoAnswer(errorFromFailure(cause))) setTimeout(() => void bringBack(), tryAgainMs);
  }
}

const tryAgainMs = 5_000;

/**
 * What the address says is being done. The phone's own Back must not throw away what was typed:
 * the form stays, its address comes back, and leaving is asked about.
 */
function useDoing() {
  const wanted = useStore(address, (at) => at.params["do"] ?? "");
  const isUnsaved = useStore(unsaved, (state) => state);
  const [held, setHeld] = useState(wanted);
  const [isAsked, setAsked] = useState(false);
  useEffect(() => {
    if (wanted === held) return;
    if (!isUnsaved) {
      setHeld(wanted);
      return;
    }
    step("outreach", { do: held });
    setAsked(true);
  }, [wanted, held, isUnsaved]);
  const leave = () => {
    unsaved.set(() => false);
    setAsked(false);
    replaceParams("outreach", {});
  };
  return {
    /** Empty: the start page; else what the form is for. */
    doing: isUnsaved ? held : wanted,
    leaving: {
      isAsked,
      /** Leaves at once where nothing was typed. */
      ask: () => (unsaved.get() ? setAsked(true) : leave()),
      stay: () => setAsked(false),
      leave,
    },
  };
}

/** Above all else, while something is saved on this page only. */
function NotTold() {
  const waiting = useStore(untold, (list) => list);
  const why = useStore(waitingFor, (state) => state);
  const kept = useStore(keptCount, (count) => count);
  if (waiting.length === 0) return null;
  const refused = waiting.filter(({ refusal }) => refusal !== null);
  return (
    <section className="not-told stack start gap-2" role="alert" aria-label="Police not told yet">
      <p className="row middle gap-2 lead">
        <Icon name="warning" /> <strong>Police not told yet</strong>
      </p>
      <p>
        {refused.length === waiting.length
          ? "Refused: enter it again. "
          : whyWords[kept >= waiting.length ? "kept" : why]}
        Leave quickly deletes it. <IfOut />
      </p>
      <ul className="not-told__rows">
        {waiting.map((entry) => (
          <li key={entry.id} className="row middle between gap-3">
            <span>
              {entry.words}
              {entry.refusal ? <span className="field__error"> {entry.refusal}</span> : null}
            </span>
            <AskedButton
              button={{ look: "quiet", label: `Delete ${entry.words}`, children: " Delete" }}
              title="Delete it?"
              no="Keep it"
              yes="Delete"
              onYes={() => dropUntold(entry.id)}
            >
              {entry.words}: police are not told, and it is not saved anywhere else.
            </AskedButton>
          </li>
        ))}
      </ul>
      <Button onClick={() => void sendUntold()}>Try now</Button>
    </section>
  );
}

/** Wherever something could not be sent or read. */
function IfOut() {
  return (
    <span>
      If you go out now, phone <PoliceContact />.
    </span>
  );
}

const whyWords = {
  signal:
    "No signal. Keep this page open: it sends itself, after half an hour with your PIN or password. ",
  kept: "Encrypted on this phone until this page has a signal. ",
  person: "Not sent. Keep this page open: it is tried again. ",
} as const;

/**
 * Adding, changing or moving, as the address says: `move:SESSION` changes all that is to come, `date:SESSION:2021-12-02`
 * moves one date. Changing a session that has ended would start it again without a word, so that says so instead.
 */
function Form({ doing, onLeave }: Pick<SessionFormProps, "onLeave"> & { readonly doing: string }) {
  const sessions = useShared(ownSessions);
  const [kind, sessionId, date = null] = doing.split(":");
  if (kind === "upload") return <CalendarUpload onLeave={onLeave} />;
  if (!(kind === "move" || (kind === "date" && date !== null))) {
    return <SessionForm moved={null} isNow={kind === "now"} onLeave={onLeave} />;
  }
  return (
    <Loaded resource={sessions} onRetry={ownSessions.reload} skeleton={<Skeleton fill />}>
      {(list) => {
        const moved = list.find(({ id }) => id === sessionId);
        if (moved && moved.endedAt === null) {
          const only = kind === "date" ? date : null;
          return <SessionForm moved={moved} date={only} onLeave={onLeave} />;
        }
        return (
          <EmptyState
            title="This session has ended"
            action={<Button onClick={onLeave}>Back</Button>}
          >
            It can no longer be changed. Add a new session instead.
          </EmptyState>
        );
      }}
    </Loaded>
  );
}
