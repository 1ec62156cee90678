import {
  type HotspotsView,
  isWholeWeek,
  leadingSource,
  type WeekFilter,
} from "#client/hotspots/state/view.ts";
import { kinds as kindEntries } from "#core/records/kinds.ts";
import { shortWeekdayNames } from "#core/time/words.ts";

export function nounOf(view: HotspotsView): { readonly one: string; readonly many: string } {
  if (leadingSource(view) === "discovered") return { one: "police record", many: "police records" };
  const [only] = view.reported;
  if (view.reported.length === 1 && only) {
    const { by, noun } = kindEntries[only];
    // Kinds that police also record are marked as reported.
    return by === "people" ? noun : { one: `reported ${noun.one}`, many: `reported ${noun.many}` };
  }
  return { one: "report", many: "reports" };
}

/** For files: names the kinds of police records, since they are never all of them. */
export function countedWords(view: HotspotsView): string {
  const { many } = nounOf(view);
  if (leadingSource(view) === "reported") return many;
  const kinds = view.discovered.map((kind) => kindEntries[kind].label.toLowerCase());
  return `${many}: ${kinds.join(", ") || "none chosen"}`;
}

export function sourceLine(view: HotspotsView): string {
  return leadingSource(view) === "reported"
    ? "Reported by residents and partners"
    : "Recorded by police: shows where police were";
}

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

/** Whether uncertain times move the figure by a record or more; if not, it is shown once. */
export function isToldApart(total: number, shared: number): boolean {
  return Math.abs(total - shared) >= 1;
}
