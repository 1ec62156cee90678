-- No one person alone opens a way to events and the hatch either (SAFEGUARDS 13): accounts of police wait for a second
-- person as those of partners do. A sergeant, an auditor or a coordinator can be that, another administrator cannot.
-- And the word of a second person needs a proof of the last five minutes that they are there. Accounts from before open
-- as they did; whoever opened one alone is known, and it is no second person for them.

create function is_police(role text) returns boolean language sql immutable as
  $$ select role in ('sergeant', 'analyst') $$;
comment on function is_police(text) is 'Roles that read events, and whose patrols are held against the hatch.';

create function what_opens(act text) returns text language sql immutable as $$
  select case act
    when 'secret' then 'password'
    when 'password' then 'password'
    when 'provider' then 'provider'
    when 'link' then 'phone'
    when 'extended' then 'longer'
    else 'account'
  end
$$;
comment on function what_opens(text) is 'What of an account an act opens, and so what stays shut until it is confirmed.';

create function replace_openings(account_number bigint, parts text[]) returns void language sql as $$
  update account_opening set replaced_at = clock_timestamp()
  where account_opening.account_id = account_number and account_opening.opens = any (parts)
    and account_opening.second in ('waits', 'refused') and account_opening.replaced_at is null
$$;
comment on function replace_openings(bigint, text[]) is
  'Of these parts of an account nothing waits any more: something newer took its place, or nothing of it is left.';

create or replace function needs_second_person(role text) returns boolean language sql immutable as
  $$ select role in ('partner', 'coordinator', 'admin', 'auditor') or is_police(role) $$;
comment on function needs_second_person(text) is
  'Roles that read a partner''s data, events or the hatch, or that could confirm somebody who does.';

-- A later last day shuts nothing before the one that is confirmed is over.
alter table account_opening add column shuts_from timestamptz;
comment on column account_opening.shuts_from is
  'Of a later last day: the end that is confirmed. Null: at once.';
alter table account_opening drop constraint account_opening_act_known;
alter table account_opening add constraint account_opening_act_known check (
  act in ('made', 'role', 'partner', 'enabled', 'extended', 'secret', 'password', 'provider', 'link')
);
alter table account_opening alter column opens set expression as (what_opens(act));
alter table account_opening add constraint account_opening_shuts_from_of_extended check (
  (act = 'extended') = (shuts_from is not null)
);

create or replace function account_is_shut(account_number bigint, way text) returns boolean language sql stable as $$
  select exists (
    select from account_opening
    join account on account.id = account_opening.account_id
    where account_opening.account_id = account_number
      and account_opening.second in ('waits', 'refused')
      and account_opening.replaced_at is null
      and coalesce(account_opening.shuts_from <= clock_timestamp(), true)
      and needs_second_person(account.role)
      and account_opening.opens = any (case way
        when 'pin' then array['account', 'longer']
        when 'link' then array['account', 'longer', 'phone']
        else array['account', 'longer', 'password', 'provider']
      end)
  )
$$;

-- Who lets somebody go on for longer gets no way in by it, and a yes to that says nothing of who opened the account.
create or replace function openers_of(name text) returns setof text language sql stable as $$
  select account_opening.asked_by from account_opening
  where account_opening.account_name = name
    and account_opening.asked_role <> 'operator'
    and account_opening.opens <> 'longer'
    and account_opening.second <> 'confirmed'
    and account_opening.id > coalesce(
      (select max(earlier.id) from account_opening earlier
       where earlier.account_name = name and earlier.opens <> 'longer' and earlier.second = 'confirmed'),
      0
    )
$$;

create or replace function may_decide(opening account_opening) returns boolean language sql stable as $$
  select coalesce(
    acting_role() = 'operator'
    or (
      case acting_role()
        when 'coordinator' then true
        when 'partner' then opening.partner_id = own_partner()
        when 'sergeant' then is_police(opening.role)
        when 'admin' then opening.partner_id is null and not is_police(opening.role)
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
  'Whether the acting person can be the second person: a coordinator; of a partner''s account somebody of it; of police a sergeant or an auditor; of the others an administrator or auditor; in use, neither who asked nor whom it opens, nor opened by who asked.';

-- Five minutes by the server's clock, and one for how far the database's may be from it. Who has a role of the
-- demonstration or is the host has no account to prove.
create function acting_person_is_there() returns boolean language sql stable as $$
  select acting_role() = 'operator'
    or not exists (select from account where account.name = acting_person())
    or exists (
      select from sign_in join account on account.id = sign_in.account_id
      where account.name = acting_person()
        and sign_in.fresh_at > clock_timestamp() - interval '6 minutes'
    )
$$;
comment on function acting_person_is_there() is
  'Whether the acting person proved to be there in the last minutes, in one of their sessions.';

create or replace function guard_account_opening() returns trigger language plpgsql as $$
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
  if new.second = 'confirmed' and not acting_person_is_there() then
    raise exception 'this takes a proof of the last five minutes'
      using errcode = '42501', constraint = 'account_opening_fresh_proof', table = 'account_opening';
  end if;
  new.decided_by := acting_person();
  new.decided_role := acting_role();
  new.decided_at := clock_timestamp();
  return new;
end
$$;

-- What is opened while its account waits already is confirmed with it, where the same person asked for both; a later
-- last day is always confirmed by itself.
drop function write_opening(account, text, boolean);
create function write_opening(
  opened account, what text, by_itself boolean default false, last_end timestamptz default null
) returns void language plpgsql as $$
declare
  shut text := what_opens(what);
  shut_from timestamptz := last_end;
begin
  if shut = 'longer' then
    shut_from := least(last_end, (
      select min(account_opening.shuts_from) from account_opening
      where account_opening.account_id = opened.id and account_opening.opens = 'longer'
        and account_opening.second in ('waits', 'refused') and account_opening.replaced_at is null
    ));
  end if;
  perform replace_openings(opened.id, array[shut]);
  if shut not in ('account', 'longer') and exists (
    select from account_opening
    where account_opening.account_id = opened.id and account_opening.opens = 'account'
      and account_opening.second = 'waits' and account_opening.replaced_at is null
      and account_opening.asked_by = acting_person()
  ) then
    return;
  end if;
  insert into account_opening (account_id, account_name, role, partner_id, act, second, shuts_from)
  values (
    opened.id, opened.name, opened.role, opened.partner_id, what,
    case
      when by_itself or acting_role() = 'operator' or not needs_second_person(opened.role)
        then 'not needed'
      else 'waits'
    end,
    shut_from
  );
end
$$;
comment on function write_opening(account, text, boolean, timestamptz) is
  'Writes down what was opened; of what it takes the place of nothing waits any more.';

create or replace function note_account_opening() returns trigger language plpgsql as $$
declare
  what text;
  had_ended boolean;
begin
  -- A restore brings rows as they were. The schema's owner puts rows where no route would, in tests.
  if current_user = 'boxster_copier' or coalesce(acting_role(), 'owner') = 'owner' then
    return null;
  end if;
  if tg_op = 'INSERT' then
    perform write_opening(new, 'made');
    return null;
  end if;
  had_ended := coalesce(old.expires_at <= clock_timestamp(), false);
  if needs_second_person(old.role) and not needs_second_person(new.role) then
    perform replace_openings(new.id, array['account', 'longer', 'password', 'provider', 'phone']);
  elsif old.disabled_at is null and new.disabled_at is not null then
    perform replace_openings(new.id, array['account']);
  end if;
  what := case
    when old.role <> new.role then 'role'
    when old.partner_id is distinct from new.partner_id then 'partner'
    when old.disabled_at is not null and new.disabled_at is null then 'enabled'
    when had_ended and coalesce(new.expires_at > clock_timestamp(), true) then 'enabled'
  end;
  if what is not null then
    perform write_opening(new, what);
  end if;
  if had_ended then
    -- What waits for the account itself holds all of it.
    perform replace_openings(new.id, array['longer']);
  elsif coalesce(new.expires_at > old.expires_at, old.expires_at is not null) then
    if needs_second_person(new.role) then
      perform write_opening(new, 'extended', false, old.expires_at);
    end if;
  elsif new.expires_at < old.expires_at then
    update account_opening set replaced_at = clock_timestamp()
    where account_opening.account_id = new.id and account_opening.opens = 'longer'
      and account_opening.second in ('waits', 'refused') and account_opening.replaced_at is null
      and account_opening.shuts_from >= new.expires_at;
  end if;
  if old.oidc_name is distinct from new.oidc_name then
    if new.oidc_name is not null then
      perform write_opening(new, 'provider');
    else
      perform replace_openings(new.id, array['provider']);
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

-- Sergeants hear of police accounts and of nothing else: that something of a partner changed is not theirs to know.
create function announce_police_opening() returns trigger language plpgsql as $$
begin
  perform pg_notify('boxster', 'police_opening');
  return null;
end
$$;
comment on function announce_police_opening() is
  'Says that a police account was opened, or that a second person has spoken.';
create trigger police_opening_announced after insert or update on account_opening
  for each row when (is_police(new.role)) execute function announce_police_opening();

select allow('account_opening', 'select', '{sergeant}', 'is_police(role)');
grant insert (shuts_from) on account_opening to boxster_gate, boxster_admin, boxster_operator;
