export const idleLockMs = 10 * 60_000;
const lookEveryMs = 5_000;
const tellEveryMs = 10_000;

/** Pages shown to a hall, which do not lock. */
let shows = 0;

/**
 * Suspends the idle lock for public pages shown to a room, where a lock would cover them and could
 * not be lifted offline. Returns how to end it; the ten minutes then restart.
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
 * Calls back after ten minutes without input on any of this browser's pages, which share a session
 * and tell each other. Checks the clock, as a timer stops while a laptop sleeps.
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
    // Other pages of the session must not lock a page on show either.
    if (shows > 0) touch();
    else if (Date.now() - lastAt >= idleLockMs) onIdle();
  };
  const touched = () => {
    // First: touching a page due to lock must not unlock it.
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
