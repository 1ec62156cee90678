import { lazy, Suspense, useEffect, useState } from "react";
import { notePrints } from "#client/accounts/prints.ts";
import { useSession } from "#client/accounts/session-context.ts";
import { NarrowNotice } from "#client/app/NarrowNotice.tsx";
import { NoScreen } from "#client/app/NoScreen.tsx";
import { Notices } from "#client/app/Notices.tsx";
import { Rail } from "#client/app/Rail.tsx";
import { ScreenBoundary } from "#client/app/ScreenBoundary.tsx";
import { firstScreen, screensFor } from "#client/app/screens.ts";
import { TopBar } from "#client/app/TopBar.tsx";
import { useQuickExit } from "#client/app/use-quick-exit.ts";
import { namePage } from "#client/state/page-name.ts";
import { followPrintKey } from "#client/state/print.ts";
import { address, redirect } from "#client/state/url.ts";
import { useStore } from "#client/state/use-store.ts";
import { BarSlotContext } from "#client/ui/bar-slot.ts";
import { Skeleton } from "#client/ui/Skeleton.tsx";
import { useIsPhone } from "#client/ui/use-media.ts";
import "#client/app/frame.css";

const GivenNotice = lazy(async () => ({
  default: (await import("#client/app/GivenNotice.tsx")).GivenNotice,
}));
const FactorCleared = lazy(async () => ({
  default: (await import("#client/accounts/second-factor/FactorCleared.tsx")).FactorCleared,
}));

/** Rail, top bar and the one screen that the address names. */
export function Frame() {
  const { role, given, factorCleared } = useSession();
  const mine = screensFor(role);
  const screenId = useStore(address, (at) => at.screen);
  const isPhone = useIsPhone();
  const [barSlot, setBarSlot] = useState<HTMLElement | null>(null);
  const screen = mine.find((entry) => entry.id === screenId) ?? firstScreen(mine, isPhone);
  const needsAddress = screen !== undefined && screen.id !== screenId;

  useEffect(() => {
    if (needsAddress) redirect(screenId, screen.id);
  }, [needsAddress, screen, screenId]);
  useQuickExit(role === "partner");
  useEffect(followPrintKey, []);
  useEffect(notePrints, []);
  useEffect(() => {
    // What a partner has open is nobody's business who sees the phone.
    if (role === "partner") namePage(null);
    else namePage(screen ? `${screen.label} · Boxster` : "Boxster");
  }, [screen, role]);

  return (
    <div className="frame">
      <button type="button" className="frame__skip" onClick={skipToMain}>
        Skip to the screen
      </button>
      <Rail screens={mine} current={screen?.id ?? ""} />
      <TopBar screen={screen} onSlot={setBarSlot} />
      {screen?.id === "panel" ? null : (
        <>
          {role === "sergeant" ? <Notices /> : null}
          {given === null || role === "partner" ? null : (
            <Suspense>
              <GivenNotice />
            </Suspense>
          )}
        </>
      )}
      {factorCleared === null ? null : (
        <div className="frame__notices no-print">
          <Suspense>
            <FactorCleared />
          </Suspense>
        </div>
      )}
      <main className="frame__main" id="main" tabIndex={-1}>
        <BarSlotContext value={barSlot}>
          {screen === undefined ? (
            <NoScreen />
          ) : isPhone && !screen.worksNarrow ? (
            <NarrowNotice label={screen.label} narrow={mine.filter((each) => each.worksNarrow)} />
          ) : (
            <ScreenBoundary key={screen.id} label={screen.label}>
              <Suspense fallback={<Skeleton fill />}>
                <screen.Screen />
              </Suspense>
            </ScreenBoundary>
          )}
        </BarSlotContext>
      </main>
    </div>
  );
}

/** A button and not a link to `#main`: the fragment is the state of the view. */
function skipToMain() {
  document.getElementById("main")?.focus();
}
