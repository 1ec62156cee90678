import { Admin } from "#client/accounts/admin/Admin.tsx";
import { LawfulBases } from "#client/outcomes/LawfulBases.tsx";
import { PatrolPartners } from "#client/patrols/wardens/PatrolPartners.tsx";

export function AccountsScreen() {
  return (
    <Admin>
      <PatrolPartners />
      <LawfulBases />
    </Admin>
  );
}
