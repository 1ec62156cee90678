import { Admin } from "#client/accounts/admin/Admin.tsx";
import { LawfulBases } from "#client/outcomes/LawfulBases.tsx";
import { PublicPageSetting } from "#client/releases/PublicPageSetting.tsx";

export function AccountsScreen() {
  return (
    <Admin>
      <LawfulBases />
      <PublicPageSetting />
    </Admin>
  );
}
