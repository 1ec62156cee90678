import { deviance } from "#core/stats/deviance.ts";
import { erfc } from "#core/stats/normal.ts";

const steps = 10_000;
const precision = 1e-15;
/** From here on series and fraction take thousands of steps, and x^a e^-x loses digits. */
const largeShape = 1e5;

/** Upper regularised incomplete gamma Q(a, x) = P(G >= x) for G ~ Gamma(a, 1). */
export function gammaUpper(a: number, x: number): number {
  if (x <= 0) return 1;
  if (a >= largeShape) return uniformTail(a, x, 1);
  return x < a + 1 ? 1 - lowerSeries(a, x) : upperFraction(a, x);
}

/** Lower regularised incomplete gamma P(a, x) = P(G <= x). */
export function gammaLower(a: number, x: number): number {
  if (x <= 0) return 0;
  if (a >= largeShape) return uniformTail(a, x, -1);
  return x < a + 1 ? lowerSeries(a, x) : 1 - upperFraction(a, x);
}

/** DLMF 8.11.4: x^a e^-x / Gamma(a + 1) (1 + x/(a+1) + x^2/((a+1)(a+2)) + ...). */
function lowerSeries(a: number, x: number): number {
  let term = 1 / a;
  let sum = term;
  for (let step = 1; step <= steps && term > sum * precision; step += 1) {
    term *= x / (a + step);
    sum += term;
  }
  return Math.min(1, sum * scale(a, x));
}

/** DLMF 8.9.2 as an even continued fraction, by Lentz's method. */
function upperFraction(a: number, x: number): number {
  const tiny = 1e-300;
  let b = x + 1 - a;
  let c = 1 / tiny;
  let d = 1 / b;
  let fraction = d;
  for (let step = 1; step <= steps; step += 1) {
    const numerator = -step * (step - a);
    b += 2;
    d = numerator * d + b;
    if (Math.abs(d) < tiny) d = tiny;
    c = b + numerator / c;
    if (Math.abs(c) < tiny) c = tiny;
    d = 1 / d;
    const change = d * c;
    fraction *= change;
    if (Math.abs(change - 1) < precision) break;
  }
  return Math.min(1, fraction * scale(a, x));
}

/**
 * Temme's uniform expansion for large shapes (DLMF 8.12.3 to 8.12.8, two terms): Q for `side` 1, P for -1. With
 * mu = x/a - 1 and eta of mu's sign, eta^2 / 2 = mu - ln(1 + mu), which is the deviance over a.
 */
function uniformTail(a: number, x: number, side: 1 | -1): number {
  const over = x - a;
  const exponent = deviance(a, x, -over);
  const eta = Math.sign(over) * Math.sqrt((2 * exponent) / a);
  const rest = (c0(over / a, eta) + c1(over / a, eta) / a) / Math.sqrt(2 * Math.PI * a);
  const tail = erfc(side * Math.sign(over) * Math.sqrt(exponent)) / 2;
  return Math.min(1, Math.max(0, tail + side * Math.exp(-exponent) * rest));
}

/** Closer to 0 the closed forms cancel, and the series' first terms have full precision. */
const nearEta = 0.03;

function c0(mu: number, eta: number): number {
  if (Math.abs(eta) > nearEta) return 1 / mu - 1 / eta;
  return (
    -1 / 3 +
    eta * (1 / 12 + eta * (-2 / 135 + eta * (1 / 864 + eta * (1 / 2835 - (eta * 139) / 777_600))))
  );
}

function c1(mu: number, eta: number): number {
  if (Math.abs(eta) > nearEta) {
    return 1 / eta ** 3 - 1 / mu ** 3 - 1 / mu ** 2 - 1 / (12 * mu);
  }
  return -1 / 540 + eta * (-1 / 288 + eta * (1 / 378 - (eta * 77) / 77_760));
}

function scale(a: number, x: number): number {
  return Math.exp(a * Math.log(x) - x - logGamma(a));
}

/** Lanczos 1964, g = 7 with nine terms; relative error about 1e-15 for x > 0. */
export function logGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
  let sum = lanczos[0] as number;
  for (let term = 1; term < lanczos.length; term += 1)
    sum += (lanczos[term] as number) / (x - 1 + term);
  const t = x + 6.5;
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(t) - t + Math.log(sum);
}

const lanczos = [
  0.9999999999998099, 676.5203681218851, -1259.1392167224028, 771.3234287776531, -176.6150291621406,
  12.507343278686905, -0.13857109526572012, 9.984369578019572e-6, 1.5056327351493116e-7,
];
