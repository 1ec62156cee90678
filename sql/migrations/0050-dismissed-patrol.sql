-- A patrol that was lost is on the sergeants' list until another stands in its place or one of them says that none is needed.
alter table patrol_window add column dismissed boolean not null default false;
alter table patrol_window add column replaced_by bigint;
alter table patrol_window add constraint patrol_window_dismissed_lost check (
  not dismissed or status in ('unavailable', 'called_off')
);
alter table patrol_window add constraint patrol_window_replaced_by_lost check (
  replaced_by is null or status in ('unavailable', 'called_off')
);
comment on column patrol_window.dismissed is
  'A sergeant said that nothing needs to take the place of this lost patrol.';
comment on column patrol_window.replaced_by is
  'The patrol that was added in the place of this lost one; it counts while it stands, and it may be gone.';
