import { expect, test } from "vitest";
import { firstScreen, screensFor } from "#client/app/screens.ts";
import type { Role } from "#core/role.ts";

/** Each role opens on the screen that it works in, at a desk and on a phone. */
const first: Readonly<Record<Role, readonly [desk: string, phone: string]>> = {
  sergeant: ["hotspots", "plan"],
  analyst: ["hotspots", "plan"],
  partner: ["outreach", "outreach"],
  coordinator: ["partners", "partners"],
  presenter: ["panel", "panel"],
  liaison: ["displacement", "displacement"],
  admin: ["accounts", "accounts"],
  auditor: ["audit", "partners"],
  warden: ["plan", "plan"],
};

test.each(Object.entries(first))(
  "%s opens on the screen that it works in",
  (role, [desk, phone]) => {
    const mine = screensFor(role as Role);
    expect(firstScreen(mine, false)?.id).toBe(desk);
    expect(firstScreen(mine, true)?.id).toBe(phone);
  },
);
