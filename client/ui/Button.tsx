import type { ButtonHTMLAttributes, ReactNode } from "react";
import { classNames } from "#client/ui/class-names.ts";
import { Icon, type IconName } from "#client/ui/Icon.tsx";
import "#client/ui/button.css";

export interface ButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, "type"> {
  /** `filled` is for the one next step of a screen. */
  readonly look?: "filled" | "plain" | "quiet";
  readonly icon?: IconName;
  readonly children?: ReactNode;
  /** For buttons with only an icon. */
  readonly label?: string;
  readonly type?: "button" | "submit";
}

export function Button({
  look = "plain",
  icon,
  label,
  children,
  className,
  type = "button",
  ...rest
}: ButtonProps) {
  return (
    <button
      {...rest}
      type={type}
      aria-label={label ?? rest["aria-label"]}
      title={rest.title ?? label}
      className={classNames("button", `button--${look}`, !children && "button--icon", className)}
    >
      {icon ? <Icon name={icon} /> : null}
      {children}
    </button>
  );
}
