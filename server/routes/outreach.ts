import type { Route } from "#server/http/route.ts";
import { outreachCalendarRoutes } from "#server/routes/outreach-calendar.ts";
import { outreachLeaveRoutes } from "#server/routes/outreach-leave.ts";
import { outreachPlaceRoutes } from "#server/routes/outreach-places.ts";
import { outreachSessionRoutes } from "#server/routes/outreach-sessions.ts";

/** What a partner may do, with its own and nothing else. */
export const outreachRoutes: readonly Route[] = [
  ...outreachPlaceRoutes,
  ...outreachSessionRoutes,
  ...outreachCalendarRoutes,
  ...outreachLeaveRoutes,
];
