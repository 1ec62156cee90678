-- The public page. Outside the demonstration it is off until one person asks for it and a second confirms, by the same
-- openings as accounts (0002-accounts.sql, SAFEGUARDS 13); one alone turns it off again.

alter table account_opening
  alter column account_id drop not null,
  drop constraint account_opening_act_known,
  add constraint account_opening_act_known check (act in (
    'made', 'role', 'partner', 'enabled', 'extended', 'passwords', 'secret', 'password', 'provider', 'link', 'public'
  )),
  add constraint account_opening_account_id_present check ((act = 'public') = (account_id is null));
comment on column account_opening.account_id is 'Null: it opens the public page, and no account.';
create unique index account_opening_one_public on account_opening (act) where act = 'public' and replaced_at is null;

-- Setting this is asking for it; what counts is the opening that follows.
alter policy setting_insert_admin on setting with check (
  (select acting_person()) is not null and key in ('local-passwords', 'second-factor-for-police', 'police-contact', 'public-page')
);
alter policy setting_update_admin on setting using (
  (select acting_person()) is not null and key in ('local-passwords', 'second-factor-for-police', 'police-contact', 'public-page')
) with check (
  (select acting_person()) is not null and key in ('local-passwords', 'second-factor-for-police', 'police-contact', 'public-page')
);
select allow('setting', 'insert', array['auditor'], 'key = ''public-page''');
select allow('setting', 'update', array['auditor'], 'key = ''public-page''');
select allow('account_opening', 'insert', array['auditor'], 'act = ''public''', 'account_name, role, act, second');
select allow('account_opening', 'update', array['auditor'], 'act = ''public''', 'replaced_at');
select allow('account_opening', 'select', array['system'], 'act = ''public''', 'act, second, replaced_at, due_at');

create function public_page_state() returns text language sql stable as $$
  select coalesce(
    (
      select case when account_opening.second = 'waits' then 'waits' else 'on' end
      from account_opening
      where account_opening.act = 'public' and account_opening.replaced_at is null and (
        account_opening.second in ('confirmed', 'not needed')
        or account_opening.second = 'waits' and account_opening.due_at > clock_timestamp()
      )
    ),
    case
      when is_demonstration() and not exists (select from setting where setting.key = 'public-page') then 'on'
      else 'off'
    end
  )
$$;
comment on function public_page_state() is
  'on, off, or waits for a second person. A demonstration has it on until somebody turns it off.';

create function note_public_page() returns trigger language plpgsql as $$
begin
  -- A restore brings rows as they were.
  if current_user = 'boxster_copier' then
    return null;
  end if;
  if new.value = 'true' and public_page_state() <> 'off' then
    return null;
  end if;
  update account_opening set replaced_at = clock_timestamp()
  where account_opening.act = 'public' and account_opening.replaced_at is null;
  if new.value = 'true' then
    insert into account_opening (account_name, role, act, second) values (
      'public page', 'admin', 'public', case acting_role() when 'operator' then 'not needed' else 'waits' end
    );
  end if;
  return null;
end
$$;
create trigger setting_public_page_noted after insert or update on setting
  for each row when (new.key = 'public-page') execute function note_public_page();

-- Nobody opened an account by asking for the page, so whoever asked before can confirm another's.
create or replace function openers_of(name text) returns setof text language sql stable as $$
  select account_opening.asked_by from account_opening
  where account_opening.account_name = name
    and account_opening.account_id is not null
    and account_opening.asked_role <> 'operator'
    and account_opening.opens <> 'longer'
    and account_opening.second <> 'confirmed'
    and account_opening.id > coalesce(
      (select max(earlier.id) from account_opening earlier
       where earlier.account_name = name and earlier.opens <> 'longer' and earlier.second = 'confirmed'),
      0
    )
$$;

-- A resident's street or postcode is looked up to its area.
create index gazetteer_name_name_key on gazetteer_name (name_key);
grant select (name_key) on gazetteer_name to boxster_system;
