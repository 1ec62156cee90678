-- No one person alone opens a partner's data (SAFEGUARDS 13). Whatever lets somebody sign in, and was done by somebody
-- else than its own person, is an opening: triggers write it down, so that no route and no command can forget to. Of
-- accounts that reach a partner's data, or that could confirm one that does, it opens nothing until a second person has
-- confirmed it. Refused or never answered it stays shut. The command line of the host is not held up: whoever holds the
-- host can read everything as it is (docs/guide/admin.md).

create function acting_role() returns text language sql stable as
  $$ select nullif(current_setting('boxster.role', true), '') $$;
comment on function acting_role() is 'The role of the acting person, also behind a door.';

create function needs_second_person(role text) returns boolean language sql immutable as
  $$ select role in ('partner', 'coordinator', 'admin', 'auditor') $$;
comment on function needs_second_person(text) is
  'Roles that read a partner''s data, or that could confirm somebody who does.';

create table account_opening (
  id bigint generated always as identity,
  key uuid not null default gen_random_uuid(),
  account_id bigint not null,
  account_name text not null,
  role text not null,
  partner_id bigint,
  act text not null,
  opens text not null generated always as (
    case act
      when 'secret' then 'password'
      when 'password' then 'password'
      when 'provider' then 'provider'
      when 'link' then 'phone'
      else 'account'
    end
  ) stored,
  asked_by text not null default acting_person(),
  asked_role text not null default acting_role(),
  asked_at timestamptz not null default clock_timestamp(),
  due_at timestamptz not null default clock_timestamp() + interval '168 hours',
  second text not null,
  decided_by text,
  decided_role text,
  decided_at timestamptz,
  replaced_at timestamptz,
  constraint account_opening_id_primary primary key (id),
  constraint account_opening_key_unique unique (key),
  constraint account_opening_account_id_fkey foreign key (account_id)
    references account (id) on delete cascade,
  constraint account_opening_partner_id_fkey foreign key (partner_id)
    references partner (id) on delete cascade,
  constraint account_opening_act_known check (
    act in ('made', 'role', 'partner', 'enabled', 'secret', 'password', 'provider', 'link')
  ),
  constraint account_opening_second_known check (
    second in ('not needed', 'waits', 'confirmed', 'refused')
  ),
  constraint account_opening_decided_present check (
    (second in ('confirmed', 'refused')) = (decided_at is not null)
    and (decided_at is null) = (decided_by is null)
    and (decided_at is null) = (decided_role is null)
  ),
  constraint account_opening_decided_by_another check (
    decided_role = 'operator' or decided_by not in (asked_by, account_name)
  )
);
create index account_opening_account_id on account_opening (account_id);
create index account_opening_account_name on account_opening (account_name);
create index account_opening_partner_id on account_opening (partner_id);
comment on table account_opening is
  'What somebody opened for an account of somebody else: itself, a password, a name at the provider, a phone; and the second person''s word on it.';
comment on column account_opening.key is 'What pages call it: partners must not count each other''s.';
comment on column account_opening.opens is 'What stays shut until it is confirmed.';
comment on column account_opening.due_at is 'From then on nobody can confirm it any more; it stays shut.';
comment on column account_opening.replaced_at is
  'When something newer took its place, or the account was shut: it holds nothing back, for there is nothing left of it.';

alter table account add column openings_seen_at timestamptz;
comment on column account.openings_seen_at is
  'Up to when its person has put away what was opened for them or at their partner.';

-- Of an account, what waits or was refused shuts: the account everything; a password or a name at the provider all but
-- phones that are set up; a link the phone that it would set up.
create function account_is_shut(account_number bigint, way text) returns boolean language sql stable as $$
  select exists (
    select from account_opening
    join account on account.id = account_opening.account_id
    where account_opening.account_id = account_number
      and account_opening.second in ('waits', 'refused')
      and account_opening.replaced_at is null
      and needs_second_person(account.role)
      and account_opening.opens = any (case way
        when 'pin' then array['account']
        when 'link' then array['account', 'phone']
        else array['account', 'password', 'provider']
      end)
  )
$$;
comment on function account_is_shut(bigint, text) is
  'Whether an account waits for a second person, for one way in: pin, link, or sign-in by anything else.';

-- Names of those who opened this account and were not confirmed by anybody since.
create function openers_of(name text) returns setof text language sql stable as $$
  select account_opening.asked_by from account_opening
  where account_opening.account_name = name
    and account_opening.asked_role <> 'operator'
    and account_opening.second <> 'confirmed'
    and account_opening.id > coalesce(
      (select max(earlier.id) from account_opening earlier
       where earlier.account_name = name and earlier.second = 'confirmed'),
      0
    )
$$;
comment on function openers_of(text) is
  'Who opened an account without a second person: neither they nor an account that they opened so can be the second person for it.';

create function may_decide(opening account_opening) returns boolean language sql stable as $$
  select coalesce(
    acting_role() = 'operator'
    or (
      case acting_role()
        when 'coordinator' then true
        when 'partner' then opening.partner_id = own_partner()
        when 'admin' then opening.partner_id is null
        when 'auditor' then opening.partner_id is null
      end
      and acting_person() not in (opening.asked_by, opening.account_name)
      and not exists (
        select from openers_of(opening.account_name) as opener (name)
        where opener.name in (select acting_person() union select openers_of(acting_person()))
      )
      and opening.asked_by not in (select openers_of(acting_person()))
      and not exists (
        select from account
        where account.name = acting_person()
          and (
            account.disabled_at is not null
            or coalesce(account.expires_at <= clock_timestamp(), false)
            or account_is_shut(account.id, 'pin')
          )
      )
    ),
    false
  )
$$;
comment on function may_decide(account_opening) is
  'Whether the acting person can be the second person: a coordinator, somebody of the partner, and of accounts of no partner an administrator or auditor too; in use, neither who asked nor whom it opens, nor opened by who asked.';

-- Written by the triggers below alone; the word of a second person is all that is said from outside, once.
create function guard_account_opening() returns trigger language plpgsql as $$
begin
  if current_user = 'boxster_copier' or pg_trigger_depth() > 1 then
    return new;
  end if;
  if tg_op = 'INSERT' or new.replaced_at is distinct from old.replaced_at then
    raise exception 'an opening is written by what opens'
      using errcode = '42501', constraint = 'account_opening_by_itself', table = 'account_opening';
  end if;
  if new.second = old.second then
    return new;
  end if;
  if old.second <> 'waits' or old.replaced_at is not null or old.due_at <= clock_timestamp()
    or new.second not in ('confirmed', 'refused')
  then
    raise exception 'this opening waits no more'
      using errcode = '23514', constraint = 'account_opening_waits', table = 'account_opening';
  end if;
  if not may_decide(old) then
    raise exception 'this takes a second person'
      using errcode = '42501', constraint = 'account_opening_second_person', table = 'account_opening';
  end if;
  new.decided_by := acting_person();
  new.decided_role := acting_role();
  new.decided_at := clock_timestamp();
  return new;
end
$$;
create trigger account_opening_guarded before insert or update on account_opening
  for each row execute function guard_account_opening();

-- What is opened while its account waits already is confirmed with it, where the same person asked for both.
create function write_opening(opened account, what text, by_itself boolean default false)
returns void language plpgsql as $$
declare
  shut text := case what
    when 'link' then 'phone' when 'secret' then 'password' when 'password' then 'password'
    when 'provider' then 'provider' else 'account' end;
begin
  update account_opening set replaced_at = clock_timestamp()
  where account_opening.account_id = opened.id and account_opening.opens = shut
    and account_opening.second in ('waits', 'refused') and account_opening.replaced_at is null;
  if shut <> 'account' and exists (
    select from account_opening
    where account_opening.account_id = opened.id and account_opening.opens = 'account'
      and account_opening.second = 'waits' and account_opening.replaced_at is null
      and account_opening.asked_by = acting_person()
  ) then
    return;
  end if;
  insert into account_opening (account_id, account_name, role, partner_id, act, second)
  values (
    opened.id, opened.name, opened.role, opened.partner_id, what,
    case
      when by_itself or acting_role() = 'operator' or not needs_second_person(opened.role)
        then 'not needed'
      else 'waits'
    end
  );
end
$$;
comment on function write_opening(account, text, boolean) is
  'Writes down what was opened; of what it takes the place of nothing waits any more.';

create function note_account_opening() returns trigger language plpgsql as $$
declare
  what text;
begin
  -- A restore brings rows as they were. The schema's owner puts rows where no route would, in tests.
  if current_user = 'boxster_copier' or coalesce(acting_role(), 'owner') = 'owner' then
    return null;
  end if;
  if tg_op = 'INSERT' then
    perform write_opening(new, 'made');
    return null;
  end if;
  if (old.disabled_at is null and new.disabled_at is not null)
    or (needs_second_person(old.role) and not needs_second_person(new.role))
  then
    update account_opening set replaced_at = clock_timestamp()
    where account_opening.account_id = new.id
      and (account_opening.opens = 'account' or not needs_second_person(new.role))
      and account_opening.second in ('waits', 'refused') and account_opening.replaced_at is null;
  end if;
  what := case
    when old.role <> new.role then 'role'
    when old.partner_id is distinct from new.partner_id then 'partner'
    when old.disabled_at is not null and new.disabled_at is null then 'enabled'
    when old.expires_at <= clock_timestamp()
      and coalesce(new.expires_at > clock_timestamp(), true) then 'enabled'
  end;
  if what is not null then
    perform write_opening(new, what);
  end if;
  if old.oidc_name is distinct from new.oidc_name then
    if new.oidc_name is not null then
      perform write_opening(new, 'provider');
    else
      update account_opening set replaced_at = clock_timestamp()
      where account_opening.account_id = new.id and account_opening.opens = 'provider'
        and account_opening.second in ('waits', 'refused') and account_opening.replaced_at is null;
    end if;
  end if;
  -- At the gate itself it is the person who sets a password, with the old one or a secret.
  if old.setup_hash is distinct from new.setup_hash and new.setup_hash is not null then
    perform write_opening(new, 'secret');
  elsif old.password_hash is distinct from new.password_hash and new.password_hash is not null
    and acting_role() <> 'gate'
  then
    perform write_opening(new, 'password');
  end if;
  return null;
end
$$;
create trigger account_opening_noted after insert or update on account
  for each row execute function note_account_opening();

-- A person's own link is told to the people of their partner and waits for nobody.
create function note_link_opening() returns trigger language plpgsql as $$
declare
  opened account;
begin
  if current_user = 'boxster_copier' or coalesce(acting_role(), 'owner') = 'owner' then
    return null;
  end if;
  if tg_op = 'DELETE' then
    -- Used, at the gate, it is looked at as the phone is written down.
    if acting_role() <> 'gate' then
      update account_opening set replaced_at = clock_timestamp()
      where account_opening.account_id = old.account_id and account_opening.opens = 'phone'
        and account_opening.second in ('waits', 'refused') and account_opening.replaced_at is null;
    end if;
    return null;
  end if;
  select * into opened from account where account.id = new.account_id;
  perform write_opening(opened, 'link', acting_role() = 'partner' and opened.name = acting_person());
  return null;
end
$$;
create trigger device_link_opening_noted after insert or update of secret_hash or delete on device_link
  for each row execute function note_link_opening();

create function refuse_unconfirmed() returns trigger language plpgsql as $$
begin
  if current_user <> 'boxster_copier' and account_is_shut(new.account_id, case
    when tg_table_name = 'partner_device' then 'link'
    when to_jsonb(new) ->> 'partner_device_id' is not null then 'pin'
    else 'sign-in'
  end) then
    raise exception 'this waits for a second person'
      using errcode = '42501', constraint = 'account_confirmed_by_second', table = tg_table_name;
  end if;
  return new;
end
$$;
create trigger sign_in_confirmed before insert on sign_in
  for each row when (new.account_id is not null) execute function refuse_unconfirmed();
create trigger partner_device_confirmed before insert on partner_device
  for each row execute function refuse_unconfirmed();

-- Access that had ended and begins again ends the sessions from before.
create or replace function end_account_sessions() returns trigger language plpgsql as $$
begin
  if (old.role, old.partner_id, old.neighbour, old.password_hash, old.setup_hash, old.disabled_at, old.oidc_name)
    is distinct from
    (new.role, new.partner_id, new.neighbour, new.password_hash, new.setup_hash, new.disabled_at, new.oidc_name)
    or (old.expires_at <= clock_timestamp() and coalesce(new.expires_at > clock_timestamp(), true))
  then
    new.epoch := old.epoch + 1;
  end if;
  if old.oidc_name is distinct from new.oidc_name then
    new.oidc_issuer := null;
    new.oidc_subject := null;
  end if;
  return new;
end
$$;

create function announce_opening() returns trigger language plpgsql as $$
begin
  perform pg_notify('boxster', concat_ws(' ', tg_table_name, new.partner_id));
  return null;
end
$$;
comment on function announce_opening() is 'Says that something was opened, confirmed or refused, and at which partner if any.';
create trigger account_opening_announced after insert or update on account_opening
  for each row execute function announce_opening();

select fence('account_opening');
select allow('account_opening', 'select', '{gate,admin,auditor,operator,keeper}');
select allow('account_opening', 'select', '{coordinator}', 'needs_second_person(role)');
-- Who of police it was is nothing that its partner needs.
select allow('account_opening', 'select', '{partner}', 'partner_id = (select own_partner())',
  'id, key, account_id, account_name, role, partner_id, act, opens, asked_role, asked_at, due_at, second, decided_role, decided_at, replaced_at');
select allow('account_opening', 'insert', '{gate,admin,operator}', 'true',
  'account_id, account_name, role, partner_id, act, second');
select allow('account_opening', 'update', '{admin,operator}', 'true', 'replaced_at');
select allow('account_opening', 'update', '{gate}', 'true', 'second, replaced_at');
select allow('account_opening', 'delete', '{keeper}');
grant update (openings_seen_at) on account to boxster_gate;

-- That a partner asked to leave, and from when on it is erased; not who asked.
select allow('leaving', 'select', '{coordinator,auditor}', 'true', 'partner_id, due_at');

-- Who opened what before this: for who-looked, and so that nobody is a second person for who made them.
set local role boxster_copier;
insert into account_opening (
  account_id, account_name, role, partner_id, act, asked_by, asked_role, asked_at, due_at, second
)
select account.id, account.name, account.role, account.partner_id,
  case audit.act
    when 'add an account' then 'made'
    when 'give out a one-time secret' then 'secret'
    when 'set the password of an account' then 'password'
    when 'give out a link to set up a phone' then 'link'
    when 'enable an account' then 'enabled'
    else 'role'
  end,
  audit.person, audit.role, audit.at, audit.at + interval '168 hours', 'not needed'
from audit
join account on account.name = audit.detail ->> 'account'
where audit.outcome = 'done' and audit.role = 'admin'
  and (
    audit.act in (
      'add an account', 'give out a one-time secret', 'set the password of an account',
      'give out a link to set up a phone', 'enable an account'
    )
    or audit.act = 'change an account' and audit.detail ? 'role'
  )
order by audit.id;
update account set openings_seen_at = now();
set local role none;
