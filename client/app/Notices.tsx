import { useEffect } from "react";
import { useSession } from "#client/accounts/session-context.ts";
import { errorFromFailure } from "#client/api/api-error.ts";
import { hasValue } from "#client/api/resource.ts";
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
    if (hasValue(notices.store.get())) notices.reload();
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
  return open.map((notice) => (
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
      <a href={todayAddress}>
        {notice.by === "sergeant" ? "See your plan" : "See keep-clear times from today"}
      </a>
      {notice.windows.length > 0 ? <ChangedPatrols {...notice} /> : null}
    </Banner>
  ));
}

/** When, where and who was to go; never why the patrol was lost or changed. */
function ChangedPatrols({ windows, by }: Notice) {
  return (
    <ul
      className="frame__lost row wrap medium"
      aria-label={by ? "Changed by the sergeant" : "No longer available"}
    >
      {windows.map(({ planId, windowId, place, patrolPartner, now, ...was }) => (
        <li key={`${planId} ${windowId}`}>
          {formatDay(was.start.slice(0, 10))}, {hoursOf(was)}, {place}, unit {was.unit}
          {patrolPartner === undefined ? "" : ` of ${patrolPartner}`}
          {by ? `: ${nowWords(was, now)}` : ""}
        </li>
      ))}
    </ul>
  );
}

type Hours = Pick<Notice["windows"][number], "start" | "end" | "unit">;

const hoursOf = ({ start, end }: Hours) => `${formatTimeOfDay(start)} to ${formatTimeOfDay(end)}`;

function nowWords(was: Hours, now: Hours | null | undefined): string {
  if (!now) return "no longer approved";
  const isOtherDay = now.start.slice(0, 10) !== was.start.slice(0, 10);
  const day = isOtherDay ? `${formatDay(now.start.slice(0, 10))}, ` : "";
  return `now ${day}${hoursOf(now)}, unit ${now.unit}`;
}
