export const leastPinDigits = 6;
const mostPinDigits = 12;

/** Wrong PINs in a row after which the phone is forgotten and needs a new link. */
export const mostWrongPins = 10;

export function plainPin(typed: string): string {
  return typed.replaceAll(/\s/g, "");
}

/**
 * Why this cannot be a PIN, or null. A thief of the phone has ten tries: the likeliest guesses are
 * refused.
 */
export function pinFault(pin: string): string | null {
  if (!/^\d*$/.test(pin)) return "A PIN has digits only.";
  if (pin.length < leastPinDigits || pin.length > mostPinDigits) {
    return `A PIN has ${leastPinDigits} to ${mostPinDigits} digits.`;
  }
  if (repeats(pin) || isRun(pin, 1) || isRun(pin, -1) || isTooFew(pin)) {
    return "That PIN is too easy to guess. Choose another.";
  }
  return isDay(pin) ? "That could be a birthday. Choose another." : null;
}

/** 121212, 123123, 111111 */
function repeats(pin: string): boolean {
  return /^(\d{1,4})\1+$/.test(pin);
}

/** 234567, 098765; from 9 on to 0 */
function isRun(pin: string, step: 1 | -1): boolean {
  return [...pin].every(
    (digit, at) => at === 0 || Number(digit) === (Number(pin[at - 1]) + step + 10) % 10,
  );
}

/** 112211, 000011 */
function isTooFew(pin: string): boolean {
  return new Set(pin).size < 3;
}

/** Of the last hundred years or so: 140285, 14021985, 850214, 19850214 */
function isDay(pin: string): boolean {
  const forms = [
    /^(?<day>\d\d)(?<month>\d\d)(19|20)?\d\d$/,
    /^(?<month>\d\d)(?<day>\d\d)(19|20)?\d\d$/,
    /^(19|20)?\d\d(?<month>\d\d)(?<day>\d\d)$/,
  ];
  return forms.some((form) => {
    const { day, month } = form.exec(pin)?.groups ?? {};
    return isIn(Number(day), 31) && isIn(Number(month), 12);
  });
}

function isIn(value: number, most: number): boolean {
  return value >= 1 && value <= most;
}
