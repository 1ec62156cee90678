-- Who may do what to which rows. A person's role is a database role, and every transaction takes it
-- on (`set local role`) before its first statement, so a route that forgets to ask is refused here.
-- Doors are roles that no person has: the server steps through one for a few statements, where an
-- answer needs rows that its caller may not see (tx.through in server/db/database.ts).

-- Roles belong to the whole server: another database on it may have made them, perhaps at this moment.
do $$
declare
  role_name text;
begin
  foreach role_name in array array[
    'boxster_sergeant', 'boxster_analyst', 'boxster_partner', 'boxster_coordinator',
    'boxster_presenter', 'boxster_liaison', 'boxster_admin', 'boxster_auditor',
    'boxster_operator', 'boxster_system', 'boxster_nobody',
    'boxster_gate', 'boxster_keeper', 'boxster_publisher', 'boxster_clerk',
    'boxster_copier', 'boxster_app'
  ] loop
    begin
      execute format('create role %I nologin noinherit', role_name);
    exception when duplicate_object or unique_violation then null;
    end;
    -- Whoever migrates takes these roles on as well, in tests and on a desk.
    if not pg_has_role(current_user, role_name, 'set') then
      execute format('grant %I to current_user with set true, inherit false', role_name);
    end if;
  end loop;
  -- The login of a server is given boxster_app alone; it can take on every role but the copier's.
  foreach role_name in array array[
    'boxster_sergeant', 'boxster_analyst', 'boxster_partner', 'boxster_coordinator',
    'boxster_presenter', 'boxster_liaison', 'boxster_admin', 'boxster_auditor',
    'boxster_operator', 'boxster_system', 'boxster_nobody',
    'boxster_gate', 'boxster_keeper', 'boxster_publisher', 'boxster_clerk'
  ] loop
    begin
      if not pg_has_role('boxster_app', role_name, 'set') then
        execute format('grant %I to boxster_app with set true, inherit false', role_name);
      end if;
    exception when unique_violation or internal_error then null;
    end;
  end loop;
end
$$;

create function acting_person() returns text language sql stable as
  $$ select nullif(current_setting('boxster.person', true), '') $$;
comment on function acting_person() is 'Who acts in this transaction; null sees no row anywhere.';

create function acting_partner() returns text language sql stable as
  $$ select nullif(current_setting('boxster.partner', true), '') $$;
comment on function acting_partner() is 'The code of the partner that the acting person belongs to.';

create function allow(
  table_name text, verb text, roles text[], rows text default 'true', columns text default ''
) returns void language plpgsql as $$
declare
  role_name text;
  condition text := '(select acting_person()) is not null'
    || case rows when 'true' then '' else ' and (' || rows || ')' end;
begin
  foreach role_name in array roles loop
    execute format(
      'grant %s %s on %I to %I',
      verb, case columns when '' then '' else '(' || columns || ')' end, table_name,
      'boxster_' || role_name
    );
    execute format(
      'create policy %I on %I for %s to %I %s',
      table_name || '_' || verb || '_' || role_name, table_name, verb, 'boxster_' || role_name,
      case verb
        when 'insert' then 'with check (' || condition || ')'
        when 'update' then 'using (' || condition || ') with check (' || condition || ')'
        else 'using (' || condition || ')'
      end
    );
  end loop;
end
$$;
revoke execute on function allow(text, text, text[], text, text) from public;
comment on function allow(text, text, text[], text, text) is
  'One right: a grant and a row policy for one verb of one table, for each of these roles.';

create function fence(table_name text) returns void language plpgsql as $$
begin
  execute format('alter table %I enable row level security', table_name);
  execute format('alter table %I force row level security', table_name);
  execute format(
    'grant select, insert, update, delete on %I to boxster_copier', table_name
  );
  execute format(
    'create policy %I on %I for all to boxster_copier using (true) with check (true)',
    table_name || '_all_copier', table_name
  );
end
$$;
revoke execute on function fence(text) from public;
comment on function fence(text) is
  'Closes a table to everyone, its owner included, but the copier of backup and restore.';

select fence(name) from unnest(array[
  'migration', 'setting', 'area', 'edge_line', 'road', 'named_place', 'batch', 'event',
  'partner', 'calendar_report', 'saved_place', 'outreach_session', 'session_exception',
  'session_notice', 'police_came', 'occupancy', 'patrol_plan', 'patrol_window', 'patrol_stop',
  'operation', 'operation_cell', 'tally', 'sign_in'
]) as every_table (name);

-- Facts about the database, and the public map.
select allow('migration', 'select', '{system}');
select allow('setting', 'select', '{system,operator,admin,auditor}');
select allow('setting', 'insert', '{system,operator}');
select allow('setting', 'update', '{system,operator}');
select allow(name, 'select',
  '{sergeant,analyst,partner,coordinator,presenter,liaison,admin,auditor,operator,system,publisher,keeper}')
from unnest(array['area', 'edge_line', 'road', 'named_place']) as map (name);
select allow(name, verb, '{system,operator}')
from unnest(array['area', 'edge_line', 'road', 'named_place']) as map (name),
  unnest(array['insert', 'update', 'delete']) as verbs (verb);

-- Events. The force's own reference is for the analyst alone; the publisher counts what was reported.
select allow('batch', 'select', '{analyst,operator}');
select allow('batch', 'select', '{sergeant,system,publisher}', 'true', 'id, profile');
select allow('batch', 'insert', '{analyst,operator}');
select allow('batch', 'update', '{analyst,operator}');
select allow('batch', 'delete', '{analyst,operator}');
select allow('event', 'select', '{analyst,operator}');
select allow('event', 'select', '{sergeant}', 'true',
  'id, cell, kind, source, category, starts_at, ends_at, ward');
select allow('event', 'select', '{publisher}', 'source in (''resident'', ''partner'')',
  'id, cell, kind, source, category, starts_at, ends_at, ward');
select allow('event', 'insert', '{analyst,operator}');

-- Outreach: a partner its own, and none may learn of another; the keeper closes and checks.
select allow('partner', 'select', '{partner}', 'code = (select acting_partner())');
select allow('partner', 'select', '{operator,keeper}');
select allow('partner', 'select', '{coordinator,admin,auditor}', 'true', 'id, code, name, created_at');
select allow('partner', 'insert', '{operator,admin}');
select allow('partner', 'update', '{operator}', 'true', 'calendar_known_until');

create function own_partner() returns bigint language sql stable as
  $$ select id from partner where code = acting_partner() $$;
comment on function own_partner() is 'The number of the acting person''s partner.';

select allow('calendar_report', verb, '{partner}', 'partner_id = (select own_partner())')
from unnest(array['select', 'insert']) as verbs (verb);
select allow('calendar_report', 'select', '{operator,keeper}');
select allow('calendar_report', 'select', '{coordinator}', 'true',
  'id, partner_id, reported_at, state, paused_until');
select allow('calendar_report', 'insert', '{operator}');

select allow('saved_place', verb, '{partner}', 'partner_id = (select own_partner())')
from unnest(array['select', 'insert', 'delete']) as verbs (verb);
select allow('saved_place', 'update', '{partner}', 'partner_id = (select own_partner())', 'label');
select allow('saved_place', 'select', '{operator}');
select allow('saved_place', 'select', '{keeper}', 'true', 'id, key, partner_id, radius_m, footprint, saved_at');
select allow('saved_place', 'insert', '{operator}');

select allow('outreach_session', verb, '{partner}', 'partner_id = (select own_partner())')
from unnest(array['select', 'insert', 'update']) as verbs (verb);
select allow('outreach_session', verb, '{operator}')
from unnest(array['select', 'insert', 'update', 'delete']) as verbs (verb);
select allow('outreach_session', 'select', '{keeper}');
select allow('outreach_session', 'update', '{keeper}', 'true', 'closed_until');

-- The subquery sees only what the caller may: a partner its own sessions.
select allow(name, verb, '{partner}',
  'exists (select from outreach_session where outreach_session.id = session_id)')
from (values
  ('session_exception', 'select'), ('session_exception', 'insert'), ('session_exception', 'delete'),
  ('police_came', 'select'), ('police_came', 'insert'), ('police_came', 'delete'),
  ('session_notice', 'select')
) as own (name, verb);
select allow('session_exception', verb, '{operator}')
from unnest(array['select', 'insert', 'delete']) as verbs (verb);
select allow('session_exception', 'select', '{keeper}');
select allow('police_came', 'select', '{keeper}');
select allow('session_notice', verb, '{keeper}')
from unnest(array['select', 'insert', 'update']) as verbs (verb);

-- What is closed and where patrols stand is written and read through the keeper's door alone: police
-- read footprints as the door's code words them, and only as far ahead as SAFEGUARDS lets them.
select allow('occupancy', verb, '{keeper}')
from unnest(array['select', 'insert', 'update', 'delete']) as verbs (verb);

-- Plans.
select allow(name, 'select', '{sergeant,operator,keeper}')
from unnest(array['patrol_plan', 'patrol_window', 'patrol_stop']) as plans (name);
-- A window that went would say that something came in its way.
select allow('patrol_plan', 'select', '{analyst,auditor}');
select allow('patrol_window', 'select', '{analyst,auditor}', 'status = ''agreed''');
select allow('patrol_stop', 'select', '{analyst,auditor}',
  'exists (select from patrol_window where patrol_window.id = window_id)');
select allow(name, verb, '{sergeant,operator}')
from unnest(array['patrol_plan', 'patrol_window', 'patrol_stop']) as plans (name),
  unnest(array['insert', 'update']) as verbs (verb);
select allow('patrol_stop', 'delete', '{sergeant,operator}');
select allow('patrol_plan', 'delete', '{sergeant,operator}',
  'status = ''suggested'' and created_by = (select acting_person())');
select allow('patrol_plan', 'update', '{keeper}', 'true', 'revision');
select allow('patrol_window', 'update', '{keeper}', 'true', 'status, closed_at, ends_at');

-- Operations and tallies.
select allow(name, 'select', '{sergeant,analyst,operator,publisher}')
from unnest(array['operation', 'operation_cell']) as operations (name);
select allow(name, 'insert', '{operator}')
from unnest(array['operation', 'operation_cell', 'tally']) as written (name);
select allow('tally', 'select', '{sergeant,analyst,auditor,operator}');
select allow('tally', verb, '{analyst}') from unnest(array['insert', 'update', 'delete']) as verbs (verb);

-- Signing in.
select allow('sign_in', verb, '{gate}')
from unnest(array['select', 'insert', 'update', 'delete']) as verbs (verb);

-- Whether a table was ever worked with is read from its counter (server/queries/emptiness.ts).
grant select on all sequences in schema public to boxster_operator, boxster_system;
