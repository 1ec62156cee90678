import { z } from "zod";

/** `2021-11-26`, within the years that the tool's clock covers. */
export const londonDate = z.iso
  .date("a date that exists, such as 2021-11-26")
  .refine(
    (date) => date >= "2000-01-01" && date <= "2099-12-31",
    "a date from 2000-01-01 to 2099-12-31",
  );
