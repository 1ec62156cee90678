-- Outreach blackouts: who meets women where and when, and what that closes to police.
-- The exact venue is in no column: a saved place is its protected footprint, a radius and a label.

create table partner (
  id bigint generated always as identity,
  code text not null,
  name text not null,
  created_at timestamptz not null,
  calendar_known_until date,
  constraint partner_id_pkey primary key (id),
  constraint partner_code_key unique (code),
  constraint partner_name_key unique (name),
  constraint partner_code_check check (code ~ '^[a-z0-9][a-z0-9-]{0,39}$'),
  constraint partner_name_check check (name = btrim(name) and length(name) between 1 and 80)
);
comment on table partner is 'An outreach organisation; none of them may learn that another exists.';
comment on column partner.calendar_known_until is
  'Last London date for which its imported calendar was read, where a rule could be kept as dates only; no plan ends after it.';

create table calendar_report (
  id bigint generated always as identity,
  partner_id bigint not null,
  reported_at timestamptz not null,
  state text not null,
  detail text,
  paused_until date,
  constraint calendar_report_id_pkey primary key (id),
  constraint calendar_report_partner_id_fkey foreign key (partner_id)
    references partner (id) on delete cascade,
  constraint calendar_report_state_known check (state in ('confirmed', 'unreadable')),
  constraint calendar_report_paused_until_check check (paused_until is null or state = 'confirmed')
);
create index calendar_report_latest on calendar_report (partner_id, reported_at desc, id desc);
comment on table calendar_report is
  'Each time a partner''s calendar was confirmed as complete or found unreadable; the latest counts. A partner without a row has never given one.';
comment on column calendar_report.paused_until is
  'Last London date up to which the partner has said that nothing will change.';

create table saved_place (
  id bigint generated always as identity,
  key uuid not null default gen_random_uuid(),
  partner_id bigint not null,
  label text not null,
  radius_m integer not null,
  footprint bigint[] not null,
  saved_at timestamptz not null,
  constraint saved_place_id_pkey primary key (id),
  constraint saved_place_key_key unique (key),
  constraint saved_place_partner_id_key unique (partner_id, id),
  constraint saved_place_partner_id_fkey foreign key (partner_id)
    references partner (id) on delete cascade,
  constraint saved_place_label_check check (label = btrim(label) and length(label) between 1 and 60),
  constraint saved_place_radius_m_check check (radius_m between 25 and 1000),
  constraint saved_place_footprint_not_empty check (cardinality(footprint) > 0)
);
comment on table saved_place is
  'Where a partner meets women, as the H3 cells (resolution 10) of its protected footprint; never a point.';
comment on column saved_place.key is
  'The only number that leaves the database: running numbers would tell a partner that others exist.';
comment on column saved_place.label is 'Written by its partner and readable by that partner alone.';

-- One secret offset per place, drawn once: a second footprint of the same place could be averaged
-- with the first. Only the label may change.
create function refuse_moved_place() returns trigger language plpgsql as $$
begin
  raise exception 'a saved place keeps its footprint and radius: save a new place instead'
    using errcode = '23514', constraint = 'saved_place_footprint_fixed', table = 'saved_place';
end
$$;
create trigger saved_place_footprint_fixed before update on saved_place
  for each row
  when (old.footprint is distinct from new.footprint or old.radius_m is distinct from new.radius_m)
  execute function refuse_moved_place();

create table outreach_session (
  id bigint generated always as identity,
  key uuid not null default gen_random_uuid(),
  partner_id bigint not null,
  place_id bigint not null,
  repeats text not null,
  every_weeks integer not null default 1,
  first_date date not null,
  starts_local time not null,
  ends_local time not null,
  until_date date,
  created_at timestamptz not null,
  ended_at timestamptz,
  calendar_key text,
  closed_until timestamptz,
  constraint outreach_session_id_pkey primary key (id),
  constraint outreach_session_key_key unique (key),
  constraint outreach_session_place_id_fkey foreign key (partner_id, place_id)
    references saved_place (partner_id, id) on delete cascade,
  constraint outreach_session_repeats_known check (repeats in ('once', 'weekly')),
  constraint outreach_session_every_weeks_check
    check (every_weeks between 1 and 8 and (repeats = 'weekly' or every_weeks = 1)),
  constraint outreach_session_ends_local_check check (ends_local <> starts_local),
  constraint outreach_session_until_date_check
    check (until_date is null or (repeats = 'weekly' and until_date >= first_date)),
  constraint outreach_session_calendar_key_hex check (calendar_key ~ '^[0-9a-f]{64}$')
);
create index outreach_session_partner on outreach_session (partner_id, calendar_key);
create index outreach_session_place on outreach_session (place_id);
comment on table outreach_session is
  'A visit as its partner gave it: London wall-clock times on one date or every so many weeks. An end before the start lies on the next day.';
comment on column outreach_session.until_date is 'Last date on which it may start; null goes on.';
comment on column outreach_session.ended_at is
  'When the partner called it off; what starts within 24 hours of that stays closed.';
comment on column outreach_session.calendar_key is
  'SHA-256 of the identity of its entry in an imported calendar, so that a second import replaces it.';
comment on column outreach_session.closed_until is 'How far its occupancy rows reach.';

create table session_exception (
  session_id bigint not null,
  occurs_on date not null,
  told_at timestamptz,
  constraint session_exception_session_id_pkey primary key (session_id, occurs_on),
  constraint session_exception_session_id_fkey foreign key (session_id)
    references outreach_session (id) on delete cascade
);
comment on table session_exception is 'Dates on which a repeating session does not take place.';
comment on column session_exception.told_at is
  'When it was called off, if after saving: within 24 hours of its start it stays closed.';

create table session_notice (
  id bigint generated always as identity,
  key uuid not null default gen_random_uuid(),
  session_id bigint not null,
  told_at timestamptz not null,
  window_ids bigint[] not null,
  confirmed_at timestamptz,
  confirmed_by text,
  constraint session_notice_id_pkey primary key (id),
  constraint session_notice_key_key unique (key),
  constraint session_notice_session_id_fkey foreign key (session_id)
    references outreach_session (id) on delete cascade,
  constraint session_notice_confirmed_by_check
    check ((confirmed_at is null) = (confirmed_by is null))
);
create index session_notice_session on session_notice (session_id);
create index session_notice_open on session_notice (told_at) where confirmed_at is null;
comment on table session_notice is
  'A late session tells the duty contact: the partner reads when police were told and when they confirmed; police read which of their own windows are no longer available, never why.';

create table police_came (
  session_id bigint not null,
  occurs_on date not null,
  reported_at timestamptz not null,
  constraint police_came_session_id_pkey primary key (session_id, occurs_on),
  constraint police_came_session_id_fkey foreign key (session_id)
    references outreach_session (id) on delete cascade
);
comment on table police_came is 'A partner''s report that police came to a session: it was not kept clear.';

create table occupancy (
  cell bigint not null,
  during tstzrange not null,
  kind text not null,
  active boolean not null default true,
  session_id bigint,
  window_id bigint,
  constraint occupancy_cell_resolution check (((cell >> 52) & 15) = 10),
  constraint occupancy_during_bounded check (
    not isempty(during) and lower_inc(during) and not upper_inc(during)
    and not lower_inf(during) and not upper_inf(during)
  ),
  constraint occupancy_kind_known check (kind in ('protected', 'patrol')),
  constraint occupancy_session_id_check check ((kind = 'protected') = (session_id is not null)),
  constraint occupancy_window_id_check check ((kind = 'patrol') = (window_id is not null)),
  constraint occupancy_session_id_fkey foreign key (session_id)
    references outreach_session (id) on delete cascade,
  -- No agreed patrol touches protected time, whoever writes and in whatever order.
  constraint occupancy_no_patrol_in_protected
    exclude using gist (cell with =, during with &&, kind with <>) where (active)
);
create index occupancy_session on occupancy (session_id) where session_id is not null;
create index occupancy_window on occupancy (window_id) where window_id is not null;
comment on table occupancy is
  'Who has a cell when: a row per footprint cell and protected interval, a row per cell of an agreed patrol and its whole window. Writers take pg_advisory_xact_lock(7310) first and insert cells sorted.';
