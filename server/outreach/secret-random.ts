import { randomBytes } from "node:crypto";

/** Uniform in [0, 1) with 53 bits from the operating system: a place's offset must not be guessed. */
export function secretRandom(): number {
  return Number(randomBytes(8).readBigUInt64BE() >> 11n) / 2 ** 53;
}
