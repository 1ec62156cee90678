/** A screen that nobody touched for so long is locked. */
export const idleLockMs = 10 * 60_000;
const lookEveryMs = 5_000;
const tellEveryMs = 10_000;

/** How many pages here are shown to a hall. */
let shows = 0;

/**
 * While it holds, nobody's silence locks the screen: for what is public and shown to a room, where a lock would lie
 * over it and could not be lifted without a network. Answers how to end it; from then on the ten minutes begin again.
 */
export function holdIdleLock(): () => void {
  shows += 1;
  let isOver = false;
  return () => {
    if (!isOver) shows -= 1;
    isOver = true;
  };
}

const signs = ["pointerdown", "pointermove", "keydown", "wheel", "touchstart"] as const;

/**
 * Calls back once nobody has touched this browser's pages for ten minutes. By the clock and not by
 * a timer of that length: a lid that was closed in between stops timers. Pages tell each other,
 * for the session is one for all of them.
 */
export function watchIdle(onIdle: () => void): () => void {
  let lastAt = Date.now();
  let toldAt = 0;
  const others = new BroadcastChannel("boxster-touched");
  others.addEventListener("message", () => {
    lastAt = Date.now();
  });
  const touch = () => {
    lastAt = Date.now();
    if (lastAt - toldAt < tellEveryMs) return;
    toldAt = lastAt;
    others.postMessage("touched");
  };
  const look = () => {
    // Another page of the same session must not lock what a hall is shown either.
    if (shows > 0) touch();
    else if (Date.now() - lastAt >= idleLockMs) onIdle();
  };
  const touched = () => {
    // Whoever touches a page that should be locked already unlocks nothing by it.
    look();
    touch();
  };
  const timer = setInterval(look, lookEveryMs);
  for (const sign of signs)
    window.addEventListener(sign, touched, { capture: true, passive: true });
  document.addEventListener("visibilitychange", look);
  return () => {
    clearInterval(timer);
    for (const sign of signs) window.removeEventListener(sign, touched, { capture: true });
    document.removeEventListener("visibilitychange", look);
    others.close();
  };
}
