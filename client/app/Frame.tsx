import { Activity, Suspense, useEffect, useRef, useState } from "react";
import { notePrints } from "#client/accounts/prints.ts";
import { endSessionOnLeaving } from "#client/accounts/session.ts";
import { useSession } from "#client/accounts/session-context.ts";
import { loadSignInAhead } from "#client/accounts/sign-in/load-sign-in.ts";
import { hasValue } from "#client/api/resource.ts";
import { useShared } from "#client/api/use-resource.ts";
import { clockState } from "#client/app/clock-state.ts";
import { Notices } from "#client/app/Notices.tsx";
import { firstScreen, type ScreenEntry, screensFor } from "#client/app/screens.ts";
import { TopBar } from "#client/app/TopBar.tsx";
import { newerPage } from "#client/state/newer-page.ts";
import { hasOpened, longestWaitMs, noteOpened } from "#client/state/opened.ts";
import { namePage } from "#client/state/page-name.ts";
import { followPrints } from "#client/state/print.ts";
import { leaveQuickly, quickExit, watchEscapes } from "#client/state/quick-exit.ts";
import { address, backToScreen, navigate, redirect } from "#client/state/url.ts";
import { useInterval } from "#client/state/use-interval.ts";
import { useStore } from "#client/state/use-store.ts";
import { Banner } from "#client/ui/Banner.tsx";
import { BarSlotContext } from "#client/ui/BarControls.tsx";
import { Boundary } from "#client/ui/Boundary.tsx";
import { Button } from "#client/ui/Button.tsx";
import { EmptyState } from "#client/ui/EmptyState.tsx";
import { Icon } from "#client/ui/Icon.tsx";
import { lazily } from "#client/ui/lazily.ts";
import { Skeleton } from "#client/ui/Skeleton.tsx";
import { showToast } from "#client/ui/toast-store.ts";
import { useIsHandheld, useIsPhone } from "#client/ui/use-media.ts";
import type { Role } from "#core/role.ts";
import "#client/app/frame.css";
import "#client/app/rail.css";

const ClockNotice = lazily(async () => (await import("#client/app/ClockNotice.tsx")).ClockNotice);
const GivenNotice = lazily(async () => (await import("#client/app/GivenNotice.tsx")).GivenNotice);
const PoliceOpenings = lazily(
  async () => (await import("#client/accounts/openings/PoliceOpenings.tsx")).PoliceOpenings,
);
const FactorCleared = lazily(
  async () => (await import("#client/accounts/second-factor/FactorCleared.tsx")).FactorCleared,
);

export function Frame() {
  const { role, factorCleared } = useSession();
  const mine = screensFor(role);
  const screenId = useStore(address, (at) => at.screen);
  const isPhone = useIsPhone();
  const isHandheld = useIsHandheld();
  const [barSlot, setBarSlot] = useState<HTMLElement | null>(null);
  const screen = mine.find((entry) => entry.id === screenId) ?? firstScreen(mine, isHandheld);
  const needsAddress = screen !== undefined && screen.id !== screenId;

  useEffect(() => {
    if (!needsAddress) return;
    redirect(screenId, screen.id);
    if (screenId) showToast(`You have no screen for that link: here is ${screen.label}.`);
  }, [needsAddress, screen, screenId]);
  useQuickExit(role === "partner");
  useEffect(followPrints, []);
  useEffect(notePrints, []);
  useEffect(() => {
    // The title must not show onlookers what a partner has open.
    if (role === "partner") namePage(null);
    else namePage(screen ? `${screen.label} · Boxster` : "Boxster");
  }, [screen, role]);

  return (
    <div className="frame">
      <button type="button" className="frame__skip" onClick={skipToMain}>
        Skip to the screen
      </button>
      {screen?.id === "hotspots" ? (
        <button type="button" className="frame__skip" onClick={skipToList}>
          Skip to the list
        </button>
      ) : null}
      <Rail screens={mine} current={screen?.id ?? ""} />
      <TopBar screen={screen} onSlot={setBarSlot} />
      <div className="frame__notices no-print stack gap-1">
        {screen?.id === "panel" ? null : <Told role={role} />}
        {factorCleared === null ? null : (
          <Suspense>
            <FactorCleared />
          </Suspense>
        )}
      </div>
      <main className="frame__main" id="main" tabIndex={-1}>
        <BarSlotContext value={barSlot}>
          {screen === undefined ? (
            <NoScreen />
          ) : isPhone && !screen.worksNarrow ? (
            <NarrowNotice label={screen.label} narrow={mine.filter((each) => each.worksNarrow)} />
          ) : (
            <Screens mine={mine} current={screen} />
          )}
        </BarSlotContext>
      </main>
    </div>
  );
}

/** Late changes first and at once; the clock and requests for police accounts beside a screen, not before it. */
function Told({ role }: { readonly role: Role }) {
  const { given } = useSession();
  const isOpen = useStore(hasOpened, (state) => state);
  useEffect(() => {
    const timer = setTimeout(noteOpened, longestWaitMs);
    return () => clearTimeout(timer);
  }, []);
  return (
    <>
      {role === "sergeant" || role === "warden" ? <Notices /> : null}
      {isOpen ? <Clock role={role} /> : null}
      {isOpen && role === "sergeant" ? (
        <Suspense>
          <PoliceOpenings />
        </Suspense>
      ) : null}
      {given === null || role === "partner" ? null : (
        <Suspense>
          <GivenNotice />
        </Suspense>
      )}
      <Newer />
    </>
  );
}

/** Hotspots stays mounted out of sight, so that its list is there at once on coming back. */
function Screens({
  mine,
  current,
}: {
  readonly mine: readonly ScreenEntry[];
  readonly current: ScreenEntry;
}) {
  const wasOpen = useRef(false);
  const isHotspots = current.id === "hotspots";
  if (isHotspots) wasOpen.current = true;
  const hotspots = wasOpen.current ? mine.find(({ id }) => id === "hotspots") : undefined;
  return (
    <>
      {hotspots ? (
        <Activity mode={isHotspots ? "visible" : "hidden"}>
          <OneScreen screen={hotspots} />
        </Activity>
      ) : null}
      {isHotspots ? null : <OneScreen key={current.id} screen={current} />}
    </>
  );
}

function OneScreen({ screen }: { readonly screen: ScreenEntry }) {
  return (
    <Boundary
      title={`${screen.label} has stopped`}
      detail="Saved work is not lost. Retry, or reload the page."
    >
      <Suspense fallback={<Skeleton fill />}>
        <screen.Screen />
        <Opened />
      </Suspense>
    </Boundary>
  );
}

function Opened() {
  useEffect(noteOpened, []);
  return null;
}

function Newer() {
  const load = useStore(newerPage, (state) => state);
  return load === null ? null : (
    <Banner kind="note" action={<Button onClick={load}>Load it</Button>}>
      A newer version of this page is ready. Finish what you are doing, then load it.
    </Banner>
  );
}

const tellsOfClock = new Set<Role>(["admin", "sergeant", "analyst", "partner", "coordinator"]);
const clockEveryMs = 300_000;

function Clock({ role }: { readonly role: Role }) {
  return tellsOfClock.has(role) ? <KnownClock /> : null;
}

function KnownClock() {
  const state = useShared(clockState);
  useInterval(clockState.reload, clockEveryMs);
  if (!hasValue(state)) return null;
  const { clock, disk } = state.value;
  return clock === null && disk === null ? null : (
    <Suspense>
      <ClockNotice {...state.value} />
    </Suspense>
  );
}

/** A button and not a link to `#main`: the fragment is the state of the view. */
function skipToMain() {
  document.getElementById("main")?.focus();
}

function skipToList() {
  document.querySelector<HTMLElement>('.hotspots__table tr[tabindex="0"]')?.focus();
}

function NoScreen() {
  return (
    <EmptyState title="No screen for this role">
      There is no screen for this role. Sign out from the menu at the top right and choose another
      role.
    </EmptyState>
  );
}

/** For partners: one tap, or Escape twice, from anywhere in the page. */
function useQuickExit(isOffered: boolean): void {
  useEffect(() => {
    if (!isOffered) return;
    quickExit.set((state) => ({ ...state, isOffered: true, endSession: endSessionOnLeaving }));
    loadSignInAhead();
    const stop = watchEscapes(() => leaveQuickly(endSessionOnLeaving));
    return () => {
      stop();
      quickExit.set((state) => ({ ...state, isOffered: false }));
    };
  }, [isOffered]);
}

interface NarrowNoticeProps {
  readonly label: string;
  readonly narrow: readonly ScreenEntry[];
}

function NarrowNotice({ label, narrow }: NarrowNoticeProps) {
  return (
    <EmptyState
      title={`${label} needs a wider screen`}
      action={narrow.map((screen) => (
        <Button
          key={screen.id}
          look="filled"
          icon={screen.icon}
          onClick={() => navigate(screen.id)}
        >
          {screen.label}
        </Button>
      ))}
    >
      Turn the phone, or open it on a tablet or desk computer.
      {narrow.length > 0
        ? ` On a phone you can use: ${narrow.map((screen) => screen.label).join(", ")}.`
        : null}
    </EmptyState>
  );
}

interface RailProps {
  readonly screens: readonly ScreenEntry[];
  readonly current: string;
}

function Rail({ screens, current }: RailProps) {
  return (
    <nav className={screens.length > 1 ? "rail" : "rail rail--single"} aria-label="Screens">
      <ul className="rail__list stack gap-1">
        {screens.map((screen) => (
          <li key={screen.id}>
            <a
              className="rail__link stack middle gap-1 quiet small"
              href={`#/${screen.id}`}
              aria-current={screen.id === current ? "page" : undefined}
              onClick={(event) => {
                if (event.metaKey || event.ctrlKey || event.shiftKey) return;
                event.preventDefault();
                if (screen.id !== current) navigate(screen.id);
                else backToScreen(screen.id);
              }}
            >
              <Icon name={screen.icon} />
              {screen.label}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
