import { command } from "#client/state/command.ts";

const oneDecimal = new Intl.NumberFormat("en-GB", {
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
});

export function formatDecimal(value: number): string {
  return oneDecimal.format(value);
}

/** Two significant figures, or "under 0.001". */
export function formatProbability(value: number): string {
  if (value < 0.001) return "under 0.001";
  return value.toPrecision(2).slice(0, 6);
}

/** "10:42" in the command's time zone. */
export function formatTimeOfDay(instant: number | string): string {
  return timeFormatOf(command.get().timeZone).format(new Date(instant));
}

const timeFormats = new Map<string, Intl.DateTimeFormat>();

function timeFormatOf(timeZone: string): Intl.DateTimeFormat {
  const known = timeFormats.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat("en-GB", { timeZone, hour: "2-digit", minute: "2-digit" });
  timeFormats.set(timeZone, made);
  return made;
}

export function capitalised(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

/** "about 12 s left", once there is enough to tell from. */
export function timeLeft(from: number, share: number, now = performance.now()): string {
  const spent = now - from;
  if (share < 0.02 || share >= 1 || spent < 1000) return "";
  return `about ${Math.max(1, Math.round((spent * (1 - share)) / share / 1000))} s left`;
}
