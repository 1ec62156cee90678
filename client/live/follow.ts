import { live, tellLookers } from "#client/live/refresh.ts";
import { beatEveryMs } from "#core/live.ts";

/** After this silence the connection is dead, whatever the browser says. */
const silentMs = 2.5 * beatEveryMs;
/** A phone in a pocket wakes for each. */
const lookEveryMs = 15_000;
/** A hidden page closes its stream: a browser allows six in all. */
const outOfSightMs = 30_000;
/** A phone that slept this long may have lost the stream unnoticed. */
const sleptMs = 10_000;
const firstPauseMs = 3_000;
const longestPauseMs = 60_000;

export interface LiveOptions {
  /** Changes after this moment of the server's clock are reported. */
  readonly since: number;
  readonly onRefused: () => void;
}

/** Connected while the page is visible. Returns a function to stop. */
export function followLive({ since, onRefused }: LiveOptions): () => void {
  let heardOf = since;
  let heardAt = Date.now();
  let hiddenAt: number | null = null;
  let comeBackAt = 0;
  let pauseMs = firstPauseMs;
  let line: EventSource | null = null;
  let back: ReturnType<typeof setTimeout> | undefined;

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
      // Browsers reconnect after a lost connection, not after a refusal.
      if (mine.readyState !== EventSource.CLOSED || line !== mine) return;
      close();
      comeBackAt = Date.now() + pauseMs;
      clearTimeout(back);
      back = setTimeout(look, pauseMs);
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
    // Visible again: reconnect at once, from the last event.
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
    clearTimeout(back);
    document.removeEventListener("visibilitychange", onSight);
    window.removeEventListener("online", openAnew);
    window.removeEventListener("pagehide", close);
    close();
  };
}
