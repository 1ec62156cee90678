import { Suspense, useEffect, useMemo, useState } from "react";
import { keptCount, readKept } from "#client/api/kept-item.ts";
import { dropUntold, sendUntold, untold, waitingFor } from "#client/api/untold.ts";
import { useShared } from "#client/api/use-resource.ts";
import { places } from "#client/places/places.ts";
import { ConfirmBar } from "#client/protected-time/outreach/ConfirmBar.tsx";
import { Home } from "#client/protected-time/outreach/Home.tsx";
import { loadMoreInside } from "#client/protected-time/outreach/More.tsx";
import type { OfOtherRooms } from "#client/protected-time/outreach/MoreInside.tsx";
import { ownPlaces, ownSessions } from "#client/protected-time/outreach/outreach-api.ts";
import { withContact } from "#client/protected-time/outreach/PoliceContact.tsx";
import type { SessionFormProps } from "#client/protected-time/session-form/SessionForm.tsx";
import { unsaved } from "#client/protected-time/session-form/use-saving.ts";
import { langOfEnglish, readDiary, say, useDiary } from "#client/protected-time/words/diary.tsx";
import { address, replaceParams, step } from "#client/state/url.ts";
import { useStore } from "#client/state/use-store.ts";
import { AskedButton } from "#client/ui/AskedButton.tsx";
import { Button } from "#client/ui/Button.tsx";
import { EmptyState } from "#client/ui/EmptyState.tsx";
import { Icon } from "#client/ui/Icon.tsx";
import { type KitKey, KitWords } from "#client/ui/kit-words.ts";
import { Kept, Loaded } from "#client/ui/Loaded.tsx";
import { lazily } from "#client/ui/lazily.ts";
import { Question } from "#client/ui/Question.tsx";
import { Skeleton } from "#client/ui/Skeleton.tsx";
import "#client/protected-time/outreach/outreach.css";

/** Form and map are three times what the first screen needs, which a weak signal has to carry first. */
const SessionForm = lazily(loadForm);
const CalendarUpload = lazily(loadUpload);

/**
 * Own sessions, phone first. The address says what is done, never where: fragments stay in a shared
 * phone's history.
 */
export function Outreach({ others }: { readonly others: OfOtherRooms }) {
  const { doing, leaving } = useDoing();
  // No confirming the calendar while an entry is open or unsent.
  const waiting = useStore(untold, (list) => list.length);
  const kept = useStore(keptCount, (count) => count);
  const isUnsent = waiting + kept > 0;
  const map = useShared(places);
  const saved = useShared(ownPlaces);
  const language = useDiary();
  useEffect(loadAhead, []);
  useEffect(() => void readDiary(), []);
  const kitWords = useMemo(
    () => (language.code === "en" ? null : (key: KitKey) => language.say(`kit.${key}`)),
    [language],
  );
  return (
    <KitWords value={kitWords}>
      <div className="outreach stack" lang={language.code === "en" ? undefined : language.tag}>
        <NotTold />
        {doing === "" && !isUnsent ? <ConfirmBar /> : null}
        {saved.status === "failed" ? (
          <p className="not-told stale pad-3-4 line-below stack start gap-2">
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
            title={say("leave.title")}
            yes={say("leave.stay")}
            no={say("leave.go")}
            onYes={leaving.stay}
            onNo={leaving.leave}
            onClose={leaving.stay}
          >
            <p>{say("leave.about")}</p>
          </Question>
        ) : null}
      </div>
    </KitWords>
  );
}

async function loadForm() {
  return (await import("#client/protected-time/session-form/SessionForm.tsx")).SessionForm;
}

async function loadUpload() {
  return (await import("#client/protected-time/upload/CalendarUpload.tsx")).CalendarUpload;
}

/** Preloads forms once the first screen is up: sessions are also added offline. */
function loadAhead(): void {
  Promise.all([loadForm(), loadUpload(), loadMoreInside()]).catch(() => undefined);
  if (readKept() !== null) void bringBack();
}

async function bringBack(): Promise<void> {
  const { resumeLetters } = await import("#client/protected-time/unsent/letters.ts");
  await resumeLetters();
}

/**
 * What the address asks for. A phone's Back must not lose what was typed: the form and its address
 * stay, and leaving is confirmed.
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
    /** Empty: the start page; else the form that is open. */
    doing: isUnsaved ? held : wanted,
    leaving: {
      isAsked,
      /** Leaves at once when nothing was typed. */
      ask: () => (unsaved.get() ? setAsked(true) : leave()),
      stay: () => setAsked(false),
      leave,
    },
  };
}

function NotTold() {
  const waiting = useStore(untold, (list) => list);
  const why = useStore(waitingFor, (state) => state);
  const kept = useStore(keptCount, (count) => count);
  if (waiting.length === 0) return null;
  const refused = waiting.filter(({ refusal }) => refusal !== null);
  return (
    <section
      className="not-told stale pad-3-4 line-below stack start gap-2"
      role="alert"
      aria-label={say("untold.title")}
    >
      <p className="row middle gap-2 lead">
        <Icon name="warning" /> <strong>{say("untold.title")}</strong>
      </p>
      <p>
        {refused.length === waiting.length
          ? say("untold.refused")
          : say(`untold.${kept >= waiting.length ? "kept" : why}`)}{" "}
        {say("untold.quick")} <IfOut />
      </p>
      <ul className="full">
        {waiting.map((entry) => (
          <li key={entry.id} className="row middle between gap-3">
            <span>
              {entry.words}
              {entry.refusal ? (
                <span className="field__error" lang={langOfEnglish()}>
                  {" "}
                  {entry.refusal}
                </span>
              ) : null}
            </span>
            <AskedButton
              button={{
                look: "quiet",
                label: say("untold.delete-one", { words: entry.words }),
                children: ` ${say("untold.delete")}`,
              }}
              title={say("untold.delete-ask")}
              no={say("keep")}
              yes={say("untold.delete")}
              onYes={() => dropUntold(entry.id)}
            >
              {say("untold.delete-about", { words: entry.words })}
            </AskedButton>
          </li>
        ))}
      </ul>
      <Button onClick={() => void sendUntold()}>{say("untold.try")}</Button>
    </section>
  );
}

function IfOut() {
  return <span>{withContact((contact) => say("untold.if-out", { contact }))}</span>;
}

/**
 * The form named by the address: `move:SESSION` changes all future dates, `date:SESSION:2021-12-02`
 * moves one. Changing an ended session would silently restart it, so a note is shown instead.
 */
function Form({ doing, onLeave }: Pick<SessionFormProps, "onLeave"> & { readonly doing: string }) {
  const [kind, sessionId, date = null] = doing.split(":");
  if (kind === "upload") return <CalendarUpload onLeave={onLeave} />;
  if (!(kind === "move" || (kind === "date" && date !== null))) {
    return <SessionForm moved={null} isNow={kind === "now"} onLeave={onLeave} />;
  }
  return (
    <Kept of={ownSessions} skeleton={<Skeleton fill />}>
      {(list) => {
        const moved = list.find(({ id }) => id === sessionId);
        if (moved && moved.endedAt === null) {
          const only = kind === "date" ? date : null;
          return <SessionForm moved={moved} date={only} onLeave={onLeave} />;
        }
        return (
          <EmptyState
            title={say("ended.title")}
            action={<Button onClick={onLeave}>{say("back")}</Button>}
          >
            {say("ended.about")}
          </EmptyState>
        );
      }}
    </Kept>
  );
}
