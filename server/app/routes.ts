import { accountRoutes } from "#server/accounts/routes/accounts.ts";
import { auditRoutes } from "#server/accounts/routes/audit.ts";
import { deviceRoutes } from "#server/accounts/routes/devices.ts";
import { providerRoutes } from "#server/accounts/routes/provider.ts";
import { pushRoutes } from "#server/accounts/routes/push.ts";
import { secondFactorRoutes } from "#server/accounts/routes/second-factor.ts";
import { clearingRoutes, openingRoutes } from "#server/accounts/routes/second-person.ts";
import { sessionRoutes } from "#server/accounts/routes/session.ts";
import { liveRoutes } from "#server/app/live-route.ts";
import { alertRoutes, displacementRoutes, operationRoutes } from "#server/displacement/routes.ts";
import { hotspotRoutes, savedViewRoutes } from "#server/hotspots/routes/hotspots.ts";
import type { Route } from "#server/http/route.ts";
import { exchangeRoutes, handoverRoutes } from "#server/neighbours/routes.ts";
import {
  dataComplaintRoutes,
  monthlyFiguresRoutes,
  outcomeRoutes,
  tallyRoutes,
} from "#server/outcomes/routes.ts";
import {
  debriefRoutes,
  doseRoutes,
  forecastRoutes,
  noticeRoutes,
  staffingRoutes,
} from "#server/patrols/routes/duty.ts";
import { planBoardRoutes, planRoutes } from "#server/patrols/routes/plan.ts";
import { tonightRoutes } from "#server/patrols/routes/tonight.ts";
import { patrolPartnerRoutes, wardenRoutes } from "#server/patrols/routes/wardens.ts";
import { meetingRoutes, placePlanRoutes } from "#server/place-plans/routes.ts";
import {
  boundaryRoutes,
  gazetteerRoutes,
  layerRoutes,
  placesRoutes,
} from "#server/places/routes.ts";
import { tileRoutes } from "#server/places/streets/tile-routes.ts";
import {
  coordinatorRoutes,
  keepClearRoutes,
  outreachRoutes,
  partnerRoutes,
  policeRoutes,
} from "#server/protected-time/routes.ts";
import { eventRoutes, harmWeightRoutes, qualityRoutes } from "#server/records/routes/events.ts";
import { importProfileRoutes, importRoutes } from "#server/records/routes/import.ts";
import { publicPageRoutes, publicReleaseRoutes, releaseRoutes } from "#server/releases/routes.ts";
import { clockRoutes, retentionRoutes } from "#server/upkeep/routes.ts";

/** Every route there is; the OpenAPI document and the role tests read this list. */
export const allRoutes: readonly Route[] = [
  ...accountRoutes,
  ...alertRoutes,
  ...auditRoutes,
  ...tileRoutes,
  ...boundaryRoutes,
  ...clockRoutes,
  ...coordinatorRoutes,
  ...dataComplaintRoutes,
  ...deviceRoutes,
  ...debriefRoutes,
  ...displacementRoutes,
  ...doseRoutes,
  ...eventRoutes,
  ...exchangeRoutes,
  ...forecastRoutes,
  ...gazetteerRoutes,
  ...handoverRoutes,
  ...harmWeightRoutes,
  ...hotspotRoutes,
  ...importRoutes,
  ...importProfileRoutes,
  ...keepClearRoutes,
  ...noticeRoutes,
  ...tonightRoutes,
  ...layerRoutes,
  ...liveRoutes,
  ...meetingRoutes,
  ...monthlyFiguresRoutes,
  ...openingRoutes,
  ...operationRoutes,
  ...outcomeRoutes,
  ...outreachRoutes,
  ...partnerRoutes,
  ...patrolPartnerRoutes,
  ...placePlanRoutes,
  ...placesRoutes,
  ...planRoutes,
  ...policeRoutes,
  ...planBoardRoutes,
  ...providerRoutes,
  ...publicPageRoutes,
  ...publicReleaseRoutes,
  ...pushRoutes,
  ...qualityRoutes,
  ...releaseRoutes,
  ...retentionRoutes,
  ...savedViewRoutes,
  ...secondFactorRoutes,
  ...clearingRoutes,
  ...sessionRoutes,
  ...staffingRoutes,
  ...tallyRoutes,
  ...wardenRoutes,
];
