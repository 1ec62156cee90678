-- What a database of commit ed7c113a lacks that cannot be said again as it is in sql/migrations: columns, and constraints
-- that were changed. server/db/before.ts says the rest again: functions, tables, triggers, rights, comments.

alter table account add column partner_password boolean not null default false;
alter table account_opening add column shuts_from timestamptz;
alter table account_opening alter column opens set expression as (what_opens(act));
alter table account_opening drop constraint account_opening_act_known;
alter table account_opening add constraint account_opening_act_known check (act in (
  'made', 'role', 'partner', 'enabled', 'extended', 'passwords', 'secret', 'password', 'provider', 'link'
));
alter table account_opening
  add constraint account_opening_shuts_from_of_extended check ((act = 'extended') = (shuts_from is not null));
drop function write_opening(account, text, boolean);
alter table batch add column months jsonb not null default '[]';
alter table outreach_session add column sealed_at timestamptz;
alter table session_exception add column sealed_at timestamptz;
alter table police_came add column sealed_at timestamptz;
alter table police_attended add column place text constraint police_attended_place_short
  check (place = btrim(place) and length(place) between 1 and 200);
alter table patrol_leg add column attribution text;
alter table release add column beside text;
-- rows.sql adds it again, as it is now.
alter table saved_place drop constraint saved_place_lattice_form;

-- All rights go, and are given again from the lists of sql/migrations.
do $$
declare
  one record;
  every_role text := (
    select string_agg(quote_ident(rolname), ', ') from pg_roles
    where rolname = 'boxster_copier' or rolname ~ '^boxster_' and pg_has_role('boxster_app', oid, 'set')
  );
begin
  for one in select policyname, tablename from pg_policies where schemaname = 'public' loop
    execute format('drop policy %I on %I', one.policyname, one.tablename);
  end loop;
  for one in
    select relname from pg_class where relnamespace = 'public'::regnamespace and relforcerowsecurity
  loop
    execute format('revoke all on %I from %s', one.relname, every_role);
  end loop;
end
$$;
