import { useEffect, useRef, useState } from "react";
import { useInterval } from "#client/state/use-interval.ts";
import type { TonightWindow } from "#core/patrols/wire/tonight.ts";

/** Once for each loss, those already there when the page opened included. */
export function useAlarm(lost: readonly TonightWindow[]): void {
  const heard = useRef(new Set<string>());
  const fresh = lost
    .map(({ planId, id, status, end }) => `${planId} ${id} ${status} ${end}`)
    .filter((key) => !heard.current.has(key));
  const key = fresh.join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for them.
  useEffect(() => {
    if (fresh.length === 0) return;
    for (const one of fresh) heard.current.add(one);
    alarm();
  }, [key]);
}

/** A dwell, and what is late or over, depend on the clock. */
export function useTick(): void {
  const [, tick] = useState(0);
  useInterval(() => tick((count) => count + 1), lookAtClockMs);
}

const lookAtClockMs = 15_000;

/** Sound and vibration where supported: browsers allow both only after a touch. */
export function alarm(): void {
  const isTouched = !("userActivation" in navigator) || navigator.userActivation.hasBeenActive;
  if ("vibrate" in navigator && isTouched) navigator.vibrate([400, 200, 400, 200, 800]);
  if (typeof AudioContext === "undefined") return;
  const audio = new AudioContext();
  const begin = audio.currentTime;
  [880, 660, 880, 660, 880].forEach((frequency, at) => {
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    volume.gain.value = 0.25;
    tone.frequency.value = frequency;
    tone.connect(volume).connect(audio.destination);
    tone.start(begin + at * 0.28);
    tone.stop(begin + at * 0.28 + 0.22);
  });
  setTimeout(() => void audio.close(), 2_000);
}
