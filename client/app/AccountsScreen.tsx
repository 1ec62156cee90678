import { Admin } from "#client/accounts/admin/Admin.tsx";
import { LawfulBases } from "#client/outcomes/LawfulBases.tsx";
import { PatrolPartners } from "#client/patrols/wardens/PatrolPartners.tsx";
import { PublicPageSetting } from "#client/releases/PublicPageSetting.tsx";

export function AccountsScreen() {
  return (
    <Admin>
      <PatrolPartners />
      <LawfulBases />
      <PublicPageSetting />
    </Admin>
  );
}
