import { useState } from "react";
import { AskFirst } from "#client/accounts/admin/AskFirst.tsx";
import { accounts } from "#client/accounts/admin/admin-api.ts";
import { afterPasswordsOff } from "#client/accounts/admin/what-follows.ts";
import { hasValue } from "#client/api/resource.ts";
import { useShared } from "#client/api/use-resource.ts";
import { Segmented } from "#client/ui/Segmented.tsx";

export interface PasswordSwitchProps {
  readonly isOn: boolean;
  readonly provider: string;
  readonly onChange: (isOn: boolean) => void;
}

/** Off shuts out whoever has no name at the provider: asked first, with their names. */
export function PasswordSwitch({ isOn, provider, onChange }: PasswordSwitchProps) {
  const shown = useShared(accounts);
  const [isAsking, setAsking] = useState(false);
  return (
    <>
      <Segmented
        label="Passwords"
        value={isOn ? "on" : "off"}
        options={[
          { value: "on", label: "On" },
          { value: "off", label: "Off" },
        ]}
        onChange={(value) => {
          if (value === "on") onChange(true);
          else if (isOn) setAsking(true);
        }}
      />
      {isAsking ? (
        <AskFirst
          title="Switch passwords off?"
          yes="Switch them off"
          onYes={() => {
            setAsking(false);
            onChange(false);
          }}
          onNo={() => setAsking(false)}
        >
          {afterPasswordsOff(hasValue(shown) ? shown.value.accounts : [], provider)}
        </AskFirst>
      ) : null}
    </>
  );
}
