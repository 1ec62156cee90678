-- The schema, one file a room, in the order in which tables need each other (CONTRIBUTING.md lists the rooms). This
-- file holds what all rooms share: roles, the acting person, rights, notifications, settings, the clock and partners.

create extension if not exists postgis;
create extension if not exists btree_gist;

-- Each person's role is a database role, which every transaction takes on (`set local role`) before its first
-- statement: the database refuses what a route forgets to check. Doors (gate, keeper, publisher, clerk, copier) are
-- roles that no person has. The server takes one on for a few statements, where an answer needs rows that its caller
-- may not see (tx.through in server/db/database.ts). `public` serves the routes that need no sign-in.
do $$
declare
  role_name text;
begin
  foreach role_name in array array[
    'boxster_app', 'boxster_sergeant', 'boxster_analyst', 'boxster_partner', 'boxster_coordinator',
    'boxster_presenter', 'boxster_liaison', 'boxster_admin', 'boxster_auditor', 'boxster_operator', 'boxster_system',
    'boxster_nobody', 'boxster_public', 'boxster_gate', 'boxster_keeper', 'boxster_publisher', 'boxster_clerk',
    'boxster_copier'
  ] loop
    -- Roles belong to the whole server: another database on it may have made them, perhaps at this moment.
    begin
      execute format('create role %I nologin noinherit', role_name);
    exception when duplicate_object or unique_violation then null;
    end;
    -- Whoever migrates takes these roles on as well, in tests and on a desk.
    if not pg_has_role(current_user, role_name, 'set') then
      execute format('grant %I to current_user with set true, inherit false', role_name);
    end if;
    -- The login of a server is given boxster_app alone, which can take on every role but the copier's.
    begin
      if role_name not in ('boxster_app', 'boxster_copier') and not pg_has_role('boxster_app', role_name, 'set') then
        execute format('grant %I to boxster_app with set true, inherit false', role_name);
      end if;
    exception when unique_violation or internal_error then null;
    end;
  end loop;
end
$$;

-- Who acts ---------------------------------------------------------------------------------------------------------

create function acting_person() returns text language sql stable as
  $$ select nullif(current_setting('boxster.person', true), '') $$;
comment on function acting_person() is 'Who acts in this transaction; null sees no row anywhere.';
create function acting_role() returns text language sql stable as
  $$ select nullif(current_setting('boxster.role', true), '') $$;
comment on function acting_role() is 'The role of the acting person, also behind a door.';
create function acting_partner() returns text language sql stable as
  $$ select nullif(current_setting('boxster.partner', true), '') $$;
comment on function acting_partner() is 'The code of the partner that the acting person belongs to.';
create function acting_neighbour() returns text language sql stable as
  $$ select nullif(current_setting('boxster.neighbour', true), '') $$;
comment on function acting_neighbour() is 'The neighbour that the acting person, a liaison, belongs to.';

-- Rights -----------------------------------------------------------------------------------------------------------

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
comment on function fence(text) is 'Closes a table to everyone, its owner included, but the copier of backup and restore.';

-- The rights on a table as a list: who, which verbs and columns, on which rows, as in `partner: select, update (label)
-- where ...`. For the tables of these files only: 0013 drops it. Later migrations use fence and allow.
create function rights(of_table text, list text) returns void language plpgsql as $$
declare
  entry text;
  may text[];
begin
  perform fence(of_table);
  foreach entry in array string_to_array(regexp_replace(list, '\s+', ' ', 'g'), ';') loop
    for may in
      select regexp_matches(split_part(split_part(entry, ' where ', 1), ':', 2), '(\w+)(?: \(([^)]*)\))?', 'g')
    loop
      perform allow(
        of_table, may[1], string_to_array(replace(split_part(entry, ':', 1), ' ', ''), ','),
        coalesce(substring(entry from ' where (.*)'), 'true'), coalesce(may[2], '')
      );
    end loop;
  end loop;
end
$$;

-- server/db/migrate.ts creates this table and its comment.
select rights('migration', $$ system: select $$);

-- Notifications ----------------------------------------------------------------------------------------------------
-- Open screens hear of a change by PostgreSQL's notifications (server/live). A notification says which table changed
-- and for whom, never what, and is sent with the commit or not at all. It reads nothing: a trigger has the rights of
-- the writer, and whoever hears it looks up the rest with their own rights.
create function announce() returns trigger language plpgsql as $$
begin
  perform pg_notify('boxster', tg_table_name);
  return null;
end
$$;
comment on function announce() is 'Says that a table has changed.';
create function announce_partner() returns trigger language plpgsql as $$
begin
  perform pg_notify('boxster',
    tg_table_name || ' ' || case tg_op when 'DELETE' then old.partner_id else new.partner_id end);
  return null;
end
$$;
comment on function announce_partner() is 'Says of which partner a row has changed.';
create function announce_session() returns trigger language plpgsql as $$
begin
  perform pg_notify('boxster',
    tg_table_name || ' ' || case tg_op when 'DELETE' then old.session_id else new.session_id end);
  return null;
end
$$;
comment on function announce_session() is 'Says of which session a row has changed.';

-- Names ------------------------------------------------------------------------------------------------------------
-- Control characters, direction marks and zero-width characters can make one name look like another. core/text/shown-
-- name.ts refuses the same ones.
create function plain_name(name text) returns text language sql immutable strict parallel safe as $$
  select regexp_replace(
    name,
    '[\u0001-\u001F\u007F-\u009F\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180B-\u180F\u200B-\u200F\u2028-\u202E\u2060-\u206F\u3164\uFE00-\uFE0F\uFEFF\uFFA0\uFFF0-\uFFFB\U0001D173-\U0001D17A\U000E0000-\U000E0FFF]',
    '', 'g'
  )
$$;
comment on function plain_name(text) is 'A name without what nobody sees of it.';

-- Settings ---------------------------------------------------------------------------------------------------------

create table setting (
  key text not null constraint setting_key_key primary key,
  value jsonb not null,
  changed_at timestamptz not null default now()
);
comment on table setting is 'Facts about this database, such as whether it was born as a demonstration.';
-- The gate reads what signing in and a partner's screen need. An administrator sets these; the analyst chooses the
-- forecast.
select rights('setting', $$
  sergeant: select where key = 'forecast-choice';
  analyst: select, insert, update where key = 'forecast-choice';
  admin: select;
  admin: insert, update where key in ('local-passwords', 'second-factor-for-police', 'police-contact');
  auditor: select;
  operator, system: select, insert, update;
  gate: select where key in ('local-passwords', 'second-factor-for-police', 'police-contact');
  clerk: select where key = 'demo' $$);
create function is_demonstration() returns boolean language sql stable as
  $$ select exists (select from setting where key = 'demo') $$;

-- The clock --------------------------------------------------------------------------------------------------------
-- A wrong clock loses nothing (SAFEGUARDS 14): nothing beyond these marks is erased, whatever the code asks for. Rows
-- to be erased are sealed for 7 days first: no role can read them, and they can be restored (0005-protected-time.sql).
create table clock_mark (
  name text not null constraint clock_mark_name_primary primary key,
  at timestamptz,
  constraint clock_mark_name_known check (name in ('seen', 'erased', 'said'))
);
comment on table clock_mark is 'Moments of the database''s clock. seen: the newest of the audit chain and of the hourly look, which no gap of more than 3 days moves; erased: as at when the last erasure went through; said: until when a person has said that the clock is right.';
insert into clock_mark (name) values ('seen'), ('erased'), ('said');
select rights('clock_mark', $$
  partner, admin, operator, system, keeper, clerk: select;
  admin, operator: update (at) where name in ('seen', 'said');
  system: update (at) where name in ('seen', 'erased');
  clerk: update (at) where name = 'seen' $$);

create function clock_mark_at(mark text) returns timestamptz language sql stable as
  $$ select at from clock_mark where name = mark $$;
create function sure_time() returns timestamptz language sql volatile as $$
  select case
    when clock_timestamp() > clock_mark_at('seen') + interval '3 days' then clock_mark_at('seen')
    else clock_timestamp()
  end
$$;
comment on function sure_time() is 'The database''s clock; where that is more than 3 days past the last time it was seen at work, that time, until a person says that the clock is right.';
create function check_clock_mark() returns trigger language plpgsql as $$
begin
  if current_user in ('boxster_admin', 'boxster_operator') then
    -- A person's word is about now.
    new.at := clock_timestamp();
  elsif new.name = 'seen' and (
    new.at > clock_timestamp()
    or new.at > old.at + interval '3 days' and not is_demonstration()
  ) then
    raise exception 'only a person says that the clock is right after a gap'
      using errcode = '23514', constraint = 'clock_mark_seen_step', table = 'clock_mark';
  elsif new.name = 'erased' and new.at > sure_time() then
    raise exception 'nothing is erased of what the database''s clock has not passed'
      using errcode = '23514', constraint = 'clock_mark_erased_sure', table = 'clock_mark';
  elsif new.name = 'erased' and old.at is not null
    and new.at > interval '1 day' + greatest(
      old.at,
      -- What was said by a clock that has been set back since counts no longer.
      case when clock_mark_at('said') <= clock_timestamp() then clock_mark_at('said') end
    ) then
    raise exception 'an erasure of more than one day waits for a person'
      using errcode = '23514', constraint = 'clock_mark_erased_day', table = 'clock_mark';
  end if;
  return new;
end
$$;
create trigger clock_mark_checked before update on clock_mark
  for each row when (current_user in ('boxster_clerk', 'boxster_system', 'boxster_admin', 'boxster_operator'))
  execute function check_clock_mark();

-- Partners ---------------------------------------------------------------------------------------------------------
-- Here and not in 0005-protected-time.sql, because accounts belong to partners and most policies use own_partner().
create table partner (
  id bigint generated always as identity constraint partner_id_pkey primary key,
  code text not null constraint partner_code_key unique,
  name text not null constraint partner_name_key unique constraint partner_name_plain check (name = plain_name(name)),
  created_at timestamptz not null,
  calendar_known_until date,
  left_at timestamptz,
  constraint partner_code_check check (code ~ '^[a-z0-9][a-z0-9-]{0,39}$'),
  constraint partner_name_check check (name = btrim(name) and length(name) between 1 and 80)
);
comment on table partner is 'An outreach organisation; none of them may learn that another exists.';
comment on column partner.calendar_known_until is
  'Last London date for which its imported calendar was read, where a rule could be kept as dates only; no plan ends after it.';
comment on column partner.left_at is
  'When it left with all that was its own: what is left of it are numbers, and its closures of the day that followed.';
create function own_partner() returns bigint language sql stable as
  $$ select id from partner where code = acting_partner() $$;
comment on function own_partner() is 'The number of the acting person''s partner.';
-- A partner sees itself, and must not learn that another exists. It sets calendar_known_until because a calendar file
-- read on its device may cover only some weeks. Leaving uses two doors: the keeper for the partner's data, the gate for
-- its people.
select rights('partner', $$
  partner: select, update (calendar_known_until) where code = (select acting_partner());
  coordinator, auditor: select (id, code, name, created_at, left_at);
  admin: select (id, code, name, created_at, left_at), insert;
  operator: select, insert, update (calendar_known_until);
  system: select (id, code, left_at);
  gate: select (id, code, name, left_at);
  keeper: select, update (code, name, calendar_known_until, left_at) $$);
