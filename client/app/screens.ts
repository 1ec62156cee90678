import type { ComponentType, LazyExoticComponent } from "react";
import { places } from "#client/places/places.ts";
import { events } from "#client/records/events.ts";
import type { IconName } from "#client/ui/Icon.tsx";
import { lazily } from "#client/ui/lazily.ts";
import type { Role } from "#core/role.ts";

export interface ScreenEntry {
  /** The first part of the address: `#/hotspots`. */
  readonly id: string;
  readonly label: string;
  readonly icon: IconName;
  readonly roles: readonly Role[];
  /** Complete at 390 px. */
  readonly worksNarrow: boolean;
  readonly Screen: LazyExoticComponent<ComponentType>;
  /** Loads the code before anybody is known to be signed in. */
  readonly preload: () => void;
  /** Loads its data while its code is still coming; for a person who is known to see it. */
  readonly preloadRecords?: (role: Role) => void;
}

/** A screen's code and what it loads next. Errors while preloading surface on use. */
function codeOf(
  load: () => Promise<ComponentType>,
  more: () => Promise<unknown> = async () => undefined,
) {
  const preload = () => void Promise.all([load(), more()]).catch(() => undefined);
  return { Screen: lazily(load), preload };
}

/** In the order of the rail; each role opens on its first. To add a screen: its folder, one entry here, and its help in HelpText.tsx. */
export const screens: readonly ScreenEntry[] = [
  {
    id: "hotspots",
    label: "Hotspots",
    icon: "hotspots",
    roles: ["sergeant", "analyst"],
    worksNarrow: false,
    ...codeOf(
      async () => (await import("#client/app/HotspotsScreen.tsx")).HotspotsScreen,
      () => import("#client/hotspots/map/HotspotsMap.tsx"),
    ),
    preloadRecords: () => {
      places.ensure();
      events.ensure();
    },
  },
  {
    id: "plan",
    label: "Plan",
    icon: "plan",
    roles: ["sergeant", "analyst", "warden"],
    // On phones only the briefings, and a warden coordinator's whole week.
    worksNarrow: true,
    ...codeOf(async () => (await import("#client/patrols/Plan.tsx")).Plan),
    preloadRecords: (role) => {
      if (role === "analyst") return;
      import("#client/patrols/tonight/tonight-reply.ts")
        .then(({ tonight }) => tonight.ensure())
        .catch(() => undefined);
    },
  },
  {
    id: "displacement",
    label: "Displacement",
    icon: "displacement",
    roles: ["sergeant", "analyst", "liaison"],
    worksNarrow: false,
    ...codeOf(async () => (await import("#client/app/DisplacementScreen.tsx")).DisplacementScreen),
  },
  {
    id: "panel",
    label: "Panel",
    icon: "panel",
    roles: ["presenter", "sergeant", "analyst"],
    worksNarrow: false,
    ...codeOf(async () => (await import("#client/releases/panel/Panel.tsx")).Panel),
  },
  {
    id: "audit",
    label: "Audit",
    icon: "audit",
    roles: ["auditor"],
    worksNarrow: false,
    ...codeOf(async () => (await import("#client/accounts/audit/Audit.tsx")).Audit),
  },
  {
    id: "partners",
    label: "Partners",
    icon: "outreach",
    roles: ["coordinator", "auditor"],
    worksNarrow: true,
    ...codeOf(async () => (await import("#client/app/PartnersScreen.tsx")).PartnersScreen),
  },
  {
    id: "outcomes",
    label: "Outcomes",
    icon: "outcomes",
    roles: ["sergeant", "analyst", "coordinator", "auditor", "presenter"],
    worksNarrow: false,
    ...codeOf(async () => (await import("#client/app/OutcomesScreen.tsx")).OutcomesScreen),
  },
  {
    id: "outreach",
    label: "Outreach",
    icon: "outreach",
    roles: ["partner"],
    worksNarrow: true,
    ...codeOf(async () => (await import("#client/app/OutreachScreen.tsx")).OutreachScreen),
  },
  {
    id: "records",
    label: "Records",
    icon: "records",
    roles: ["analyst"],
    worksNarrow: false,
    ...codeOf(async () => (await import("#client/records/RecordsScreen.tsx")).RecordsScreen),
  },
  {
    id: "accounts",
    label: "Accounts",
    icon: "person",
    roles: ["admin", "auditor"],
    worksNarrow: true,
    ...codeOf(async () => (await import("#client/app/AccountsScreen.tsx")).AccountsScreen),
  },
  {
    id: "releases",
    label: "Releases",
    icon: "file",
    roles: ["analyst", "auditor", "coordinator"],
    worksNarrow: true,
    ...codeOf(async () => (await import("#client/releases/drafts/Releases.tsx")).Releases),
  },
];

export function screensFor(role: Role): readonly ScreenEntry[] {
  return screens.filter((screen) => screen.roles.includes(role));
}

/** A role's default: on a phone, the first screen that is complete there. */
export function firstScreen(
  mine: readonly ScreenEntry[],
  isPhone: boolean,
): ScreenEntry | undefined {
  return (isPhone ? mine.find(({ worksNarrow }) => worksNarrow) : undefined) ?? mine[0];
}
