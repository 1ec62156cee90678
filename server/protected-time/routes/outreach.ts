import type { Route } from "#server/http/route.ts";
import { outreachCalendarRoutes } from "#server/protected-time/routes/outreach-calendar.ts";
import { outreachLeaveRoutes } from "#server/protected-time/routes/outreach-leave.ts";
import { outreachPlaceRoutes } from "#server/protected-time/routes/outreach-places.ts";
import { outreachSessionRoutes } from "#server/protected-time/routes/outreach-sessions.ts";

/** What a partner may do, with its own and nothing else. */
export const outreachRoutes: readonly Route[] = [
  ...outreachPlaceRoutes,
  ...outreachSessionRoutes,
  ...outreachCalendarRoutes,
  ...outreachLeaveRoutes,
];
