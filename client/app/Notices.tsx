import { useEffect } from "react";
import { useSession } from "#client/accounts/session-context.ts";
import { errorFromFailure } from "#client/api/api-error.ts";
import { useShared } from "#client/api/use-resource.ts";
import { live } from "#client/live/refresh.ts";
import { confirmNotice, type Notice, notices, openNotices } from "#client/patrols/notices.ts";
import { keepClear } from "#client/protected-time/keep-clear.ts";
import { undoHistory } from "#client/state/undo.ts";
import { formatFragment } from "#client/state/url.ts";
import { useInterval } from "#client/state/use-interval.ts";
import { useStore } from "#client/state/use-store.ts";
import { Banner } from "#client/ui/Banner.tsx";
import { Button } from "#client/ui/Button.tsx";
import { formatTimeOfDay } from "#client/ui/format.ts";
import { showToast } from "#client/ui/toast-store.ts";
import { formatDay } from "#core/time/words.ts";

const askEveryMs = 60_000;

/**
 * Unconfirmed short-notice changes, above every sergeant screen but the panel's, which residents
 * may be looking at.
 */
export function Notices() {
  const open = openNotices(useShared(notices));
  const { asAt, role } = useSession();
  const who = role === "warden" ? "your units" : "officers on duty";
  const isLive = useStore(live, (state) => state === "on");
  useInterval(notices.reload, isLive ? null : askEveryMs);
  // Back from a screen or tab without them: do not wait another minute.
  useEffect(() => {
    notices.reload();
    window.addEventListener("focus", notices.reload);
    return () => window.removeEventListener("focus", notices.reload);
  }, []);
  const key = open.map(({ id }) => id).join();
  // The hatch has changed too; when live, the stream reports that.
  useEffect(() => {
    if (key !== "" && !isLive) keepClear.reload();
  }, [key, isLive]);
  if (open.length === 0) return null;
  const todayAddress = formatFragment({ screen: "plan", params: { from: asAt } });
  const confirm = async (id: string) => {
    try {
      await confirmNotice(id);
      undoHistory.end();
      showToast("Confirmed");
    } catch (cause) {
      const { title, detail } = errorFromFailure(cause);
      showToast(`${title}. ${detail}`);
    }
    notices.reload();
  };
  return (
    <div className="frame__notices no-print stack gap-1">
      {open.map((notice) => (
        <Banner
          key={notice.id}
          kind="warning"
          action={
            <Button onClick={() => void confirm(notice.id)}>
              I have told {role === "warden" ? "them" : who}
            </Button>
          }
        >
          {notice.sentence} Tell {who}, then confirm.{" "}
          <a href={todayAddress}>See keep-clear times from today</a>
          {notice.windows.length > 0 ? <LostPatrols windows={notice.windows} /> : null}
        </Banner>
      ))}
    </div>
  );
}

/** When, where and who was to go; never why the patrol was lost. */
function LostPatrols({ windows }: { readonly windows: Notice["windows"] }) {
  return (
    <ul className="frame__lost" aria-label="No longer available">
      {windows.map(({ planId, windowId, start, end, place, unit }) => (
        <li key={`${planId} ${windowId}`}>
          {formatDay(start.slice(0, 10))}, {formatTimeOfDay(start)} to {formatTimeOfDay(end)},{" "}
          {place}, unit {unit}
        </li>
      ))}
    </ul>
  );
}
