import type { ScreenEntry } from "#client/app/screens.ts";
import { navigate } from "#client/state/url.ts";
import { Icon } from "#client/ui/Icon.tsx";
import "#client/app/rail.css";

export interface RailProps {
  readonly screens: readonly ScreenEntry[];
  readonly current: string;
}

/** The screens of the role; absent for a role with a single one on a phone. */
export function Rail({ screens, current }: RailProps) {
  return (
    <nav className={screens.length > 1 ? "rail" : "rail rail--single"} aria-label="Screens">
      <ul className="rail__list">
        {screens.map((screen) => (
          <li key={screen.id}>
            <a
              className="rail__link"
              href={`#/${screen.id}`}
              aria-current={screen.id === current ? "page" : undefined}
              onClick={(event) => {
                if (event.metaKey || event.ctrlKey || event.shiftKey) return;
                event.preventDefault();
                if (screen.id !== current) navigate(screen.id);
              }}
            >
              <Icon name={screen.icon} />
              {screen.label}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
