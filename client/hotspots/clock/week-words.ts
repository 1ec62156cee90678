import { isWholeWeek, type WeekFilter } from "#client/hotspots/view.ts";
import { shortWeekdayNames } from "#core/time/words.ts";

/** "Fri and Sat 20:00-02:00", "Mon to Fri", "All week, all hours". */
export function describeWeek(time: WeekFilter): string {
  if (isWholeWeek(time)) return "All week, all hours";
  const hours = time.hours ? formatHours(time.hours) : "";
  return [describeDays(time.days), hours].filter(Boolean).join(" ");
}

export function formatHours({ from, to }: { readonly from: number; readonly to: number }): string {
  return `${formatHour(from)}-${formatHour(to)}`;
}

export function formatHour(hour: number): string {
  return `${String(hour % 24).padStart(2, "0")}:00`;
}

function describeDays(days: readonly number[]): string {
  if (days.length === 7) return "Every day";
  const first = days[0] ?? 0;
  const last = days.at(-1) ?? 0;
  const isRun = days.length > 2 && last - first === days.length - 1;
  if (isRun) return `${shortWeekdayNames[first]} to ${shortWeekdayNames[last]}`;
  const names = days.map((day) => shortWeekdayNames[day] ?? "");
  return names.length < 2
    ? (names[0] ?? "")
    : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}
