-- People: accounts and their roles, ways to sign in, the second person, the second factor, and the audit chain.

-- Accounts ---------------------------------------------------------------------------------------------------------
-- Roles are kept only here: groups from an identity provider are never read.
create table account (
  id bigint generated always as identity constraint account_id_key primary key,
  name text not null constraint account_name_unique unique,
  shown_name text constraint account_shown_name_length check (length(shown_name) between 1 and 80),
  role text not null,
  partner_id bigint constraint account_partner_id_fkey references partner (id),
  password_hash text constraint account_password_hash_slow check (password_hash like '$argon2id$%'),
  has_password boolean generated always as (password_hash is not null) stored,
  password_set_at timestamptz,
  setup_hash bytea constraint account_setup_hash_length check (length(setup_hash) = 32),
  setup_until timestamptz,
  oidc_name text constraint account_oidc_name_unique unique,
  oidc_issuer text,
  oidc_subject text,
  created_at timestamptz not null,
  expires_at timestamptz,
  disabled_at timestamptz,
  epoch integer not null default 1,
  neighbour text constraint account_neighbour_length check (length(neighbour) between 1 and 80),
  openings_seen_at timestamptz,
  partner_password boolean not null default false,
  constraint account_partner_id_present check ((role = 'partner') = (partner_id is not null)),
  constraint account_setup_until_present check ((setup_hash is null) = (setup_until is null)),
  constraint account_oidc_subject_unique unique (oidc_issuer, oidc_subject),
  constraint account_oidc_subject_present check ((oidc_issuer is null) = (oidc_subject is null)),
  constraint account_neighbour_liaison check (neighbour is null or role = 'liaison'),
  constraint account_partner_password_allowed
    check (role <> 'partner' or partner_password or (password_hash is null and setup_hash is null)),
  constraint account_name_written check (name ~ '^[a-z0-9][a-z0-9._@+-]{1,63}$'),
  constraint account_shown_name_plain check (shown_name = plain_name(shown_name)),
  constraint account_role_known
    check (role in ('sergeant', 'analyst', 'partner', 'coordinator', 'presenter', 'liaison', 'admin', 'auditor')),
  constraint account_oidc_name_length check (length(oidc_name) between 1 and 255)
);
create index account_partner_id on account (partner_id);
comment on table account is 'Who may sign in: one role each. Accounts are disabled and never deleted, for the audit chain names them.';
comment on column account.password_hash is 'argon2id with its own salt; null: no password, sign-in by the identity provider alone.';
comment on column account.setup_hash is 'SHA-256 of a one-time secret of 123 random bits, with which its person sets a first password.';
comment on column account.oidc_name is
  'The name at the identity provider that an administrator entered; at the first sign-in issuer and subject are bound.';
comment on column account.epoch is
  'Grows with everything that must end the sessions of the account; a session holds the one it began in.';
comment on column account.neighbour is
  'Of the role liaison: its neighbour. Without one, as in accounts from before there were any, it sees and sends nothing.';
comment on column account.openings_seen_at is 'Up to when its person has put away what was opened for them or at their partner.';
comment on column account.partner_password is 'Of a partner''s account: whether a password may sign it in. Any other role can have one.';
-- Only the gate reads and writes secrets. Administrators write the rest.
select rights('account', $$
  admin, auditor, operator: select (id, name, shown_name, role, partner_id, has_password, password_set_at, setup_until,
    oidc_name, oidc_issuer, oidc_subject, created_at, expires_at, disabled_at, epoch, neighbour, partner_password);
  gate: select, update (shown_name, password_hash, password_set_at, setup_hash, setup_until, oidc_name, oidc_issuer,
    oidc_subject, disabled_at, openings_seen_at);
  admin, operator: insert (name, shown_name, role, partner_id, oidc_name, created_at, expires_at, neighbour),
    update (shown_name, role, partner_id, oidc_name, expires_at, disabled_at, neighbour, partner_password) $$);

-- In the database, so that no route or command can forget it: these changes end every session of the account.
create function end_account_sessions() returns trigger language plpgsql as $$
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
create trigger account_sessions_ended before update on account for each row execute function end_account_sessions();

-- Partners sign in with a phone and its PIN, or a passkey, so a stranger who tries passwords locks nobody out
-- (SAFEGUARDS 19). The password is deleted when it is switched off, or when the account becomes a partner's.
create function drop_partner_password() returns trigger language plpgsql as $$
begin
  if new.role <> 'partner' then
    new.partner_password := false;
  elsif not new.partner_password and (old.role <> 'partner' or old.partner_password) then
    new.password_hash := null;
    new.password_set_at := null;
    new.setup_hash := null;
    new.setup_until := null;
  end if;
  return new;
end
$$;
-- Runs before account_sessions_ended, because triggers fire in the order of their names.
create trigger account_partner_password_dropped before update on account for each row execute function drop_partner_password();
create trigger account_announced after update on account for each statement execute function announce();

-- Signing in -------------------------------------------------------------------------------------------------------

-- A partner's phone: set up once with a single-use link, then opened with a PIN. Both the phone and the PIN are needed.
create table partner_device (
  id uuid not null default gen_random_uuid() constraint partner_device_id_primary primary key,
  account_id bigint not null constraint partner_device_account_id_fkey references account (id) on delete cascade,
  token_hash bytea not null constraint partner_device_token_hash_unique unique,
  pin_hash text not null constraint partner_device_pin_hash_slow check (pin_hash like '$argon2id$%'),
  kind text constraint partner_device_kind_length check (length(kind) between 1 and 80),
  made_at timestamptz not null,
  last_used_at timestamptz not null,
  wrong_pins integer not null default 0 constraint partner_device_wrong_pins_not_negative check (wrong_pins >= 0),
  constraint partner_device_token_hash_length check (length(token_hash) = 32)
);
create index partner_device_account_id on partner_device (account_id);
comment on table partner_device is 'Phones that sign in by a PIN. A row goes when the phone is taken away, after too many wrong PINs, and with the role of its account.';
comment on column partner_device.token_hash is 'SHA-256 of the 256 random bits in the phone''s cookie.';
comment on column partner_device.pin_hash is
  'argon2id of the PIN under the phone''s own secret: from the database alone no PIN can be tried.';
select rights('partner_device', $$
  admin, operator: select (id, account_id, kind, made_at, last_used_at), delete;
  auditor: select (id, account_id, kind, made_at, last_used_at);
  gate: select, insert, update, delete $$);

create table device_link (
  account_id bigint not null constraint device_link_account_id_primary primary key,
  secret_hash bytea not null constraint device_link_secret_hash_unique unique,
  made_by text not null,
  until timestamptz not null,
  constraint device_link_account_id_fkey foreign key (account_id) references account (id) on delete cascade,
  constraint device_link_secret_hash_length check (length(secret_hash) = 32)
);
comment on table device_link is
  'The link that sets up one more phone: one for an account at a time, used once, the SHA-256 of 123 random bits.';
select rights('device_link', $$
  admin, operator: select (account_id, until), delete;
  gate: select, insert, update, delete $$);

create function take_away_devices() returns trigger language plpgsql as $$
begin
  if (old.role, old.partner_id) is distinct from (new.role, new.partner_id)
    or (old.disabled_at is null and new.disabled_at is not null)
  then
    delete from device_link where account_id = new.id;
    delete from partner_device where account_id = new.id;
  end if;
  return null;
end
$$;
create trigger account_devices_taken_away after update on account for each row execute function take_away_devices();

create table sign_in (
  token_hash bytea not null constraint sign_in_token_hash_key primary key,
  person text not null,
  role text not null,
  partner text,
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  id uuid not null default gen_random_uuid() constraint sign_in_id_unique unique,
  account_id bigint constraint sign_in_account_id_fkey references account (id) on delete cascade,
  epoch integer,
  locked_at timestamptz,
  device text constraint sign_in_device_length check (length(device) between 1 and 80),
  partner_device_id uuid constraint sign_in_partner_device_id_fkey references partner_device (id) on delete cascade,
  neighbour text,
  fresh_at timestamptz,
  by_provider boolean not null default false,
  constraint sign_in_partner_present check ((role = 'partner') = (partner is not null)),
  constraint sign_in_epoch_present check ((account_id is null) = (epoch is null)),
  constraint sign_in_neighbour_liaison check (neighbour is null or role = 'liaison'),
  constraint sign_in_token_hash_length check (length(token_hash) = 32),
  constraint sign_in_role_known
    check (role in ('sergeant', 'analyst', 'partner', 'coordinator', 'presenter', 'liaison', 'admin', 'auditor'))
);
create index sign_in_account_id on sign_in (account_id);
create index sign_in_partner_device_id on sign_in (partner_device_id) where partner_device_id is not null;
comment on table sign_in is 'Signed-in browsers: the SHA-256 of an opaque token, never the token.';
comment on column sign_in.id is 'Names the session to its own person; the token cannot be had from it.';
comment on column sign_in.locked_at is 'The screen is locked: the session answers nothing until its person proves to be there.';
comment on column sign_in.device is 'The kind of browser and system, in words, so that a person knows their own sessions apart.';
comment on column sign_in.partner_device_id is 'The phone that it was opened on by PIN; taken away, the session ends.';
comment on column sign_in.neighbour is 'Of a liaison by role alone, in the demonstration.';
comment on column sign_in.fresh_at is 'When its person last proved to be there: some acts ask for the last five minutes.';
comment on column sign_in.by_provider is 'Opened through the identity provider, whose own second factor counts.';
select rights('sign_in', $$ gate: select, insert, update, delete $$);
create trigger sign_in_announced after delete or update of locked_at, token_hash on sign_in
  for each statement execute function announce();

-- Kept here so that a restart does not reset it.
create table sign_in_failure (
  kind text not null constraint sign_in_failure_kind_known check (kind in ('name', 'address')),
  key bytea not null constraint sign_in_failure_key_length check (length(key) = 32),
  failures integer not null constraint sign_in_failure_failures_positive check (failures >= 0),
  last_at timestamptz not null,
  waits_until timestamptz not null,
  waiting_tries integer not null default 0,
  constraint sign_in_failure_key_primary primary key (kind, key)
);
create index sign_in_failure_last_at on sign_in_failure (last_at);
comment on table sign_in_failure is 'Failed sign-ins by typed name and by address, each as a keyed hash: neither can be read back.';
comment on column sign_in_failure.waiting_tries is
  'How many tries this wait has refused: the audit chain takes the first, the tenth, the hundredth of them.';
select rights('sign_in_failure', $$ gate: select, insert, update, delete $$);

-- Counted here so that several servers on one database share one limit. Unlogged, because a row matters for a minute
-- only.
create unlogged table call_count (
  kind text not null constraint call_count_kind_known check (kind in ('sign_in', 'probe', 'refusal')),
  caller bytea not null constraint call_count_caller_length check (length(caller) = 32),
  counted_from timestamptz not null,
  calls integer not null constraint call_count_calls_not_negative check (calls >= 0),
  constraint call_count_key_primary primary key (kind, caller)
);
comment on table call_count is
  'Calls of the last minute by what they are and who makes them: a person, a browser or an address, each as a keyed hash.';
comment on column call_count.counted_from is 'The first call of the minute that is counted.';
select rights('call_count', $$ gate: select, insert, update, delete $$);

-- The second person ------------------------------------------------------------------------------------------------
-- Nobody alone can give access to a partner's data, or to events and keep-clear areas (SAFEGUARDS 13). Anything that
-- lets a person sign in and was done by somebody else is an opening. Triggers record it, so that no route or command
-- can forget to. It has no effect until a second person confirms it; refused or unanswered, the account stays shut. The
-- host's command line does not wait: whoever controls the host can read everything (docs/guide/admin.md).
create function is_police(role text) returns boolean language sql immutable as
  $$ select role in ('sergeant', 'analyst') $$;
comment on function is_police(text) is 'Roles that read events, and whose patrols are held against the hatch.';
create function needs_second_person(role text) returns boolean language sql immutable as
  $$ select role in ('partner', 'coordinator', 'admin', 'auditor') or is_police(role) $$;
comment on function needs_second_person(text) is
  'Roles that read a partner''s data, events or the hatch, or that could confirm somebody who does.';
create function what_opens(act text) returns text language sql immutable as $$
  select case act
    when 'passwords' then 'password'
    when 'secret' then 'password'
    when 'password' then 'password'
    when 'provider' then 'provider'
    when 'link' then 'phone'
    when 'extended' then 'longer'
    else 'account'
  end
$$;
comment on function what_opens(text) is 'What of an account an act opens, and so what stays shut until it is confirmed.';

create table account_opening (
  id bigint generated always as identity constraint account_opening_id_primary primary key,
  key uuid not null default gen_random_uuid() constraint account_opening_key_unique unique,
  account_id bigint not null constraint account_opening_account_id_fkey references account (id) on delete cascade,
  account_name text not null,
  role text not null,
  partner_id bigint constraint account_opening_partner_id_fkey references partner (id) on delete cascade,
  act text not null,
  opens text not null generated always as (what_opens(act)) stored,
  asked_by text not null default acting_person(),
  asked_role text not null default acting_role(),
  asked_at timestamptz not null default clock_timestamp(),
  due_at timestamptz not null default clock_timestamp() + interval '168 hours',
  second text not null,
  decided_by text, decided_role text,
  decided_at timestamptz,
  replaced_at timestamptz,
  shuts_from timestamptz,
  constraint account_opening_decided_present check (
    (second in ('confirmed', 'refused')) = (decided_at is not null)
    and (decided_at is null) = (decided_by is null)
    and (decided_at is null) = (decided_role is null)
  ),
  constraint account_opening_decided_by_another
    check (decided_role = 'operator' or decided_by not in (asked_by, account_name)),
  constraint account_opening_shuts_from_of_extended check ((act = 'extended') = (shuts_from is not null)),
  constraint account_opening_act_known check (act in (
    'made', 'role', 'partner', 'enabled', 'extended', 'passwords', 'secret', 'password', 'provider', 'link'
  )),
  constraint account_opening_second_known check (second in ('not needed', 'waits', 'confirmed', 'refused'))
);
create index account_opening_account_id on account_opening (account_id);
create index account_opening_account_name on account_opening (account_name);
create index account_opening_partner_id on account_opening (partner_id);
comment on table account_opening is 'What somebody opened for an account of somebody else: itself, a password, a name at the provider, a phone; and the second person''s word on it.';
comment on column account_opening.key is 'What pages call it: partners must not count each other''s.';
comment on column account_opening.opens is 'What stays shut until it is confirmed.';
comment on column account_opening.due_at is 'From then on nobody can confirm it any more; it stays shut.';
comment on column account_opening.replaced_at is
  'When something newer took its place, or the account was shut: it holds nothing back, for there is nothing left of it.';
comment on column account_opening.shuts_from is 'Of a later last day: the end that is confirmed. Null: at once.';
-- A partner does not need to know which police officer asked.
select rights('account_opening', $$
  sergeant: select where is_police(role);
  partner: select (id, key, account_id, account_name, role, partner_id, act, opens, asked_role, asked_at, due_at, second,
    decided_role, decided_at, replaced_at)
    where partner_id = (select own_partner());
  coordinator: select where needs_second_person(role);
  admin, operator: select, insert (account_id, account_name, role, partner_id, act, second, shuts_from),
    update (replaced_at);
  auditor: select;
  gate: select, insert (account_id, account_name, role, partner_id, act, second, shuts_from), update (second, replaced_at);
  keeper: select, delete $$);

create function replace_openings(account_number bigint, parts text[]) returns void language sql as $$
  update account_opening set replaced_at = clock_timestamp()
  where account_opening.account_id = account_number and account_opening.opens = any (parts)
    and account_opening.second in ('waits', 'refused') and account_opening.replaced_at is null
$$;
comment on function replace_openings(bigint, text[]) is
  'Of these parts of an account nothing waits any more: something newer took its place, or nothing of it is left.';

-- An opening that is waiting or refused shuts: for an account, every way in; for a password or provider name, all but
-- phones already set up; for a link, the phone it would set up; for a later last day, nothing until the confirmed day
-- is over.
create function account_is_shut(account_number bigint, way text) returns boolean language sql stable as $$
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
comment on function account_is_shut(bigint, text) is
  'Whether an account waits for a second person, for one way in: pin, link, or sign-in by anything else.';

-- Extending an account gives the person who does it no way in, and confirming that says nothing about who opened the
-- account.
create function openers_of(name text) returns setof text language sql stable as $$
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
comment on function openers_of(text) is 'Who opened an account without a second person: neither they nor an account that they opened so can be the second person for it.';
create function may_decide(opening account_opening) returns boolean language sql stable as $$
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
comment on function may_decide(account_opening) is 'Whether the acting person can be the second person: a coordinator; of a partner''s account somebody of it; of police a sergeant or an auditor; of the others an administrator or auditor; in use, neither who asked nor whom it opens, nor opened by who asked.';

-- Five minutes by the server's clock, and one more in case the database's clock differs. Demonstration roles and the
-- host have no account to prove.
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

-- Only the triggers below write openings; all that comes from outside is a second person's decision, once.
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
create trigger account_opening_guarded before insert or update on account_opening
  for each row execute function guard_account_opening();

-- An opening for an account that is itself waiting is confirmed together with it, if the same person asked for both. A
-- later last day is always confirmed separately.
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
create function note_account_opening() returns trigger language plpgsql as $$
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
create trigger account_opening_noted after insert or update on account for each row execute function note_account_opening();
create function note_partner_password() returns trigger language plpgsql as $$
begin
  if current_user = 'boxster_copier' or coalesce(acting_role(), 'owner') = 'owner' then
    return null;
  end if;
  if new.partner_password then
    perform write_opening(new, 'passwords');
  elsif new.role = 'partner' then
    perform replace_openings(new.id, array['password']);
  end if;
  return null;
end
$$;
create trigger account_partner_password_noted after update on account
  for each row when (old.partner_password is distinct from new.partner_password) execute function note_partner_password();

-- A link for one's own phone is shown to colleagues at the same partner and needs no second person.
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
create trigger partner_device_confirmed before insert on partner_device for each row execute function refuse_unconfirmed();

create function announce_opening() returns trigger language plpgsql as $$
begin
  perform pg_notify('boxster', concat_ws(' ', tg_table_name, new.partner_id));
  return null;
end
$$;
comment on function announce_opening() is 'Says that something was opened, confirmed or refused, and at which partner if any.';
create trigger account_opening_announced after insert or update on account_opening for each row execute function announce_opening();
-- Sergeants hear about police accounts only: that something changed at a partner is not theirs to know.
create function announce_police_opening() returns trigger language plpgsql as $$
begin
  perform pg_notify('boxster', 'police_opening');
  return null;
end
$$;
comment on function announce_police_opening() is 'Says that a police account was opened, or that a second person has spoken.';
create trigger police_opening_announced after insert or update on account_opening
  for each row when (is_police(new.role)) execute function announce_police_opening();

-- The second factor ------------------------------------------------------------------------------------------------
-- Passkeys, an authenticator app (TOTP), and recovery codes for when neither is at hand. Only its owner, or two other
-- people together, can add or remove one, whatever a route does.
create table passkey (
  id uuid not null default gen_random_uuid() constraint passkey_id_primary primary key,
  account_id bigint not null constraint passkey_account_id_fkey references account (id) on delete cascade,
  credential_id bytea not null constraint passkey_credential_id_unique unique,
  public_key bytea not null,
  counter bigint not null constraint passkey_counter_not_negative check (counter >= 0),
  name text not null constraint passkey_name_length check (length(name) between 1 and 80),
  made_at timestamptz not null default clock_timestamp(),
  last_used_at timestamptz,
  constraint passkey_credential_id_length check (length(credential_id) between 16 and 1023),
  constraint passkey_name_plain check (name = plain_name(name))
);
create index passkey_account_id on passkey (account_id);
comment on table passkey is 'Public keys that sign in an account; the private half never leaves its person''s device.';
comment on column passkey.counter is 'How often the device has signed, where it counts: it never goes back.';
-- Administrators see whether somebody has one, not what it is. The same for an app.
select rights('passkey', $$
  admin, auditor, operator: select (account_id);
  gate: select, insert (account_id, credential_id, public_key, counter, name), update (counter, last_used_at), delete $$);

create table authenticator_app (
  id uuid not null default gen_random_uuid() constraint authenticator_app_id_primary primary key,
  account_id bigint not null constraint authenticator_app_account_id_fkey references account (id) on delete cascade,
  sealed_secret bytea not null constraint authenticator_app_sealed_secret_length check (length(sealed_secret) = 48),
  confirmed_at timestamptz,
  last_step bigint not null default 0,
  made_at timestamptz not null default clock_timestamp(),
  last_used_at timestamptz
);
create unique index authenticator_app_one_confirmed on authenticator_app (account_id) where confirmed_at is not null;
create unique index authenticator_app_one_waiting on authenticator_app (account_id) where confirmed_at is null;
comment on table authenticator_app is
  'The secret of an app that shows codes of six figures; one in use, and one that waits for its first code.';
comment on column authenticator_app.sealed_secret is
  'AES-256-GCM under a key that is neither in the database nor in its backups: 12 octets nonce, 20 secret, 16 tag.';
comment on column authenticator_app.last_step is 'The half minute of the last code that was accepted: none counts twice.';
select rights('authenticator_app', $$
  admin, auditor, operator: select (account_id, confirmed_at);
  gate: select, insert (account_id, sealed_secret), update (confirmed_at, last_step, last_used_at), delete $$);

create table recovery_code (
  account_id bigint not null constraint recovery_code_account_id_fkey references account (id) on delete cascade,
  code_hash bytea not null constraint recovery_code_code_hash_length check (length(code_hash) = 32),
  made_at timestamptz not null default clock_timestamp(),
  used_at timestamptz,
  constraint recovery_code_key_primary primary key (account_id, code_hash)
);
comment on table recovery_code is 'SHA-256 of codes of 99 random bits, each good once in the place of a second factor.';
select rights('recovery_code', $$ gate: select, insert (account_id, code_hash), update (used_at), delete $$);

create table second_factor_clearing (
  id uuid not null default gen_random_uuid() constraint second_factor_clearing_id_primary primary key,
  account_id bigint not null constraint second_factor_clearing_account_id_fkey references account (id) on delete cascade,
  owner text not null,
  asked_by text not null,
  asked_at timestamptz not null default clock_timestamp(),
  confirmed_by text,
  cleared_at timestamptz,
  by_host boolean not null default false,
  told_at timestamptz,
  constraint second_factor_clearing_cleared_present check ((confirmed_by is null) = (cleared_at is null)),
  constraint second_factor_clearing_told_cleared check (told_at is null or cleared_at is not null),
  constraint second_factor_clearing_two_people check (by_host or confirmed_by <> asked_by),
  constraint second_factor_clearing_not_the_owner check (by_host or owner not in (asked_by, coalesce(confirmed_by, '')))
);
create unique index second_factor_clearing_one_open on second_factor_clearing (account_id) where cleared_at is null;
comment on table second_factor_clearing is
  'The way back of somebody who lost every second factor: an administrator asks, another person confirms, the owner is told.';
comment on column second_factor_clearing.by_host is 'By a command on the machine itself, which needs nobody else.';
select rights('second_factor_clearing', $$
  coordinator, admin, auditor, operator, gate: select;
  admin, operator: insert (account_id);
  coordinator, admin, auditor: update (confirmed_by);
  gate: update (told_at);
  coordinator, admin, auditor, operator: delete where cleared_at is null $$);

create table second_step (
  token_hash bytea not null constraint second_step_token_hash_primary primary key,
  account_id bigint not null constraint second_step_account_id_fkey references account (id) on delete cascade,
  epoch integer not null,
  until timestamptz not null,
  constraint second_step_token_hash_length check (length(token_hash) = 32)
);
create index second_step_account_id on second_step (account_id);
create index second_step_until on second_step (until);
comment on table second_step is
  'Browsers in which a password was right and the second factor is still to come; five minutes, and no session.';
select rights('second_step', $$ gate: select, insert, delete $$);

create table spent_challenge (
  challenge_hash bytea not null constraint spent_challenge_challenge_hash_primary primary key,
  until timestamptz not null,
  constraint spent_challenge_challenge_hash_length check (length(challenge_hash) = 32)
);
create index spent_challenge_until on spent_challenge (until);
comment on table spent_challenge is
  'Challenges that a passkey has answered, until they would have ended by themselves: none counts twice.';
select rights('spent_challenge', $$ gate: select, insert, delete $$);

-- A factor added at the same instant as the clearing is not among those cleared: a clock in milliseconds gives both the
-- same time.
create function refuse_others_factor() returns trigger language plpgsql as $$
declare
  factor record;
begin
  factor := case tg_op when 'DELETE' then old else new end;
  -- A restore brings rows as they were.
  if current_user = 'boxster_copier' then
    return factor;
  end if;
  if exists (select from account where id = factor.account_id and name = acting_person()) then
    return factor;
  end if;
  if tg_op = 'DELETE' and exists (
    select from second_factor_clearing as clearing
    where clearing.account_id = factor.account_id and clearing.cleared_at > factor.made_at
  ) then
    return factor;
  end if;
  raise exception 'a second factor is its owner''s, and two other people''s together'
    using errcode = '23514', constraint = tg_table_name || '_of_owner_or_two', table = tg_table_name;
end
$$;
create trigger passkey_of_owner_or_two before insert or delete on passkey for each row execute function refuse_others_factor();
create trigger authenticator_app_of_owner_or_two before insert or delete on authenticator_app
  for each row execute function refuse_others_factor();
create trigger recovery_code_of_owner_or_two before insert or delete on recovery_code
  for each row execute function refuse_others_factor();

create function refuse_used_again() returns trigger language plpgsql as $$
begin
  case tg_table_name
    when 'passkey' then
      if new.counter > old.counter or (new.counter = 0 and old.counter = 0) then return new; end if;
    when 'authenticator_app' then
      if new.last_step > old.last_step and (old.confirmed_at is null or new.confirmed_at = old.confirmed_at)
      then return new; end if;
    when 'recovery_code' then
      if old.used_at is null then return new; end if;
  end case;
  raise exception 'a proof counts once'
    using errcode = '23514', constraint = tg_table_name || '_counts_once', table = tg_table_name;
end
$$;
create trigger passkey_counts_once before update on passkey for each row execute function refuse_used_again();
create trigger authenticator_app_counts_once before update on authenticator_app for each row execute function refuse_used_again();
create trigger recovery_code_counts_once before update on recovery_code for each row execute function refuse_used_again();

-- The acting person asks or confirms, whatever name is sent.
create function ask_second_factor_clearing() returns trigger language plpgsql as $$
begin
  if current_user = 'boxster_copier' then
    return new;
  end if;
  new.owner := (select name from account where id = new.account_id);
  new.asked_by := acting_person();
  new.by_host := current_setting('boxster.role', true) = 'operator';
  if new.by_host then
    new.confirmed_by := acting_person();
    new.cleared_at := clock_timestamp();
  end if;
  return new;
end
$$;
create trigger second_factor_clearing_asked before insert on second_factor_clearing
  for each row execute function ask_second_factor_clearing();
create function confirm_second_factor_clearing() returns trigger language plpgsql as $$
begin
  if old.cleared_at is null and new.confirmed_by is not null then
    new.confirmed_by := acting_person();
    new.cleared_at := clock_timestamp();
    if old.asked_at < clock_timestamp() - interval '7 days' then
      raise exception 'after seven days nobody confirms'
        using errcode = '23514', constraint = 'second_factor_clearing_in_time', table = tg_table_name;
    end if;
  elsif (old.confirmed_by, old.cleared_at) is distinct from (new.confirmed_by, new.cleared_at) then
    raise exception 'what was confirmed stays so'
      using errcode = '23514', constraint = 'second_factor_clearing_stays', table = tg_table_name;
  end if;
  return new;
end
$$;
create trigger second_factor_clearing_confirmed before update on second_factor_clearing
  for each row execute function confirm_second_factor_clearing();

-- The audit chain --------------------------------------------------------------------------------------------------
-- Who did what, for the logs that DPA 2018 s.62 requires: append-only, and each row holds the hash of the previous one,
-- so that a changed, missing or inserted row is found.
create table audit (
  id bigint not null constraint audit_id_primary primary key,
  at timestamptz not null,
  person text not null constraint audit_person_present check (length(person) between 1 and 200),
  role text not null,
  partner text,
  verb text not null,
  act text not null constraint audit_act_present check (length(act) between 1 and 200),
  purpose text not null,
  outcome text not null constraint audit_outcome_known check (outcome in ('done', 'refused')),
  detail jsonb not null default '{}' constraint audit_detail_object check (jsonb_typeof(detail) = 'object'),
  previous bytea not null constraint audit_previous_unique unique,
  hash bytea not null constraint audit_hash_unique unique,
  constraint audit_hash_length check (length(hash) = 32 and length(previous) = 32),
  constraint audit_verb_known
    check (verb in ('collection', 'alteration', 'consultation', 'disclosure', 'combination', 'erasure')),
  constraint audit_purpose_known check (purpose in (
    'problem_solving', 'patrol_planning', 'safeguarding', 'assessment', 'public_information', 'records',
    'administration', 'oversight'
  ))
);
create index audit_person_id on audit (person, id);
create index audit_at on audit (at);
create index audit_refused_id on audit (id) where outcome = 'refused';
comment on table audit is
  'The audit chain: who did which of the six acts of DPA 2018 s.62, when, for what purpose; never what was read or written.';
comment on column audit.at is 'The real clock, in the demonstration too.';
comment on column audit.detail is 'Which period, batch, plan or kind it was about; numbers and dates, never content.';
comment on column audit.previous is 'Hash of the row before; 32 zero octets before the first.';
comment on column audit.hash is
  'SHA-256 of previous and of the row as a JSON array (audit_text); server/audit/verify.ts works it out by itself.';
-- People read their own lines, without those of the command line and the tool itself, which may bear a person's name.
select rights('audit', $$
  sergeant, analyst, partner, coordinator, presenter, liaison, admin: select
    where person = (select acting_person()) and role not in ('operator', 'system');
  auditor, operator: select;
  clerk: select, insert $$);

create function audit_text(entry audit) returns text language sql stable as $$
  select json_build_array(
    entry.id::text,
    to_char(entry.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
    entry.person, entry.role, entry.partner, entry.verb, entry.act, entry.purpose,
    entry.outcome, entry.detail::text
  )::text
$$;
comment on function audit_text(audit) is 'What the hash of a row covers beside the hash before it.';
-- One writer at a time, until the transaction ends: two rows must not follow the same one. If the clock was set back, a
-- row takes the time of the previous row and records how many seconds the clock is behind. Each row also updates when
-- the database was last seen at work.
create function chain_audit() returns trigger language plpgsql as $$
declare
  last_id bigint;
  last_at timestamptz;
  last_hash bytea;
begin
  -- A restore brings rows as they were, and verifies the chain afterwards.
  if current_user = 'boxster_copier' then
    return new;
  end if;
  perform pg_advisory_xact_lock(7320);
  select audit.id, audit.at, audit.hash into last_id, last_at, last_hash
  from audit order by audit.id desc limit 1;
  new.id := coalesce(last_id, 0) + 1;
  new.at := greatest(clock_timestamp(), last_at);
  if last_at - clock_timestamp() > interval '1 minute' then
    new.detail := new.detail || jsonb_build_object(
      'clockBehindSeconds', floor(extract(epoch from last_at - clock_timestamp()))::bigint
    );
  end if;
  new.previous := coalesce(last_hash, decode(repeat('00', 32), 'hex'));
  new.hash := sha256(new.previous || convert_to(audit_text(new), 'UTF8'));
  update clock_mark set at = clock_timestamp()
  where name = 'seen' and (
    at is null
    or at < clock_timestamp() - interval '1 minute'
      and (clock_timestamp() <= at + interval '3 days' or is_demonstration())
  );
  return new;
end
$$;
create trigger audit_chained before insert on audit for each row execute function chain_audit();

create function refuse_audit_change() returns trigger language plpgsql as $$
begin
  raise exception 'the audit chain is append-only'
    using errcode = '42501', constraint = 'audit_append_only', table = 'audit';
end
$$;
create trigger audit_append_only before update or delete or truncate on audit
  for each statement execute function refuse_audit_change();

create table sign_in_source (
  -- No foreign key: nothing is ever taken out of the chain, and its guards answer for themselves.
  audit_id bigint not null constraint sign_in_source_audit_id_primary primary key,
  address text not null constraint sign_in_source_address_short check (length(address) between 1 and 64),
  at timestamptz not null default now()
);
create index sign_in_source_at on sign_in_source (at);
comment on table sign_in_source is
  'The address that a refused sign-in came from, for whoever answers for the security of the machine; erased after a time.';
select rights('sign_in_source', $$
  auditor: select;
  system: select, delete;
  clerk: insert $$);
