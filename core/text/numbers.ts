/** How numbers are written everywhere: "1,234". */
const whole = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 0 });

/** A whole number. */
export function formatCount(value: number): string {
  return whole.format(value);
}

/** "1 report", "214 reports". */
export function formatQuantity(value: number, one: string, many = `${one}s`): string {
  return `${formatCount(value)} ${value === 1 ? one : many}`;
}
