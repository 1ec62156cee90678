import { lazy, Suspense, useState } from "react";
import { useSession } from "#client/accounts/session-context.ts";
import { openPage } from "#client/patrols/plan-pages.tsx";
import { formatMinutes } from "#client/patrols/plan-words.ts";
import { alarm, useAlarm, useTick } from "#client/patrols/tonight/alarm.ts";
import { NextStep } from "#client/patrols/tonight/NextStep.tsx";
import { isOwnUnit, useOwnUnit } from "#client/patrols/tonight/own-unit.ts";
import {
  canBeLocated,
  type Here,
  switchPositionOff,
  switchPositionOn,
  useHere,
} from "#client/patrols/tonight/position.ts";
import { RefusedTaps } from "#client/patrols/tonight/RefusedTaps.tsx";
import type { NightActs } from "#client/patrols/tonight/StepParts.tsx";
import { answerLeft, arrive, leave, see, takeBack } from "#client/patrols/tonight/taps.ts";
import { type TonightView, useTonight } from "#client/patrols/tonight/use-tonight.ts";
import { Walk } from "#client/patrols/tonight/Walk.tsx";
import { useUnitTitle } from "#client/patrols/wardens/patrol-partners.ts";
import { Button, type ButtonProps } from "#client/ui/Button.tsx";
import { Check } from "#client/ui/Check.tsx";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { Icon } from "#client/ui/Icon.tsx";
import { notifiedRoles } from "#core/accounts/wire/push.ts";
import { type Night, nightOf, unitKey, unitsOf, type WalkStop } from "#core/patrols/duty/night.ts";
import { formatCount, formatQuantity } from "#core/text/numbers.ts";
import "#client/patrols/tonight/call-off.css";
import "#client/patrols/tonight/tonight.css";

/** Without a signal it is left out: the walk stays. */
const NotifyPhone = lazy(() =>
  import("#client/accounts/push/NotifyPhone.tsx").then(
    ({ NotifyPhone: shown }) => ({ default: shown }),
    () => ({ default: () => null }),
  ),
);

/** A unit's phone: what to do next, and the whole walk below; once tonight is told, the rest. */
export function TonightPhone({ isTold }: { readonly isTold: boolean }) {
  const { role } = useSession();
  return (
    <section className="tonight stack gap-3 no-print" aria-label="Tonight">
      <h2>Tonight</h2>
      <Own />
      <div className="tonight__more stack gap-3">
        <div className="row wrap start gap-2-3">
          <Button onClick={() => openPage("ask")}>Check a place and time</Button>
          {role === "warden" ? null : (
            <Button onClick={() => openPage("attended")}>Log an emergency</Button>
          )}
          <Button look="quiet" onClick={alarm}>
            Test the sound
          </Button>
        </div>
        <p className="quiet">
          Updates by itself while open and the phone is awake. It sounds when a patrol is called
          off, if the phone allows.
        </p>
        {isTold && notifiedRoles.some((one) => one === role) ? (
          <Suspense>
            <NotifyPhone />
          </Suspense>
        ) : null}
      </div>
    </section>
  );
}

function Own() {
  const view = useTonight();
  const { reply, contact } = view;
  const { role } = useSession();
  const titleOf = useUnitTitle();
  const [goTo, setGoTo] = useState<string | null>(null);
  const [unanswered, setUnanswered] = useState<string | null>(null);
  useTick();
  const now = view.now();
  const units = reply ? unitsOf(reply).filter((who) => isOwnUnit(role, who)) : [];
  const { own, choose } = useOwnUnit(units, now);
  const nights = reply ? units.map((who) => nightOf(reply, who, now, goTo, unanswered)) : [];
  const night = nights.find(({ who }) => who === own);
  useAlarm(nights.filter((one) => own === null || one === night).flatMap(({ unseen }) => unseen));
  const isUnsure = contact?.state === "unsure";
  const open = night && !isUnsure ? openStops(night, now) : [];
  const near = useHere(open.map(({ stop }) => stop));
  if (reply === null) return <NotLoaded view={view} />;
  if (units.length === 0) return <p>No approved patrol in the next 12 hours.</p>;
  return (
    <>
      {units.length > 1 ? (
        <fieldset className="tonight__units">
          <legend>{own ? "Unit" : "Which unit are you?"}</legend>
          <div className="row wrap gap-2">
            {nights.map(({ who, unseen }) => (
              <Button
                key={unitKey(who)}
                aria-pressed={who === own}
                {...iconOf(who === own, unseen.length > 0)}
                onClick={() => choose(who)}
              >
                {titleOf(who)}
                {unseen.length > 0 ? ": called off" : ""}
              </Button>
            ))}
          </div>
        </fieldset>
      ) : null}
      <Contact view={view} />
      {night ? (
        <>
          <NextStep
            {...{ night, now, isUnsure, acts: actsOf(night, setGoTo, setUnanswered) }}
            here={
              near.near?.isHere ? (open.find(({ stop }) => stop === near.near?.stop) ?? null) : null
            }
            desk={reply.contact}
          />
          <Walk night={night} now={now} isUnsure={isUnsure} onChoose={setGoTo} />
          <Position here={near} />
        </>
      ) : null}
    </>
  );
}

/** Where it may be now: never a stop whose time has not come, or is over. */
function openStops({ walk, phase }: Night, now: number): readonly WalkStop[] {
  if (phase.kind !== "go" && phase.kind !== "full") return [];
  return walk.filter(
    ({ state, stop, window }) =>
      state === "ahead" && !stop.isFull && Date.parse(window.start) <= now,
  );
}

function iconOf(isOwn: boolean, isLost: boolean): Pick<ButtonProps, "icon"> {
  if (isLost) return { icon: "warning" };
  return isOwn ? { icon: "check" } : {};
}

function actsOf(
  night: Night,
  choose: (key: string) => void,
  cannotSay: (key: string) => void,
): NightActs {
  return {
    arrive: ({ window: { planId, id, unit }, stop: { order } }) =>
      arrive({ planId, windowId: id, order }, unit),
    leave,
    left: answerLeft,
    cannotSay,
    takeBack,
    seen: (there) => {
      if (there) leave(there);
      see(night.unseen.map(({ planId, id }) => ({ planId, windowId: id })));
    },
    choose,
  };
}

function NotLoaded({ view: { resource, reload } }: { readonly view: TonightView }) {
  return resource.status === "failed" ? (
    <ErrorNote title={resource.error.title} detail={resource.error.detail} onRetry={reload} />
  ) : (
    <p className="quiet">Not loaded yet.</p>
  );
}

/** How old what is shown is, once that matters; taps that wait, and those that were refused. */
function Contact({ view }: { readonly view: TonightView }) {
  const { resource, contact, unsent, refused, acknowledge } = view;
  const isCutOff = resource.status === "stale" || contact?.state !== "fresh";
  return (
    <>
      {isCutOff && contact ? (
        <div className="banner banner--stale">
          <Icon name="warning" />
          <p>
            <strong role="status">No contact with the server.</strong> This is from{" "}
            {formatMinutes(contact.minutes)} ago. A patrol may have been called off.
          </p>
        </div>
      ) : null}
      {unsent > 0 ? (
        <p className="quiet">
          {formatQuantity(unsent, "tap")} not sent yet: sent by itself once there is a signal.
        </p>
      ) : null}
      <RefusedTaps refused={refused} acknowledge={acknowledge} />
    </>
  );
}

/** Asked for by a tap, and only of stops of the own plan. */
function Position({ here }: { readonly here: Here }) {
  if (!canBeLocated()) return null;
  const isOn = here.state !== "off" && here.state !== "denied";
  return (
    <div className="tonight__position">
      <Check isChecked={isOn} onChange={(on) => (on ? switchPositionOn() : switchPositionOff())}>
        Show when I am at a stop
      </Check>
      <p className="quiet" role="status">
        {positionWords(here)}
      </p>
    </div>
  );
}

function positionWords({ state, near, roughM }: Here): string {
  switch (state) {
    case "off":
      return "Uses this phone’s position, which stays on this phone.";
    case "denied":
      return "Position is blocked. Allow it for Boxster in the browser’s settings.";
    case "waiting":
      return "Looking for your position.";
    case "unavailable":
      return "No position here. Go by the name of the stop.";
    case "on":
      if (roughM !== null) {
        return `Your position is known to ${formatCount(roughM)} m only: go by the name of the stop.`;
      }
      if (near === null) return "On. It stays on this phone.";
      return near.isHere
        ? `You are at ${near.stop.place}.`
        : `Nearest of your stops: ${near.stop.place}, about ${formatCount(Math.max(10, Math.round(near.metres / 10) * 10))} m.`;
  }
}
