import { Admin } from "#client/accounts/admin/Admin.tsx";
import { useSession } from "#client/accounts/session-context.ts";
import { ComplaintsLine, DataComplaints } from "#client/outcomes/DataComplaints.tsx";
import { LawfulBases } from "#client/outcomes/LawfulBases.tsx";
import { PatrolPartners } from "#client/patrols/wardens/PatrolPartners.tsx";
import { PublicPageSetting } from "#client/releases/PublicPageSetting.tsx";

export function AccountsScreen() {
  const { role } = useSession();
  return (
    <>
      {role === "admin" ? <ComplaintsLine /> : null}
      <Admin>
        <PatrolPartners />
        <LawfulBases />
        <DataComplaints />
        <PublicPageSetting />
      </Admin>
    </>
  );
}
