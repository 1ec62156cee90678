/** How numbers, dates and times are written on screen: London time, 24 hours, "26 Nov 2021". */
const whole = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 0 });
const oneDecimal = new Intl.NumberFormat("en-GB", {
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
});

export function formatCount(value: number): string {
  return whole.format(value);
}

export function formatDecimal(value: number): string {
  return oneDecimal.format(value);
}

/** "1 report", "214 reports". */
export function formatQuantity(value: number, one: string, many = `${one}s`): string {
  return `${formatCount(value)} ${value === 1 ? one : many}`;
}

/** A probability as people read it: two figures, or "under 0.001". */
export function formatProbability(value: number): string {
  if (value < 0.001) return "under 0.001";
  return value.toPrecision(2).slice(0, 6);
}

/** "26 Nov 2021" of `2021-11-26`. */
export function formatDate(date: string): string {
  const { day, month, year } = partsOf(date);
  return `${day} ${month} ${year}`;
}

/** "Fri 26 Nov" of `2021-11-26`. */
export function formatDay(date: string): string {
  const { weekday, day, month } = partsOf(date);
  return `${weekday} ${day} ${month}`;
}

/** "Sep 2021" of `2021-09` or a date in it. */
export function formatMonth(date: string): string {
  const { month, year } = partsOf(`${date.slice(0, 7)}-01`);
  return `${month} ${year}`;
}

/** "1 Oct to 26 Nov 2021": the year is said once where it is the same. */
export function formatDateRange(from: string, to: string): string {
  if (from === to) return formatDate(from);
  if (from.slice(0, 4) !== to.slice(0, 4)) return `${formatDate(from)} to ${formatDate(to)}`;
  const { day, month } = partsOf(from);
  return `${day} ${month} to ${formatDate(to)}`;
}

/** "10:42" of an instant, London. */
export function formatTimeOfDay(instant: number | string): string {
  return timeFormat.format(new Date(instant));
}

export const weekdayNames = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"] as const;

/** Not from Intl: its en-GB writes "Sept". */
const monthNames = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");

function partsOf(date: string) {
  const at = new Date(`${date}T00:00:00Z`);
  return {
    weekday: weekdayNames[(at.getUTCDay() + 6) % 7] ?? "",
    day: at.getUTCDate(),
    month: monthNames[at.getUTCMonth()] ?? "",
    year: at.getUTCFullYear(),
  };
}

const timeFormat = new Intl.DateTimeFormat("en-GB", {
  timeZone: "Europe/London",
  hour: "2-digit",
  minute: "2-digit",
});
