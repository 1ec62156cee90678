import { Admin } from "#client/accounts/admin/Admin.tsx";
import { LawfulBases } from "#client/outcomes/LawfulBases.tsx";

export function AccountsScreen() {
  return (
    <Admin>
      <LawfulBases />
    </Admin>
  );
}
