import type { Route } from "#server/http/route.ts";
import { accountSettingRoutes } from "#server/routes/account-settings.ts";
import { accountRoutes } from "#server/routes/accounts.ts";
import { alertRoutes } from "#server/routes/alerts.ts";
import { auditRoutes } from "#server/routes/audit.ts";
import { boundaryRoutes } from "#server/routes/boundaries.ts";
import { coordinatorRoutes } from "#server/routes/coordinator.ts";
import { debriefRoutes } from "#server/routes/debriefs.ts";
import { deviceRoutes } from "#server/routes/devices.ts";
import { displacementRoutes } from "#server/routes/displacement.ts";
import { doseRoutes } from "#server/routes/dose.ts";
import { eventRoutes } from "#server/routes/events.ts";
import { exchangeRoutes } from "#server/routes/exchange.ts";
import { gazetteerRoutes } from "#server/routes/gazetteer.ts";
import { handoverRoutes } from "#server/routes/handovers.ts";
import { hotspotRoutes } from "#server/routes/hotspots.ts";
import { importRoutes } from "#server/routes/import.ts";
import { importProfileRoutes } from "#server/routes/import-profiles.ts";
import { incidentRoutes } from "#server/routes/incidents.ts";
import { keepClearRoutes } from "#server/routes/keep-clear.ts";
import { layerRoutes } from "#server/routes/layers.ts";
import { liveRoutes } from "#server/routes/live.ts";
import { meetingRoutes } from "#server/routes/meeting.ts";
import { openingRoutes } from "#server/routes/openings.ts";
import { operationRoutes } from "#server/routes/operations.ts";
import { outcomeRoutes } from "#server/routes/outcomes.ts";
import { outreachRoutes } from "#server/routes/outreach.ts";
import { ownAccountRoutes } from "#server/routes/own-account.ts";
import { partnerRoutes } from "#server/routes/partners.ts";
import { placePlanRoutes } from "#server/routes/place-plans.ts";
import { placesRoutes } from "#server/routes/places.ts";
import { planRoutes } from "#server/routes/plan.ts";
import { planBoardRoutes } from "#server/routes/plan-board.ts";
import { policeRoutes } from "#server/routes/police.ts";
import { providerRoutes } from "#server/routes/provider.ts";
import { qualityRoutes } from "#server/routes/quality.ts";
import { releaseRoutes } from "#server/routes/releases.ts";
import { publicReleaseRoutes } from "#server/routes/releases-public.ts";
import { retentionRoutes } from "#server/routes/retention.ts";
import { savedViewRoutes } from "#server/routes/saved-views.ts";
import { secondFactorRoutes } from "#server/routes/second-factor.ts";
import { secondFactorClearingRoutes } from "#server/routes/second-factor-clearings.ts";
import { secondStepRoutes } from "#server/routes/second-step.ts";
import { sessionRoutes } from "#server/routes/session.ts";
import { staffingRoutes } from "#server/routes/staffing.ts";
import { tallyRoutes } from "#server/routes/tallies.ts";

/** Every route there is; the OpenAPI document and the role tests read this list. */
export const allRoutes: readonly Route[] = [
  ...accountRoutes,
  ...accountSettingRoutes,
  ...alertRoutes,
  ...auditRoutes,
  ...boundaryRoutes,
  ...coordinatorRoutes,
  ...deviceRoutes,
  ...debriefRoutes,
  ...displacementRoutes,
  ...doseRoutes,
  ...eventRoutes,
  ...exchangeRoutes,
  ...gazetteerRoutes,
  ...handoverRoutes,
  ...hotspotRoutes,
  ...importRoutes,
  ...importProfileRoutes,
  ...incidentRoutes,
  ...keepClearRoutes,
  ...layerRoutes,
  ...liveRoutes,
  ...meetingRoutes,
  ...openingRoutes,
  ...operationRoutes,
  ...outcomeRoutes,
  ...outreachRoutes,
  ...ownAccountRoutes,
  ...partnerRoutes,
  ...placePlanRoutes,
  ...placesRoutes,
  ...planRoutes,
  ...policeRoutes,
  ...planBoardRoutes,
  ...providerRoutes,
  ...publicReleaseRoutes,
  ...qualityRoutes,
  ...releaseRoutes,
  ...retentionRoutes,
  ...savedViewRoutes,
  ...secondFactorRoutes,
  ...secondFactorClearingRoutes,
  ...secondStepRoutes,
  ...sessionRoutes,
  ...staffingRoutes,
  ...tallyRoutes,
];
