import { live, tellLookers } from "#client/live/refresh.ts";
import { beatEveryMs } from "#core/live.ts";

/** A line that says nothing for so long is dead, whatever the browser thinks of it. */
const silentMs = 2.5 * beatEveryMs;
const lookEveryMs = 5_000;
/** A page out of sight lets go of its line: a browser has six for all of its pages. */
const outOfSightMs = 30_000;
/** A phone that slept for so long may have lost its line without a word: its timers stood still as well. */
const sleptMs = 10_000;
const firstPauseMs = 3_000;
const longestPauseMs = 60_000;

export interface LiveOptions {
  /** What has changed from this moment of the server's clock on is told. */
  readonly since: number;
  /** The server lets this page listen no longer: its session may be over. */
  readonly onRefused: () => void;
}

/** Listens for as long as the page is in sight; returns what ends it. */
export function followLive({ since, onRefused }: LiveOptions): () => void {
  let heardOf = since;
  let heardAt = Date.now();
  let hiddenAt: number | null = null;
  let comeBackAt = 0;
  let pauseMs = firstPauseMs;
  let line: EventSource | null = null;

  const hear = (event: MessageEvent<string>) => {
    heardAt = Date.now();
    heardOf = Math.max(heardOf, Number(event.lastEventId) || 0);
    pauseMs = firstPauseMs;
    live.set(() => "on");
  };
  const close = () => {
    line?.close();
    line = null;
    live.set(() => "off");
  };
  const open = () => {
    if (line || document.hidden || Date.now() < comeBackAt) return;
    heardAt = Date.now();
    const mine = new EventSource(`/api/live?since=${heardOf}`);
    line = mine;
    mine.addEventListener("beat", hear);
    mine.addEventListener("look", (event) => {
      hear(event);
      tellLookers(event.data);
    });
    mine.addEventListener("error", () => {
      live.set(() => "off");
      // Lost on the way the browser comes back by itself; refused it does not.
      if (mine.readyState !== EventSource.CLOSED || line !== mine) return;
      close();
      comeBackAt = Date.now() + pauseMs;
      pauseMs = Math.min(longestPauseMs, 2 * pauseMs);
      onRefused();
    });
  };
  const look = () => {
    if (line && Date.now() - heardAt > silentMs) close();
    if (line && hiddenAt !== null && Date.now() - hiddenAt > outOfSightMs) close();
    open();
  };
  const openAnew = () => {
    comeBackAt = 0;
    close();
    open();
  };
  const onSight = () => {
    if (document.hidden) {
      hiddenAt = Date.now();
      return;
    }
    const hasSlept = hiddenAt !== null && Date.now() - hiddenAt >= sleptMs;
    hiddenAt = null;
    // Somebody looks: at once, and from what was heard last on.
    if (hasSlept || comeBackAt > Date.now()) openAnew();
    else look();
  };
  const timer = setInterval(look, lookEveryMs);
  document.addEventListener("visibilitychange", onSight);
  window.addEventListener("online", openAnew);
  window.addEventListener("pagehide", close);
  open();
  return () => {
    clearInterval(timer);
    document.removeEventListener("visibilitychange", onSight);
    window.removeEventListener("online", openAnew);
    window.removeEventListener("pagehide", close);
    close();
  };
}
