-- When and where a partner goes out: several days of the week, whole days, single dates moved
-- elsewhere; places that are a drawn area or a corridor.

alter table outreach_session add column weekdays integer[] not null default '{}';
alter table outreach_session add constraint outreach_session_weekdays_check check (
  weekdays <@ array[1, 2, 3, 4, 5, 6, 7]
  and cardinality(weekdays) <= 7
  and (
    weekdays = '{}'
    or (repeats = 'weekly' and extract(isodow from first_date)::int = any (weekdays))
  )
);
comment on column outreach_session.weekdays is
  'ISO weekdays (Monday 1 to Sunday 7) on which it repeats, that of first_date among them; none: that one alone.';

-- The same time twice is a session of 24 hours; the page asks before it saves one.
alter table outreach_session drop constraint outreach_session_ends_local_check;

alter table outreach_session add column moved_from_id bigint;
alter table outreach_session add column moved_from_date date;
alter table outreach_session add constraint outreach_session_moved_from_id_fkey
  foreign key (moved_from_id) references outreach_session (id) on delete set null;
alter table outreach_session add constraint outreach_session_moved_from_check
  check (moved_from_id is null or (moved_from_date is not null and repeats = 'once'));
create index outreach_session_moved_from on outreach_session (moved_from_id)
  where moved_from_id is not null;
comment on column outreach_session.moved_from_date is
  'The date of a repeating session that takes place as this one instead.';

alter table saved_place add column kind text not null default 'circle';
alter table saved_place add constraint saved_place_kind_known
  check (kind in ('circle', 'area', 'corridor'));
alter table saved_place drop constraint saved_place_radius_m_check;
alter table saved_place add constraint saved_place_radius_m_check
  check (radius_m between 25 and case kind when 'circle' then 1000 else 3000 end);
comment on column saved_place.radius_m is
  'Of a circle its radius; of an area or a corridor half of its greatest extent. The outline itself is in no column.';

drop trigger saved_place_footprint_fixed on saved_place;
create trigger saved_place_footprint_fixed before update on saved_place
  for each row
  when (
    old.footprint is distinct from new.footprint
    or old.radius_m is distinct from new.radius_m
    or old.kind is distinct from new.kind
  )
  execute function refuse_moved_place();

-- A calendar file that was read on the partner's own device may be known for some weeks only.
select allow('partner', 'update', '{partner}', 'code = (select acting_partner())', 'calendar_known_until');
