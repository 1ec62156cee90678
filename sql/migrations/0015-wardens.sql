-- Every uniformed patrol keeps clear (SAFEGUARDS 23; ADR 36): council wardens, street marshals, security. Their units
-- are units of the same plan, so occupancy and its constraint hold for them as they are: neither asks whose a window is.

do $$
begin
  begin
    create role boxster_warden nologin noinherit;
  exception when duplicate_object or unique_violation then null;
  end;
  if not pg_has_role(current_user, 'boxster_warden', 'set') then
    grant boxster_warden to current_user with set true, inherit false;
  end if;
  begin
    if not pg_has_role('boxster_app', 'boxster_warden', 'set') then
      grant boxster_warden to boxster_app with set true, inherit false;
    end if;
  exception when unique_violation or internal_error then null;
  end;
end
$$;

comment on function acting_partner() is
  'The code of the outreach partner, or of a warden coordinator''s patrol partner, that the acting person belongs to.';

create table patrol_partner (
  code text not null constraint patrol_partner_code_primary primary key,
  number integer not null constraint patrol_partner_number_unique unique,
  name text not null constraint patrol_partner_name_unique unique,
  kind text not null,
  kmh double precision not null,
  areas text[] not null default '{}',
  created_at timestamptz not null,
  constraint patrol_partner_code_written check (code ~ '^[a-z0-9][a-z0-9-]{0,39}$'),
  constraint patrol_partner_number_range check (number between 1 and 9),
  constraint patrol_partner_name_length check (name = btrim(name) and length(name) between 1 and 80),
  constraint patrol_partner_name_plain check (name = plain_name(name)),
  constraint patrol_partner_kind_known check (kind in ('wardens', 'marshals', 'security')),
  constraint patrol_partner_kmh_walked check (kmh between 2 and 7)
);
comment on table patrol_partner is 'Who patrols beside police: council wardens, street marshals, security of a business district.';
comment on column patrol_partner.number is
  'Labels of its windows begin above ten thousand times this, so that they tell nothing of how many windows police have.';
comment on column patrol_partner.kmh is 'How fast its units walk.';
comment on column patrol_partner.areas is 'Codes of the boroughs and public areas in which its units may stand; none is the whole command.';
select fence('patrol_partner');
select allow('patrol_partner', 'select', '{sergeant, analyst, admin, auditor, operator, system, gate, keeper}');
select allow('patrol_partner', 'select', '{warden}', 'code = (select acting_partner())');
select allow('patrol_partner', 'insert', '{admin, operator}');
select allow('patrol_partner', 'update', '{admin, operator}', columns => 'name, kind, kmh, areas');

-- Accounts ---------------------------------------------------------------------------------------------------------
-- A warden coordinator reads the hatch, so that its account needs a second person as those of police do.

alter table account
  add column patrol_partner text constraint account_patrol_partner_fkey references patrol_partner (code),
  add constraint account_patrol_partner_present check ((role = 'warden') = (patrol_partner is not null)),
  drop constraint account_role_known,
  add constraint account_role_known check (role in (
    'sergeant', 'analyst', 'partner', 'coordinator', 'presenter', 'liaison', 'admin', 'auditor', 'warden'
  ));
comment on column account.patrol_partner is 'Of the role warden: whose patrols it coordinates. It stays, as long as the role does.';
grant select (patrol_partner) on account to boxster_admin, boxster_auditor, boxster_operator;
grant insert (patrol_partner), update (patrol_partner) on account to boxster_admin, boxster_operator;

-- Another patrol partner is another account: moved, this one would keep its second person's word and its sessions.
create function refuse_moved_warden() returns trigger language plpgsql as $$
begin
  raise exception 'a warden coordinator stays with its patrol partner'
    using errcode = '23514', constraint = 'account_patrol_partner_stays', table = 'account';
end
$$;
create trigger account_patrol_partner_stays before update on account
  for each row when (old.patrol_partner <> new.patrol_partner) execute function refuse_moved_warden();

alter table sign_in
  drop constraint sign_in_partner_present,
  add constraint sign_in_partner_present check ((role in ('partner', 'warden')) = (partner is not null)),
  drop constraint sign_in_role_known,
  add constraint sign_in_role_known check (role in (
    'sergeant', 'analyst', 'partner', 'coordinator', 'presenter', 'liaison', 'admin', 'auditor', 'warden'
  ));

create or replace function is_police(role text) returns boolean language sql immutable as
  $$ select role in ('sergeant', 'analyst', 'warden') $$;
comment on function is_police(text) is
  'Roles that read events or the hatch: a sergeant or an auditor is the second person for them, no administrator.';
select allow('audit', 'select', '{warden}',
  'person = (select acting_person()) and role not in (''operator'', ''system'')');

-- The map --------------------------------------------------------------------------------------------------------
select allow(name, 'select', '{warden}')
from unnest(array['area', 'edge_line', 'road', 'named_place']) as same (name);

-- Patrols ----------------------------------------------------------------------------------------------------------
-- Null is police, everywhere below.

create function announce_patrol_partner() returns trigger language plpgsql as $$
declare
  whose text := case tg_op when 'DELETE' then old.patrol_partner else new.patrol_partner end;
begin
  if whose is not null then
    perform pg_notify('boxster', tg_table_name || ' ' || whose);
  end if;
  return null;
end
$$;
comment on function announce_patrol_partner() is 'Says of which patrol partner a row has changed.';

alter table staffing_duty
  add column patrol_partner text constraint staffing_duty_patrol_partner_fkey references patrol_partner (code),
  add constraint staffing_duty_unit_of_one
    exclude using gist (duty_date with =, unit with =, coalesce(patrol_partner, '') with <>);
comment on column staffing_duty.patrol_partner is 'Whose unit it is on that date; null of police.';
drop policy staffing_duty_insert_sergeant on staffing_duty;
drop policy staffing_duty_delete_sergeant on staffing_duty;
select allow('staffing_duty', verb, '{sergeant}', 'patrol_partner is null') from unnest(array['insert', 'delete']) as verb;
select allow('staffing_duty', verb, '{warden}', 'patrol_partner = (select acting_partner())')
from unnest(array['select', 'insert', 'delete']) as verb;

-- What a coordinator changes of a window goes through the keeper, once the coordinator has read it by these rights.
alter table patrol_window
  add column patrol_partner text constraint patrol_window_patrol_partner_fkey references patrol_partner (code);
comment on column patrol_window.patrol_partner is 'Whose window it is; null of police.';
select allow('patrol_window', 'select', '{warden}', 'patrol_partner = (select acting_partner())',
  'id, plan_id, label, zone, unit, starts_at, ends_at, shift_starts_at, shift_ends_at, status, checked_at, checked_ok,
  mode, purpose, locked, patrol_partner');
grant update (
  zone, unit, mode, starts_at, ends_at, shift_starts_at, shift_ends_at, expected, expected_low, expected_high, why_here,
  why_now, checked_at, checked_ok, locked, purpose, patrol_partner
) on patrol_window to boxster_keeper;
grant update (status, agreed_at, agreed_by) on patrol_plan to boxster_keeper;
select allow('patrol_change', 'insert', '{keeper}');
select allow(name, 'select', '{keeper}')
from unnest(array['staffing_duty', 'staffing_task', 'staffing_core']) as same (name);
create trigger patrol_window_partner_announced after insert or update or delete on patrol_window
  for each row execute function announce_patrol_partner();
select allow(name, 'select', '{warden}', 'exists (select from patrol_window where patrol_window.id = window_id)')
from unnest(array['patrol_stop', 'patrol_leg']) as same (name);
select allow(name, verb, '{keeper}')
from unnest(array['patrol_stop', 'patrol_leg']) as same (name), unnest(array['insert', 'delete']) as verb;

alter table patrol_debrief
  add column patrol_partner text constraint patrol_debrief_patrol_partner_fkey references patrol_partner (code),
  drop constraint patrol_debrief_shift_once,
  add constraint patrol_debrief_shift_once unique nulls not distinct (shift_starts_at, shift_ends_at, patrol_partner);
comment on column patrol_debrief.patrol_partner is 'Whose patrols of the shift it is about; null of police.';
drop policy patrol_debrief_insert_sergeant on patrol_debrief;
drop policy patrol_debrief_delete_sergeant on patrol_debrief;
select allow('patrol_debrief', verb, '{sergeant}', 'patrol_partner is null')
from unnest(array['insert', 'delete']) as verb;
select allow('patrol_debrief', verb, '{warden}', 'patrol_partner = (select acting_partner())')
from unnest(array['select', 'insert', 'delete']) as verb;
select allow('patrol_outcome', verb, '{warden}',
  'exists (select from patrol_debrief where patrol_debrief.id = debrief_id)')
from unnest(array['select', 'insert']) as verb;

alter table patrol_visit
  add column patrol_partner text constraint patrol_visit_patrol_partner_fkey references patrol_partner (code);
comment on table patrol_visit is
  'A stay of a patrol in a cell as logged. It leaves the server as minutes by cell and day, never by the hour.';
comment on column patrol_visit.patrol_partner is 'Whose stay it was; null of police.';
select allow('patrol_visit', verb, '{warden}', 'patrol_partner = (select acting_partner())')
from unnest(array['select', 'insert']) as verb;
select allow('patrol_visit', 'select', '{keeper}', columns => 'id, cell, starts_at, ends_at');

-- Late sessions --------------------------------------------------------------------------------------------------
create table warden_notice (
  notice_id bigint not null constraint warden_notice_notice_id_fkey references session_notice (id) on delete cascade,
  patrol_partner text not null constraint warden_notice_patrol_partner_fkey references patrol_partner (code),
  window_ids bigint[] not null,
  confirmed_at timestamptz, confirmed_by text,
  constraint warden_notice_key_primary primary key (notice_id, patrol_partner),
  constraint warden_notice_confirmed_at_present check ((confirmed_at is null) = (confirmed_by is null))
);
comment on table warden_notice is 'A late session tells each patrol partner as it tells police (session_notice): which of its own windows are no longer available, never why.';
-- A partner reads of a notice that all who had a window in the way have confirmed, and not how many kinds they are.
select fence('warden_notice');
select allow('warden_notice', verb, '{keeper}') from unnest(array['select', 'insert', 'update']) as verb;
create trigger warden_notice_announced after insert or update on warden_notice
  for each row execute function announce_patrol_partner();
