/** "about 12 s left", once there is enough to tell from. */
export function timeLeft(from: number, share: number, now = performance.now()): string {
  const spent = now - from;
  if (share < 0.02 || share >= 1 || spent < 1000) return "";
  return `about ${Math.max(1, Math.round((spent * (1 - share)) / share / 1000))} s left`;
}
