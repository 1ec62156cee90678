import { useEffect, useRef, useState } from "react";
import { NotifyPhone } from "#client/accounts/push/NotifyPhone.tsx";
import { useSession } from "#client/accounts/session-context.ts";
import { forgetOnSignOut } from "#client/api/private-data.ts";
import { hasValue } from "#client/api/resource.ts";
import { useFetched } from "#client/api/use-resource.ts";
import { live, useLook } from "#client/live/refresh.ts";
import { useNow } from "#client/patrols/now.ts";
import { openPage } from "#client/patrols/plan-pages.ts";
import { timesOf } from "#client/patrols/plan-words.ts";
import { alarm } from "#client/patrols/police/alarm.ts";
import { loadPlans } from "#client/patrols/use-plan.ts";
import { useUnitTitle } from "#client/patrols/wardens/patrol-partners.ts";
import { createStore } from "#client/state/store.ts";
import { useInterval } from "#client/state/use-interval.ts";
import { useStore } from "#client/state/use-store.ts";
import { Button } from "#client/ui/Button.tsx";
import { classNames } from "#client/ui/class-names.ts";
import { Icon } from "#client/ui/Icon.tsx";
import { useDelay } from "#client/ui/Loaded.tsx";
import { notifiedRoles } from "#core/accounts/wire/push.ts";
import { tonightHours } from "#core/patrols/duty/tonight.ts";
import type { PlansReply } from "#core/patrols/wire/board.ts";
import type { WindowReply } from "#core/patrols/wire/plan.ts";
import { addDays, hourMs } from "#core/time/zone.ts";
import "#client/patrols/police/police.css";

export interface TonightProps {
  /** Out: what to do. At the desk: whom to tell. */
  readonly isOut: boolean;
  /** On a phone, also lists valid windows; the board has them in its week. */
  readonly withList: boolean;
}

export function Tonight({ isOut, withList }: TonightProps) {
  const { asAt, role } = useSession();
  const now = useNow();
  // Yesterday's last shift may still be out.
  const { resource, reload } = useFetched(`tonight ${asAt}`, (signal) =>
    loadPlans(role, addDays(asAt, -1), 2, signal),
  );
  useLook("plan", hasValue(resource) ? resource.at : null, reload);
  const isLive = useStore(live, (state) => state === "on");
  useInterval(reload, isLive ? null : askEveryMs);
  // Tonight depends on the clock.
  const [, tick] = useState(0);
  useInterval(() => tick((count) => count + 1), lookAtClockMs);
  const read = useStore(understood, (keys) => keys);
  const windows = hasValue(resource) ? outWindows(resource.value, now()) : [];
  const gone = windows.filter(({ key, word }) => word !== "go" && !read.has(key));
  useAlarm(gone);
  const isCutOff = useDelay(!isLive, patienceMs);
  return (
    <div className="tonight no-print">
      {gone.length > 0 ? <CallOff gone={gone} isOut={isOut} /> : null}
      {withList ? (
        <PhoneList
          standing={hasValue(resource) ? windows.filter(({ word }) => word === "go") : null}
          isCutOff={isCutOff}
          isPolice={role !== "warden"}
          isNotified={notifiedRoles.some((one) => one === role)}
        />
      ) : null}
    </div>
  );
}

/** Once for each, those already there when the page opened included. */
function useAlarm(gone: readonly OutWindow[]): void {
  const heard = useRef(new Set<string>());
  const fresh = gone.filter(({ key }) => !heard.current.has(key));
  const key = fresh.map((one) => one.key).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for them.
  useEffect(() => {
    if (fresh.length === 0) return;
    for (const one of fresh) heard.current.add(one.key);
    alarm();
  }, [key]);
}

function CallOff({
  gone,
  isOut,
}: {
  readonly gone: readonly OutWindow[];
  readonly isOut: boolean;
}) {
  const titleOf = useUnitTitle();
  const isToLeave = gone.some(({ word }) => word === "leave");
  const done = () =>
    understood.set((before) => new Set([...before, ...gone.map(({ key }) => key)]));
  return (
    <section
      className={classNames("call-off", !isOut && "call-off--desk")}
      role="alert"
      aria-label="Called off"
    >
      <h2 className="call-off__title">
        <Icon name="warning" /> {isToLeave ? "Called off: leave now" : "Called off: do not go"}
      </h2>
      <ul>
        {gone.map(({ key, window, word }) => (
          <li key={key}>
            <strong>{titleOf(window)}</strong>, {window.place}
            {word === "leave" ? ": leave now" : `, ${timesOf(window)}: do not go`}
          </li>
        ))}
      </ul>
      <p>{isOut ? wordsForPatrol : wordsForDesk}</p>
      <Button look="filled" icon="check" onClick={done}>
        {isOut ? "Understood" : "They know"}
      </Button>
    </section>
  );
}

function PhoneList({
  standing,
  isCutOff,
  isPolice,
  isNotified,
}: {
  /** Null: not loaded. */
  readonly standing: readonly OutWindow[] | null;
  readonly isCutOff: boolean;
  readonly isPolice: boolean;
  readonly isNotified: boolean;
}) {
  const titleOf = useUnitTitle();
  return (
    <section className="tonight__list stack gap-2" aria-label="Tonight">
      <h2>Tonight</h2>
      {isCutOff ? (
        <p role="alert">
          <strong>No contact with the server.</strong> A patrol may have been called off. Call the
          desk before you go.
        </p>
      ) : null}
      {standing === null ? (
        <p className="quiet">Not loaded yet.</p>
      ) : standing.length === 0 ? (
        <p className="quiet">No approved patrol in the next 12 hours.</p>
      ) : (
        <ul>
          {standing.map(({ key, window }) => (
            <li key={key}>
              <Icon name="check" /> {titleOf(window)}, {timesOf(window)}, {window.place}
            </li>
          ))}
        </ul>
      )}
      <p className="quiet">
        Updates by itself while open and the phone is awake. It sounds when a patrol is called off,
        if the phone allows.
      </p>
      <div className="row wrap start gap-2-3">
        <Button onClick={() => openPage("ask")}>Check a place and time</Button>
        {isPolice ? <Button onClick={() => openPage("attended")}>Log an emergency</Button> : null}
        <Button look="quiet" onClick={alarm}>
          Test the sound
        </Button>
      </div>
      {isNotified ? <NotifyPhone /> : null}
    </section>
  );
}

interface OutWindow {
  readonly key: string;
  readonly planId: string;
  readonly window: WindowReply;
  /** `leave`: under way and ended. `stay-away`: not begun, cancelled. `go`: valid. */
  readonly word: "leave" | "stay-away" | "go";
}

/** Tonight's valid and lost windows, those to leave first. Never why. */
function outWindows({ plans }: Pick<PlansReply, "plans">, now: number): OutWindow[] {
  const rank = { leave: 0, "stay-away": 1, go: 2 };
  return plans
    .flatMap((plan) =>
      plan.windows.flatMap((window): OutWindow[] => {
        const word = wordOf(window, now);
        if (word === null) return [];
        const key = `${plan.id} ${window.id} ${window.status} ${window.end}`;
        return [{ key, planId: plan.id ?? "", window, word }];
      }),
    )
    .sort(
      (a, b) =>
        rank[a.word] - rank[b.word] || Date.parse(a.window.start) - Date.parse(b.window.start),
    );
}

function wordOf(window: WindowReply, now: number): OutWindow["word"] | null {
  const start = Date.parse(window.start);
  const end = Date.parse(window.end);
  const isSoon = start < now + tonightHours * hourMs;
  switch (window.status) {
    // `end` is when it was called off.
    case "called_off":
      return end <= now + hourMs && end > now - shownHours * hourMs ? "leave" : null;
    case "unavailable":
      return isSoon && end > now ? "stay-away" : null;
    case "agreed":
      return isSoon && end > now ? "go" : null;
    case "suggested":
    case "withdrawn":
      return null;
  }
}

/** Acknowledged on this phone. */
const understood = createStore<ReadonlySet<string>>(new Set());

forgetOnSignOut(() => understood.set(() => new Set()));

const lookAtClockMs = 30_000;

/** A connection that is begun anew says nothing. */
const patienceMs = 10_000;

/** Polling interval without a live connection. */
const askEveryMs = 60_000;

/** A cancelled patrol is shown until every unit has surely left. */
const shownHours = 2;

const wordsForPatrol =
  "Leave by the shortest way. Go on to your next patrol or call the desk. Do not come back until the desk says so. The printed sheet is no longer valid. An emergency call always comes first.";

const wordsForDesk =
  "Tell the unit now: leave by the shortest way and do not come back until you say so. The printed sheet is no longer valid. An emergency call always comes first.";
