import { OwnContacts } from "#client/outcomes/OwnContacts.tsx";
import { SharedPlans } from "#client/place-plans/SharedPlans.tsx";
import { Outreach } from "#client/protected-time/outreach/Outreach.tsx";
import { PartnerReleases, ReleasesNews } from "#client/releases/drafts/PartnerReleases.tsx";

export function OutreachScreen() {
  return (
    <Outreach
      others={{
        news: <ReleasesNews />,
        plans: <SharedPlans />,
        releases: <PartnerReleases />,
        contacts: <OwnContacts />,
      }}
    />
  );
}
