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
