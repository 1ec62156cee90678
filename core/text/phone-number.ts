import { z } from "zod";

const emergency: readonly string[] = ["999", "112"];

/** As a phone dials it: "020 7946 0123", "+44 20 7946 0123", "101". */
export const phoneNumber = z
  .string()
  .max(40)
  .transform((text) => text.replace(/[ \u00a0()-]+/g, " ").trim())
  .pipe(
    z
      .string()
      .regex(
        /^\+?\d(?: ?\d){2,14}$/,
        "Enter a phone number: digits and spaces, with + for a country",
      )
      .refine(
        (number) => !emergency.includes(number.replaceAll(" ", "")),
        "An emergency call needs no contact: enter the number of a desk",
      ),
  );

export function telLink(number: string): string {
  return `tel:${number.replaceAll(" ", "")}`;
}
