-- Written by "npm run schema" from the migrations; checked by a test.

-- Who may sign in: one role each. Accounts are disabled and never deleted, for the audit chain names them.
create table account (
  id bigint not null generated always as identity,
  name text not null,
  shown_name text,
  role text not null,
  partner_id bigint,
  password_hash text,
  has_password boolean default (password_hash IS NOT NULL),
  password_set_at timestamp with time zone,
  setup_hash bytea,
  setup_until timestamp with time zone,
  oidc_name text,
  oidc_issuer text,
  oidc_subject text,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone,
  disabled_at timestamp with time zone,
  epoch integer not null default 1,
  neighbour text,
  openings_seen_at timestamp with time zone,
  partner_password boolean not null default false,
  constraint account_id_key PRIMARY KEY (id),
  constraint account_name_unique UNIQUE (name),
  constraint account_name_written CHECK ((name ~ '^[a-z0-9][a-z0-9._@+-]{1,63}$'::text)),
  constraint account_neighbour_length CHECK (((length(neighbour) >= 1) AND (length(neighbour) <= 80))),
  constraint account_neighbour_liaison CHECK (((neighbour IS NULL) OR (role = 'liaison'::text))),
  constraint account_oidc_name_length CHECK (((length(oidc_name) >= 1) AND (length(oidc_name) <= 255))),
  constraint account_oidc_name_unique UNIQUE (oidc_name),
  constraint account_oidc_subject_present CHECK (((oidc_issuer IS NULL) = (oidc_subject IS NULL))),
  constraint account_oidc_subject_unique UNIQUE (oidc_issuer, oidc_subject),
  constraint account_partner_id_fkey FOREIGN KEY (partner_id) REFERENCES partner(id),
  constraint account_partner_id_present CHECK (((role = 'partner'::text) = (partner_id IS NOT NULL))),
  constraint account_partner_password_allowed CHECK (((role <> 'partner'::text) OR partner_password OR ((password_hash IS NULL) AND (setup_hash IS NULL)))),
  constraint account_password_hash_slow CHECK ((password_hash ~~ '$argon2id$%'::text)),
  constraint account_role_known CHECK ((role = ANY (ARRAY['sergeant'::text, 'analyst'::text, 'partner'::text, 'coordinator'::text, 'presenter'::text, 'liaison'::text, 'admin'::text, 'auditor'::text]))),
  constraint account_setup_hash_length CHECK ((length(setup_hash) = 32)),
  constraint account_setup_until_present CHECK (((setup_hash IS NULL) = (setup_until IS NULL))),
  constraint account_shown_name_length CHECK (((length(shown_name) >= 1) AND (length(shown_name) <= 80))),
  constraint account_shown_name_plain CHECK ((shown_name = plain_name(shown_name)))
);

-- What somebody opened for an account of somebody else: itself, a password, a name at the provider, a phone; and the second person's word on it.
create table account_opening (
  id bigint not null generated always as identity,
  key uuid not null default gen_random_uuid(),
  account_id bigint not null,
  account_name text not null,
  role text not null,
  partner_id bigint,
  act text not null,
  opens text not null default what_opens(act),
  asked_by text not null default acting_person(),
  asked_role text not null default acting_role(),
  asked_at timestamp with time zone not null default clock_timestamp(),
  due_at timestamp with time zone not null default (clock_timestamp() + '168:00:00'::interval),
  second text not null,
  decided_by text,
  decided_role text,
  decided_at timestamp with time zone,
  replaced_at timestamp with time zone,
  shuts_from timestamp with time zone,
  constraint account_opening_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id) ON DELETE CASCADE,
  constraint account_opening_act_known CHECK ((act = ANY (ARRAY['made'::text, 'role'::text, 'partner'::text, 'enabled'::text, 'extended'::text, 'passwords'::text, 'secret'::text, 'password'::text, 'provider'::text, 'link'::text]))),
  constraint account_opening_decided_by_another CHECK (((decided_role = 'operator'::text) OR ((decided_by <> asked_by) AND (decided_by <> account_name)))),
  constraint account_opening_decided_present CHECK ((((second = ANY (ARRAY['confirmed'::text, 'refused'::text])) = (decided_at IS NOT NULL)) AND ((decided_at IS NULL) = (decided_by IS NULL)) AND ((decided_at IS NULL) = (decided_role IS NULL)))),
  constraint account_opening_id_primary PRIMARY KEY (id),
  constraint account_opening_key_unique UNIQUE (key),
  constraint account_opening_partner_id_fkey FOREIGN KEY (partner_id) REFERENCES partner(id) ON DELETE CASCADE,
  constraint account_opening_second_known CHECK ((second = ANY (ARRAY['not needed'::text, 'waits'::text, 'confirmed'::text, 'refused'::text]))),
  constraint account_opening_shuts_from_of_extended CHECK (((act = 'extended'::text) = (shuts_from IS NOT NULL)))
);

-- Reports that came together beside a treated area and go on: what was seen, and what became of it. Reckoned from reports alone, never from what is protected or patrolled. Brought up to date while the cluster goes on.
create table alert (
  id integer not null generated always as identity,
  operation_id integer not null,
  state text not null default 'open'::text,
  place text not null,
  neighbour text,
  beyond integer not null,
  first_day date not null,
  last_day date not null,
  observed integer not null,
  residents integer not null,
  expected double precision not null,
  p double precision not null,
  looks_per_year integer not null,
  replicates integer not null,
  seed integer not null,
  radius_m double precision not null,
  cells bigint[] not null,
  cell_reports integer[] not null,
  raised_on date not null,
  raised_at timestamp with time zone not null,
  seen_on date not null,
  seen_at timestamp with time zone not null,
  handed_neighbour text,
  handed_role text,
  constraint alert_cells_paired CHECK (((cardinality(cells) > 0) AND (cardinality(cells) = cardinality(cell_reports)))),
  constraint alert_expected_less CHECK (((expected > (0)::double precision) AND (expected < (observed)::double precision))),
  constraint alert_handed_neighbour_whom CHECK (((handed_neighbour IS NULL) = (handed_role IS NULL))),
  constraint alert_handed_over_whom CHECK (((state <> 'handed_over'::text) OR (handed_role IS NOT NULL))),
  constraint alert_handed_role_known CHECK ((handed_role = ANY (ARRAY['outreach'::text, 'liaison'::text, 'neighbourhood_team'::text]))),
  constraint alert_id_primary PRIMARY KEY (id),
  constraint alert_last_day_order CHECK (((last_day >= first_day) AND (seen_on >= raised_on))),
  constraint alert_observed_counts CHECK (((observed >= 2) AND ((residents >= 0) AND (residents <= observed)) AND ((beyond >= 0) AND (beyond <= observed)))),
  constraint alert_operation_id_fkey FOREIGN KEY (operation_id) REFERENCES operation(operation_id) ON DELETE CASCADE,
  constraint alert_p_share CHECK (((p > (0)::double precision) AND (p <= (1)::double precision))),
  constraint alert_place_some CHECK (((place = btrim(place)) AND ((length(place) >= 1) AND (length(place) <= 200)))),
  constraint alert_state_known CHECK ((state = ANY (ARRAY['open'::text, 'acknowledged'::text, 'handed_over'::text, 'closed'::text])))
);

-- The history of an alert: when it was raised and seen again with other figures, and who decided what about it, in their words.
create table alert_act (
  id bigint not null generated always as identity,
  alert_id integer not null,
  act text not null,
  acted_on date not null,
  acted_at timestamp with time zone not null,
  acted_by text not null,
  words text,
  handed_neighbour text,
  handed_role text,
  first_day date,
  last_day date,
  observed integer,
  expected double precision,
  p double precision,
  constraint alert_act_act_known CHECK ((act = ANY (ARRAY['raised'::text, 'seen_again'::text, 'acknowledged'::text, 'handed_over'::text, 'closed'::text]))),
  constraint alert_act_alert_id_fkey FOREIGN KEY (alert_id) REFERENCES alert(id) ON DELETE CASCADE,
  constraint alert_act_figures_seen CHECK (((act = ANY (ARRAY['raised'::text, 'seen_again'::text])) = (observed IS NOT NULL))),
  constraint alert_act_handed_over_whom CHECK (((act = 'handed_over'::text) = ((handed_role IS NOT NULL) AND (handed_neighbour IS NOT NULL)))),
  constraint alert_act_id_primary PRIMARY KEY (id),
  constraint alert_act_words_length CHECK (((words = btrim(words)) AND ((length(words) >= 1) AND (length(words) <= 300)))),
  constraint alert_act_words_said CHECK (((act = ANY (ARRAY['raised'::text, 'seen_again'::text])) OR (words IS NOT NULL)))
);

-- Boroughs of the command, their neighbours, and the areas that public figures are given for.
create table area (
  code text not null,
  name text not null,
  kind text not null,
  in_command boolean not null,
  shape geometry(MultiPolygon,4326) not null,
  constraint area_in_command_check CHECK (((NOT in_command) OR (kind = 'borough'::text))),
  constraint area_kind_check CHECK ((kind = ANY (ARRAY['borough'::text, 'neighbour'::text, 'ward'::text, 'neighbourhood'::text, 'lsoa'::text, 'beat'::text]))),
  constraint area_kind_code_primary PRIMARY KEY (kind, code),
  constraint area_kind_name_key UNIQUE (kind, name),
  constraint area_name_check CHECK (((name = btrim(name)) AND (name <> ''::text))),
  constraint area_shape_check CHECK ((NOT st_isempty(shape)))
);

-- The audit chain: who did which of the six acts of DPA 2018 s.62, when, for what purpose; never what was read or written.
create table audit (
  id bigint not null,
  at timestamp with time zone not null,
  person text not null,
  role text not null,
  partner text,
  verb text not null,
  act text not null,
  purpose text not null,
  outcome text not null,
  detail jsonb not null default '{}'::jsonb,
  previous bytea not null,
  hash bytea not null,
  constraint audit_act_present CHECK (((length(act) >= 1) AND (length(act) <= 200))),
  constraint audit_detail_object CHECK ((jsonb_typeof(detail) = 'object'::text)),
  constraint audit_hash_length CHECK (((length(hash) = 32) AND (length(previous) = 32))),
  constraint audit_hash_unique UNIQUE (hash),
  constraint audit_id_primary PRIMARY KEY (id),
  constraint audit_outcome_known CHECK ((outcome = ANY (ARRAY['done'::text, 'refused'::text]))),
  constraint audit_person_present CHECK (((length(person) >= 1) AND (length(person) <= 200))),
  constraint audit_previous_unique UNIQUE (previous),
  constraint audit_purpose_known CHECK ((purpose = ANY (ARRAY['problem_solving'::text, 'patrol_planning'::text, 'safeguarding'::text, 'assessment'::text, 'public_information'::text, 'records'::text, 'administration'::text, 'oversight'::text]))),
  constraint audit_verb_known CHECK ((verb = ANY (ARRAY['collection'::text, 'alteration'::text, 'consultation'::text, 'disclosure'::text, 'combination'::text, 'erasure'::text])))
);

-- The secret of an app that shows codes of six figures; one in use, and one that waits for its first code.
create table authenticator_app (
  id uuid not null default gen_random_uuid(),
  account_id bigint not null,
  sealed_secret bytea not null,
  confirmed_at timestamp with time zone,
  last_step bigint not null default 0,
  made_at timestamp with time zone not null default clock_timestamp(),
  last_used_at timestamp with time zone,
  constraint authenticator_app_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id) ON DELETE CASCADE,
  constraint authenticator_app_id_primary PRIMARY KEY (id),
  constraint authenticator_app_sealed_secret_length CHECK ((length(sealed_secret) = 48))
);

-- One import: who brought what, when, read how, and how every row of the file ended.
create table batch (
  id integer not null generated always as identity,
  person text not null,
  imported_at timestamp with time zone not null default now(),
  file_name text not null,
  file_sha256 text,
  profile text not null,
  mapping jsonb not null default '{}'::jsonb,
  key_id text,
  row_count integer not null default 0,
  accepted integer not null default 0,
  rejected integer not null default 0,
  duplicates integer not null default 0,
  received_sha256 text,
  choices jsonb not null default '{}'::jsonb,
  undone_at timestamp with time zone,
  undone_by text,
  outside_count integer,
  longest_minutes integer not null default 0,
  months jsonb not null default '[]'::jsonb,
  constraint batch_counts_not_negative CHECK (((accepted >= 0) AND (rejected >= 0) AND (duplicates >= 0))),
  constraint batch_file_sha256_hex CHECK ((file_sha256 ~ '^[0-9a-f]{64}$'::text)),
  constraint batch_id_primary PRIMARY KEY (id),
  constraint batch_longest_minutes_not_negative CHECK ((longest_minutes >= 0)),
  constraint batch_outside_count_in_rejected CHECK (((outside_count >= 0) AND (outside_count <= rejected))),
  constraint batch_received_sha256_hex CHECK ((received_sha256 ~ '^[0-9a-f]{64}$'::text)),
  constraint batch_row_count_adds_up CHECK ((((accepted + rejected) + duplicates) = row_count)),
  constraint batch_undone_at_by CHECK (((undone_at IS NULL) = (undone_by IS NULL)))
);

-- Per batch, kind and source: at how many exact points its rows lay, and how many shared one.
create table batch_quality (
  batch_id integer not null,
  kind text not null,
  source text not null,
  events integer not null,
  points integer not null,
  repeated integer not null,
  snapped integer not null,
  constraint batch_quality_batch_id_fkey FOREIGN KEY (batch_id) REFERENCES batch(id) ON DELETE CASCADE,
  constraint batch_quality_batch_id_primary PRIMARY KEY (batch_id, kind, source),
  constraint batch_quality_counts_in_order CHECK (((points > 0) AND (points <= events) AND ((snapped >= 0) AND (snapped <= repeated)) AND (repeated <= events)))
);

-- Which file the areas of a kind came from: at most one set of a kind, replaced or removed as a whole.
create table boundary_set (
  kind text not null,
  person text not null,
  imported_at timestamp with time zone not null default clock_timestamp(),
  file_name text not null,
  file_sha256 text not null,
  area_count integer not null,
  outside_count integer not null,
  repaired_count integer not null,
  constraint boundary_set_counts_not_negative CHECK (((area_count > 0) AND (outside_count >= 0) AND (repaired_count >= 0))),
  constraint boundary_set_file_name_length CHECK (((length(file_name) >= 1) AND (length(file_name) <= 200))),
  constraint boundary_set_file_sha256_hex CHECK ((file_sha256 ~ '^[0-9a-f]{64}$'::text)),
  constraint boundary_set_kind_known CHECK ((kind = ANY (ARRAY['borough'::text, 'ward'::text, 'lsoa'::text, 'beat'::text]))),
  constraint boundary_set_kind_primary PRIMARY KEY (kind)
);

-- When the coordinator last asked a partner to confirm its calendar; the partner reads it until it has.
create table calendar_reminder (
  partner_id bigint not null,
  asked_at timestamp with time zone not null,
  asked_by text not null,
  constraint calendar_reminder_partner_id_fkey FOREIGN KEY (partner_id) REFERENCES partner(id) ON DELETE CASCADE,
  constraint calendar_reminder_partner_id_primary PRIMARY KEY (partner_id)
);

-- Each time a partner's calendar was confirmed as complete or found unreadable; the latest counts. A partner without a row has never given one.
create table calendar_report (
  id bigint not null generated always as identity,
  partner_id bigint not null,
  reported_at timestamp with time zone not null,
  state text not null,
  detail text,
  paused_until date,
  constraint calendar_report_id_pkey PRIMARY KEY (id),
  constraint calendar_report_partner_id_fkey FOREIGN KEY (partner_id) REFERENCES partner(id) ON DELETE CASCADE,
  constraint calendar_report_paused_until_check CHECK (((paused_until IS NULL) OR (state = 'confirmed'::text))),
  constraint calendar_report_state_known CHECK ((state = ANY (ARRAY['confirmed'::text, 'unreadable'::text])))
);

-- Calls of the last minute by what they are and who makes them: a person, a browser or an address, each as a keyed hash.
create table call_count (
  kind text not null,
  caller bytea not null,
  counted_from timestamp with time zone not null,
  calls integer not null,
  constraint call_count_caller_length CHECK ((length(caller) = 32)),
  constraint call_count_calls_not_negative CHECK ((calls >= 0)),
  constraint call_count_key_primary PRIMARY KEY (kind, caller),
  constraint call_count_kind_known CHECK ((kind = ANY (ARRAY['sign_in'::text, 'probe'::text, 'refusal'::text])))
);

-- Moments of the database's clock. seen: the newest of the audit chain and of the hourly look, which no gap of more than 3 days moves; erased: as at when the last erasure went through; said: until when a person has said that the clock is right.
create table clock_mark (
  name text not null,
  at timestamp with time zone,
  constraint clock_mark_name_known CHECK ((name = ANY (ARRAY['seen'::text, 'erased'::text, 'said'::text]))),
  constraint clock_mark_name_primary PRIMARY KEY (name)
);

-- From which the times are drawn that are left without patrols beyond the line, for comparison. Whoever has it can tell them from outreach.
create table comparison_key (
  only_one boolean not null default true,
  key bytea not null,
  constraint comparison_key_key_length CHECK ((length(key) = 32)),
  constraint comparison_key_only_one_primary PRIMARY KEY (only_one),
  constraint comparison_key_only_one_true CHECK (only_one)
);

-- A place that has no patrol on a day, for comparison. Police see it as keep clear and cannot tell it from the rest.
create table control_day (
  zone bigint not null,
  day date not null,
  week date not null,
  constraint control_day_week_fkey FOREIGN KEY (week) REFERENCES control_draw(week) ON DELETE CASCADE,
  constraint control_day_week_holds CHECK (((day >= week) AND (day < (week + 7)))),
  constraint control_day_zone_primary PRIMARY KEY (zone, day),
  constraint control_day_zone_resolution CHECK ((((zone >> 52) & (15)::bigint) = 9))
);

-- One draw a week and never a second: days that are drawn until they suit are no comparison.
create table control_draw (
  week date not null,
  days_per_place integer not null,
  place_count integer not null,
  seed bigint not null,
  drawn_at timestamp with time zone not null,
  drawn_by text not null,
  constraint control_draw_days_per_place_range CHECK (((days_per_place >= 1) AND (days_per_place <= 2))),
  constraint control_draw_place_count_positive CHECK ((place_count >= 1)),
  constraint control_draw_week_monday CHECK ((EXTRACT(isodow FROM week) = (1)::numeric)),
  constraint control_draw_week_primary PRIMARY KEY (week)
);

-- The link that sets up one more phone: one for an account at a time, used once, the SHA-256 of 123 random bits.
create table device_link (
  account_id bigint not null,
  secret_hash bytea not null,
  made_by text not null,
  until timestamp with time zone not null,
  constraint device_link_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id) ON DELETE CASCADE,
  constraint device_link_account_id_primary PRIMARY KEY (account_id),
  constraint device_link_secret_hash_length CHECK ((length(secret_hash) = 32)),
  constraint device_link_secret_hash_unique UNIQUE (secret_hash)
);

-- Figures as a liaison has seen them, by the 10-5 rule: once shown, a figure stands, so that two looks have no difference to read.
create table edge_figure (
  neighbour text not null,
  quarter text not null,
  version integer not null,
  shown integer,
  cells_hash text not null,
  frozen_at timestamp with time zone not null,
  constraint edge_figure_quarter_written CHECK ((quarter ~ '^20[0-9]{2}-Q[1-4]$'::text)),
  constraint edge_figure_shown_rule CHECK (((shown >= 10) AND ((shown % 5) = 0))),
  constraint edge_figure_version_positive CHECK ((version >= 1)),
  constraint edge_figure_version_primary PRIMARY KEY (neighbour, quarter, version)
);

-- The border of the command with one neighbour; of two boroughs inside it under both their names.
create table edge_line (
  neighbour text not null,
  line geometry(MultiLineString,4326) not null,
  constraint edge_line_line_check CHECK ((NOT st_isempty(line))),
  constraint edge_line_neighbour_pkey PRIMARY KEY (neighbour)
);

-- One thing that happened at a cell and a time span; the exact point is not kept.
create table event (
  id bigint not null generated always as identity,
  batch_id integer not null,
  cell bigint not null,
  kind text not null,
  source text not null,
  category text not null,
  starts_at timestamp with time zone not null,
  ends_at timestamp with time zone not null,
  ward text,
  reference text,
  duplicate_key bytea,
  placed_by text not null default 'point'::text,
  type_code smallint,
  segment integer,
  streets bytea,
  constraint event_category_known CHECK ((category = ANY (ARRAY['kerb_crawling'::text, 'street_sex_work'::text, 'asb'::text, 'litter_needles'::text, 'traffic'::text, 'other'::text]))),
  constraint event_cell_resolution CHECK ((((cell >> 52) & (15)::bigint) = 10)),
  constraint event_duplicate_key_unique UNIQUE (duplicate_key),
  constraint event_ends_at_after_start CHECK ((ends_at >= starts_at)),
  constraint event_id_primary PRIMARY KEY (id),
  constraint event_kind_known CHECK ((kind = ANY (ARRAY['sighting'::text, 'complaint'::text, 'arrest'::text, 'stop_search'::text]))),
  constraint event_placed_by_known CHECK ((placed_by = ANY (ARRAY['point'::text, 'grid_100m'::text, 'postcode'::text, 'street'::text, 'street_in_borough'::text]))),
  constraint event_segment_by_point CHECK (((segment IS NULL) OR (placed_by = 'point'::text))),
  constraint event_segment_not_negative CHECK ((segment >= 0)),
  constraint event_segment_of_streets CHECK (((segment IS NULL) = (streets IS NULL))),
  constraint event_source_discovered CHECK (((kind <> ALL (ARRAY['arrest'::text, 'stop_search'::text])) OR (source = 'police'::text))),
  constraint event_source_known CHECK ((source = ANY (ARRAY['resident'::text, 'partner'::text, 'police'::text]))),
  constraint event_streets_length CHECK ((octet_length(streets) = 8))
);

-- What an analyst decided of records that bear one reference: merged into another, which counts for both, or left as an event of its own. Goes with either of the two, so that undoing an import brings the other back.
create table event_match (
  id bigint not null generated always as identity,
  event_id bigint not null,
  merged_into bigint,
  person text not null,
  decided_at timestamp with time zone not null default now(),
  constraint event_match_event_id_fkey FOREIGN KEY (event_id) REFERENCES event(id) ON DELETE CASCADE,
  constraint event_match_event_id_unique UNIQUE (event_id),
  constraint event_match_id_primary PRIMARY KEY (id),
  constraint event_match_merged_into_another CHECK ((merged_into <> event_id)),
  constraint event_match_merged_into_fkey FOREIGN KEY (merged_into) REFERENCES event(id) ON DELETE CASCADE
);

-- Removals of events past their age, announced at least a week before; of what came in before the announcement only.
create table event_removal (
  id integer not null generated always as identity,
  announced_at timestamp with time zone not null,
  due_at timestamp with time zone not null,
  before date not null,
  event_count integer not null,
  erased_at timestamp with time zone,
  erased_count integer,
  constraint event_removal_due_at_a_week_on CHECK ((due_at >= (announced_at + '168:00:00'::interval))),
  constraint event_removal_erased_at_after_due CHECK ((erased_at >= due_at)),
  constraint event_removal_erased_count_present CHECK (((erased_at IS NULL) = (erased_count IS NULL))),
  constraint event_removal_event_count_positive CHECK ((event_count > 0)),
  constraint event_removal_id_primary PRIMARY KEY (id)
);

-- Words for what happened as sources write them, at most 64 a profile; none that no event has outlives an undo.
create table event_type (
  code smallint not null,
  profile text not null,
  word text not null,
  constraint event_type_code_of_profile CHECK (
CASE profile
    WHEN 'police-uk-street'::text THEN ((code >= 1) AND (code <= 64))
    WHEN 'police-uk-stop-search'::text THEN ((code >= 65) AND (code <= 128))
    WHEN 'dft-collisions'::text THEN ((code >= 129) AND (code <= 192))
    WHEN 'plain'::text THEN ((code >= 193) AND (code <= 256))
    ELSE false
END),
  constraint event_type_code_primary PRIMARY KEY (code),
  constraint event_type_profile_word_unique UNIQUE (profile, word),
  constraint event_type_word_short CHECK (((length(word) >= 1) AND (length(word) <= 40)))
);

-- How often the footprints of a partner were shown or planned around on a London day, by role.
create table footprint_view (
  partner_id bigint not null,
  day date not null,
  role text not null,
  alias uuid not null,
  times integer not null default 1,
  constraint footprint_view_alias_primary PRIMARY KEY (partner_id, day, alias, role),
  constraint footprint_view_partner_id_fkey FOREIGN KEY (partner_id) REFERENCES partner(id) ON DELETE CASCADE,
  constraint footprint_view_times_positive CHECK ((times > 0))
);

-- The opaque name of a viewer, another for each partner, so that partners cannot compare.
create table footprint_viewer (
  partner_id bigint not null,
  person text not null,
  alias uuid not null default gen_random_uuid(),
  constraint footprint_viewer_alias_unique UNIQUE (alias),
  constraint footprint_viewer_partner_id_fkey FOREIGN KEY (partner_id) REFERENCES partner(id) ON DELETE CASCADE,
  constraint footprint_viewer_person_primary PRIMARY KEY (partner_id, person)
);

-- One import of a gazetteer: who brought what, when, and how many of its rows lie here.
create table gazetteer (
  id integer not null generated always as identity,
  person text not null,
  imported_at timestamp with time zone not null default now(),
  file_name text not null,
  format text not null,
  content_sha256 text not null,
  row_count integer not null,
  kept integer not null,
  outside integer not null,
  not_kept integer not null,
  constraint gazetteer_content_sha256_hex CHECK ((content_sha256 ~ '^[0-9a-f]{64}$'::text)),
  constraint gazetteer_content_sha256_once UNIQUE (content_sha256),
  constraint gazetteer_counts_not_negative CHECK (((kept > 0) AND (outside >= 0) AND (not_kept >= 0))),
  constraint gazetteer_format_known CHECK ((format = ANY (ARRAY['os-open-names'::text, 'police-uk-street'::text]))),
  constraint gazetteer_id_primary PRIMARY KEY (id),
  constraint gazetteer_row_count_adds_up CHECK ((((kept + outside) + not_kept) = row_count))
);

-- A street or postcode with one point; a street may have several. No part of it names a person or an event.
create table gazetteer_name (
  id bigint not null generated always as identity,
  gazetteer_id integer not null,
  kind text not null,
  name text not null,
  name_key text not null,
  at geometry(Point,4326) not null,
  cell bigint not null,
  reach_m integer,
  borough text,
  locality text,
  district text,
  constraint gazetteer_name_cell_resolution CHECK ((((cell >> 52) & (15)::bigint) = 10)),
  constraint gazetteer_name_gazetteer_id_fkey FOREIGN KEY (gazetteer_id) REFERENCES gazetteer(id) ON DELETE CASCADE,
  constraint gazetteer_name_id_primary PRIMARY KEY (id),
  constraint gazetteer_name_kind_known CHECK ((kind = ANY (ARRAY['street'::text, 'postcode'::text]))),
  constraint gazetteer_name_name_key_present CHECK ((name_key <> ''::text)),
  constraint gazetteer_name_name_trimmed CHECK (((name = btrim(name)) AND (name <> ''::text))),
  constraint gazetteer_name_reach_m_not_negative CHECK ((reach_m >= 0))
);

-- An alert that was handed over to a neighbour: its edge zone, a month or quarter, and words without a figure. Their outreach hears of it first.
create table handover (
  id bigint not null generated always as identity,
  agreement_id bigint not null,
  neighbour text not null,
  period text not null,
  words text not null,
  handed_at timestamp with time zone not null,
  handed_by text not null,
  told_outreach_at timestamp with time zone,
  told_outreach_by text,
  acknowledged_at timestamp with time zone,
  acknowledged_by text,
  constraint handover_acknowledged_order CHECK (((acknowledged_at IS NULL) OR (told_outreach_at IS NOT NULL))),
  constraint handover_acknowledged_present CHECK (((acknowledged_at IS NULL) = (acknowledged_by IS NULL))),
  constraint handover_agreement_id_fkey FOREIGN KEY (agreement_id, neighbour) REFERENCES neighbour_agreement(id, neighbour),
  constraint handover_id_primary PRIMARY KEY (id),
  constraint handover_period_written CHECK ((period ~ '^20[0-9]{2}-(Q[1-4]|(0[1-9]|1[0-2]))$'::text)),
  constraint handover_told_outreach_present CHECK (((told_outreach_at IS NULL) = (told_outreach_by IS NULL))),
  constraint handover_words_plain CHECK ((((length(words) >= 1) AND (length(words) <= 400)) AND (words !~ '[0-9]'::text)))
);

-- Harm weights by version, with the publication that they were read in. The newest is the one in use. Rows are added and never changed.
create table harm_weights (
  version integer not null,
  name text not null,
  source text not null,
  weights jsonb not null,
  saved_at timestamp with time zone not null default now(),
  saved_by text not null,
  constraint harm_weights_name_form CHECK (((name = btrim(name)) AND ((length(name) >= 1) AND (length(name) <= 80)) AND (name !~ '[[:cntrl:]]'::text))),
  constraint harm_weights_source_form CHECK (((source = btrim(source)) AND ((length(source) >= 1) AND (length(source) <= 300)) AND (source !~ '[[:cntrl:]]'::text) AND (source ~ '(19|20)[0-9]{2}'::text))),
  constraint harm_weights_version_positive CHECK ((version >= 1)),
  constraint harm_weights_version_primary PRIMARY KEY (version),
  constraint harm_weights_weights_known CHECK (((jsonb_typeof(weights) = 'object'::text) AND (weights <> '{}'::jsonb) AND ((weights - ARRAY['complaint'::text, 'sighting'::text, 'kerb_crawling'::text, 'street_sex_work'::text, 'asb'::text, 'litter_needles'::text, 'traffic'::text, 'other'::text]) = '{}'::jsonb))),
  constraint harm_weights_weights_positive CHECK ((NOT jsonb_path_exists(weights, 'strict $.*?((@.type() != "number" || @ <= 0) || @ > 1000000)'::jsonpath)))
);

-- A named way of reading a file: header names and their roles, order of dates, kind, source, and which words stand for which entry of the lists. Never a value that speaks of a person.
create table import_profile (
  id integer not null generated always as identity,
  name text not null,
  made_by text not null,
  made_at timestamp with time zone not null default now(),
  changed_by text not null,
  changed_at timestamp with time zone not null default now(),
  reading jsonb not null,
  constraint import_profile_id_primary PRIMARY KEY (id),
  constraint import_profile_name_form CHECK ((name ~ '^[A-Za-z0-9][A-Za-z0-9 ._-]{0,39}$'::text)),
  constraint import_profile_name_not_ready CHECK ((lower(name) <> ALL (ARRAY['auto'::text, 'police-uk-street'::text, 'police-uk-stop-search'::text, 'dft-collisions'::text, 'plain'::text, 'demonstration'::text]))),
  constraint import_profile_reading_small CHECK ((octet_length((reading)::text) <= 65536))
);

-- All that is left of sessions that were erased: how many visits of a partner were kept clear and how many were not. No place, no day, no time.
create table kept_clear (
  partner_id bigint not null,
  kept boolean not null,
  visits integer not null,
  constraint kept_clear_kept_primary PRIMARY KEY (partner_id, kept),
  constraint kept_clear_partner_id_fkey FOREIGN KEY (partner_id) REFERENCES partner(id) ON DELETE CASCADE,
  constraint kept_clear_visits_not_negative CHECK ((visits >= 0))
);

-- On what condition of DPA 2018 Schedule 8 a sensitive breakdown may be typed. Never changed: what is recorded or ended is a row more, and the last one counts.
create table lawful_basis (
  id bigint not null generated always as identity,
  breakdown text not null,
  in_force boolean not null,
  condition text not null,
  policy text not null,
  recorded_at timestamp with time zone not null,
  recorded_by text not null,
  constraint lawful_basis_breakdown_known CHECK ((breakdown = ANY (ARRAY['nationality'::text, 'drug_use'::text]))),
  constraint lawful_basis_condition_known CHECK ((condition = ANY (ARRAY['statutory_purposes'::text, 'safeguarding'::text, 'statistics'::text]))),
  constraint lawful_basis_id_primary PRIMARY KEY (id),
  constraint lawful_basis_policy_form CHECK ((policy ~ '^[A-Za-z0-9][A-Za-z0-9 ./-]{0,59}$'::text))
);

-- Partners that somebody of theirs asked to erase, from when on. By the real clock, in the demonstration too.
create table leaving (
  partner_id bigint not null,
  asked_by text not null,
  asked_at timestamp with time zone not null,
  due_at timestamp with time zone not null,
  constraint leaving_due_at_a_day_later CHECK ((due_at >= (asked_at + '24:00:00'::interval))),
  constraint leaving_partner_id_fkey FOREIGN KEY (partner_id) REFERENCES partner(id) ON DELETE CASCADE,
  constraint leaving_partner_id_primary PRIMARY KEY (partner_id)
);

-- What was laid before the partners, as it was: frozen when it is issued. What has changed is told from the pack before.
create table meeting_pack (
  id integer not null generated always as identity,
  number integer not null,
  meeting_on date not null,
  as_at date not null,
  issued_at timestamp with time zone not null,
  issued_by text not null,
  content jsonb not null,
  constraint meeting_pack_content_object CHECK ((jsonb_typeof(content) = 'object'::text)),
  constraint meeting_pack_id_primary PRIMARY KEY (id),
  constraint meeting_pack_number_positive CHECK ((number >= 1)),
  constraint meeting_pack_number_unique UNIQUE (number)
);

-- When the partners meet each month, in London time; every state that the series had, the newest revision is the one that holds.
create table meeting_series (
  id integer not null generated always as identity,
  revision integer not null,
  week smallint not null,
  weekday smallint not null,
  first_on date not null,
  starts_at text not null,
  minutes integer not null,
  changed_at timestamp with time zone not null,
  changed_by text not null,
  constraint meeting_series_id_primary PRIMARY KEY (id),
  constraint meeting_series_minutes_some CHECK (((minutes >= 15) AND (minutes <= 480))),
  constraint meeting_series_revision_positive CHECK ((revision >= 1)),
  constraint meeting_series_revision_unique UNIQUE (revision),
  constraint meeting_series_starts_at_form CHECK ((starts_at ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'::text)),
  constraint meeting_series_week_known CHECK ((week = ANY (ARRAY[1, 2, 3, 4, '-1'::integer]))),
  constraint meeting_series_weekday_known CHECK (((weekday >= 0) AND (weekday <= 6)))
);

-- Which files of sql/migrations have been applied.
create table migration (
  name text not null,
  checksum text not null,
  applied_at timestamp with time zone not null default now(),
  constraint migration_name_key PRIMARY KEY (name)
);

-- Points that name a cell: the gazetteer, none of it about a person or an event.
create table named_place (
  named_place_id integer not null generated always as identity,
  kind text not null,
  name text not null,
  road text,
  at geometry(Point,4326) not null,
  constraint named_place_kind_check CHECK ((kind = ANY (ARRAY['corner'::text, 'street'::text, 'station'::text, 'neighbourhood'::text]))),
  constraint named_place_name_check CHECK (((name = btrim(name)) AND (name <> ''::text))),
  constraint named_place_named_place_id_pkey PRIMARY KEY (named_place_id),
  constraint named_place_road_check CHECK (((kind = 'corner'::text) = (road IS NOT NULL)))
);

-- What was agreed with a neighbour. Never changed: what is agreed anew, or ends earlier, is a row more, and the last one counts.
create table neighbour_agreement (
  id bigint not null generated always as identity,
  neighbour text not null,
  reference text not null,
  contact_role text not null,
  outreach_contact text not null,
  cells bigint[] not null,
  first_quarter text not null,
  last_quarter text not null,
  zone_hash text not null,
  starts_on date not null,
  expires_on date not null,
  entered_at timestamp with time zone not null,
  entered_by text not null,
  constraint neighbour_agreement_cells_some CHECK ((cardinality(cells) > 0)),
  constraint neighbour_agreement_contact_role_length CHECK (((length(contact_role) >= 1) AND (length(contact_role) <= 80))),
  constraint neighbour_agreement_expires_on_order CHECK ((expires_on >= starts_on)),
  constraint neighbour_agreement_first_quarter_written CHECK ((first_quarter ~ '^20[0-9]{2}-Q[1-4]$'::text)),
  constraint neighbour_agreement_id_primary PRIMARY KEY (id),
  constraint neighbour_agreement_last_quarter_written CHECK (((last_quarter ~ '^20[0-9]{2}-Q[1-4]$'::text) AND (last_quarter >= first_quarter))),
  constraint neighbour_agreement_neighbour_length CHECK (((length(neighbour) >= 1) AND (length(neighbour) <= 80))),
  constraint neighbour_agreement_neighbour_unique UNIQUE (id, neighbour),
  constraint neighbour_agreement_outreach_contact_length CHECK (((length(outreach_contact) >= 1) AND (length(outreach_contact) <= 80))),
  constraint neighbour_agreement_reference_length CHECK (((length(reference) >= 1) AND (length(reference) <= 60))),
  constraint neighbour_agreement_zone_hash_written CHECK ((zone_hash ~ '^[0-9a-f]{12}$'::text))
);

-- How often a neighbour has asked on a day whether a planned patrol fits; never where or when.
create table neighbour_question (
  neighbour text not null,
  day date not null,
  asked integer not null,
  constraint neighbour_question_asked_positive CHECK ((asked > 0)),
  constraint neighbour_question_day_primary PRIMARY KEY (neighbour, day)
);

-- Reports on a neighbour's side of the line in one quarter, as it has given them. A revision is a row more, and the last one counts.
create table neighbour_total (
  id bigint not null generated always as identity,
  agreement_id bigint not null,
  neighbour text not null,
  quarter text not null,
  reports integer,
  given_at timestamp with time zone not null,
  given_by text not null,
  constraint neighbour_total_agreement_id_fkey FOREIGN KEY (agreement_id, neighbour) REFERENCES neighbour_agreement(id, neighbour),
  constraint neighbour_total_id_primary PRIMARY KEY (id),
  constraint neighbour_total_quarter_written CHECK ((quarter ~ '^20[0-9]{2}-Q[1-4]$'::text)),
  constraint neighbour_total_reports_rule CHECK (((reports >= 10) AND (reports <= 1000000)))
);

-- What a partner objects to, in its own words, to the coordinator alone; and the answer.
create table objection (
  id bigint not null generated always as identity,
  key uuid not null default gen_random_uuid(),
  partner_id bigint not null,
  about text not null,
  words text not null,
  raised_at timestamp with time zone not null,
  raised_by text not null,
  answer text,
  answered_at timestamp with time zone,
  answered_by text,
  constraint objection_about_known CHECK ((about = ANY (ARRAY['patrols'::text, 'panel'::text, 'other'::text]))),
  constraint objection_answer_length CHECK (((length(answer) >= 1) AND (length(answer) <= 500))),
  constraint objection_answered_at_present CHECK ((((answer IS NULL) = (answered_at IS NULL)) AND ((answer IS NULL) = (answered_by IS NULL)))),
  constraint objection_id_primary PRIMARY KEY (id),
  constraint objection_key_unique UNIQUE (key),
  constraint objection_partner_id_fkey FOREIGN KEY (partner_id) REFERENCES partner(id) ON DELETE CASCADE,
  constraint objection_words_length CHECK (((length(words) >= 1) AND (length(words) <= 500)))
);

-- Who has a cell when: a row per footprint cell and protected interval, a row per cell of an agreed patrol and its whole window. Writers take pg_advisory_xact_lock(7310) first and insert cells sorted.
create table occupancy (
  cell bigint not null,
  during tstzrange not null,
  kind text not null,
  active boolean not null default true,
  session_id bigint,
  window_id bigint,
  constraint occupancy_cell_resolution CHECK ((((cell >> 52) & (15)::bigint) = 10)),
  constraint occupancy_during_bounded CHECK (((NOT isempty(during)) AND lower_inc(during) AND (NOT upper_inc(during)) AND (NOT lower_inf(during)) AND (NOT upper_inf(during)))),
  constraint occupancy_kind_known CHECK ((kind = ANY (ARRAY['protected'::text, 'patrol'::text]))),
  constraint occupancy_no_patrol_in_protected EXCLUDE USING gist (cell WITH =, during WITH &&, kind WITH <>) WHERE (active),
  constraint occupancy_session_id_check CHECK (((kind = 'protected'::text) = (session_id IS NOT NULL))),
  constraint occupancy_session_id_fkey FOREIGN KEY (session_id) REFERENCES outreach_session(id) ON DELETE CASCADE,
  constraint occupancy_window_id_check CHECK (((kind = 'patrol'::text) = (window_id IS NOT NULL))),
  constraint occupancy_window_id_fkey FOREIGN KEY (window_id) REFERENCES patrol_window(id) ON DELETE CASCADE,
  constraint patrol_leg_held_in_occupancy TRIGGER DEFERRABLE INITIALLY DEFERRED
);

-- A response to be assessed: where (operation_cell), from which London date, and, once it ended, its last day.
create table operation (
  operation_id integer not null generated always as identity,
  name text not null,
  starts_on date not null,
  ends_on date,
  created_at timestamp with time zone not null default now(),
  created_by text not null default COALESCE(NULLIF(current_setting('boxster.person'::text, true), ''::text), 'unknown'::text),
  revision integer not null default 1,
  treated_by text not null default 'cells'::text,
  treated_name text,
  control_by text,
  control_name text,
  changed_at timestamp with time zone not null default now(),
  changed_by text not null default COALESCE(NULLIF(current_setting('boxster.person'::text, true), ''::text), 'unknown'::text),
  constraint operation_control_by_known CHECK ((control_by = ANY (ARRAY['drawn'::text, 'picked'::text, 'named'::text, 'corridor'::text, 'cells'::text]))),
  constraint operation_control_name_length CHECK (((control_name IS NULL) OR (((length(control_name) >= 1) AND (length(control_name) <= 120)) AND (control_by IS NOT NULL)))),
  constraint operation_ends_on_check CHECK ((ends_on >= starts_on)),
  constraint operation_name_check CHECK (((name = btrim(name)) AND ((length(name) >= 1) AND (length(name) <= 80)))),
  constraint operation_name_key UNIQUE (name),
  constraint operation_name_plain CHECK ((name = plain_name(name))),
  constraint operation_operation_id_pkey PRIMARY KEY (operation_id),
  constraint operation_revision_positive CHECK ((revision >= 1)),
  constraint operation_treated_by_known CHECK ((treated_by = ANY (ARRAY['drawn'::text, 'picked'::text, 'named'::text, 'corridor'::text, 'cells'::text]))),
  constraint operation_treated_name_length CHECK (((length(treated_name) >= 1) AND (length(treated_name) <= 120)))
);

-- The treated area of an operation, and the control area where one was chosen by hand, as H3 cells at resolution 10.
create table operation_cell (
  operation_id integer not null,
  cell bigint not null,
  part text not null default 'treated'::text,
  constraint operation_cell_cell_pkey PRIMARY KEY (operation_id, cell),
  constraint operation_cell_operation_id_fkey FOREIGN KEY (operation_id) REFERENCES operation(operation_id) ON DELETE CASCADE,
  constraint operation_cell_part_known CHECK ((part = ANY (ARRAY['treated'::text, 'control'::text])))
);

-- Named parts of an operation, one after the other, each within it.
create table operation_phase (
  operation_id integer not null,
  name text not null,
  starts_on date not null,
  ends_on date,
  constraint operation_phase_ends_on_check CHECK ((ends_on >= starts_on)),
  constraint operation_phase_name_form CHECK (((name = btrim(name)) AND ((length(name) >= 1) AND (length(name) <= 40)) AND (name !~ '[[:cntrl:]]'::text))),
  constraint operation_phase_name_plain CHECK ((name = plain_name(name))),
  constraint operation_phase_name_unique UNIQUE (operation_id, name),
  constraint operation_phase_no_overlap EXCLUDE USING gist (operation_id WITH =, daterange(starts_on, ends_on, '[]'::text) WITH &&),
  constraint operation_phase_operation_id_fkey FOREIGN KEY (operation_id) REFERENCES operation(operation_id) ON DELETE CASCADE,
  constraint operation_phase_starts_on_primary PRIMARY KEY (operation_id, starts_on)
);

-- Assessments that were printed or taken away: of which revision, as at which date, by whom. Never what they said.
create table operation_report (
  id integer not null generated always as identity,
  operation_id integer not null,
  revision integer not null,
  as_at date not null,
  form text not null,
  issued_at timestamp with time zone not null,
  issued_by text not null,
  constraint operation_report_form_known CHECK ((form = ANY (ARRAY['paper'::text, 'csv'::text]))),
  constraint operation_report_id_primary PRIMARY KEY (id),
  constraint operation_report_revision_fkey FOREIGN KEY (operation_id, revision) REFERENCES operation_revision(operation_id, revision)
);

-- Every state that an operation had, with who made it so and when. Rows are added and never changed.
create table operation_revision (
  operation_id integer not null,
  revision integer not null,
  act text not null,
  changed_at timestamp with time zone not null,
  changed_by text not null,
  name text not null,
  starts_on date not null,
  ends_on date,
  treated_by text not null,
  treated_name text,
  treated bigint[] not null,
  control_by text,
  control_name text,
  control bigint[] not null,
  phases jsonb not null,
  constraint operation_revision_act_known CHECK ((act = ANY (ARRAY['added'::text, 'changed'::text, 'ended'::text]))),
  constraint operation_revision_operation_id_fkey FOREIGN KEY (operation_id) REFERENCES operation(operation_id) ON DELETE CASCADE,
  constraint operation_revision_phases_array CHECK ((jsonb_typeof(phases) = 'array'::text)),
  constraint operation_revision_revision_primary PRIMARY KEY (operation_id, revision)
);

-- A visit as its partner gave it: London wall-clock times on one date or every so many weeks. An end before the start lies on the next day.
create table outreach_session (
  id bigint not null generated always as identity,
  key uuid not null default gen_random_uuid(),
  partner_id bigint not null,
  place_id bigint not null,
  repeats text not null,
  every_weeks integer not null default 1,
  first_date date not null,
  starts_local time without time zone not null,
  ends_local time without time zone not null,
  until_date date,
  created_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  calendar_key text,
  closed_until timestamp with time zone,
  recorded_until timestamp with time zone,
  weekdays integer[] not null default '{}'::integer[],
  moved_from_id bigint,
  moved_from_date date,
  sealed_at timestamp with time zone,
  constraint outreach_session_calendar_key_hex CHECK ((calendar_key ~ '^[0-9a-f]{64}$'::text)),
  constraint outreach_session_every_weeks_check CHECK ((((every_weeks >= 1) AND (every_weeks <= 8)) AND ((repeats = 'weekly'::text) OR (every_weeks = 1)))),
  constraint outreach_session_id_pkey PRIMARY KEY (id),
  constraint outreach_session_key_key UNIQUE (key),
  constraint outreach_session_moved_from_check CHECK (((moved_from_id IS NULL) OR ((moved_from_date IS NOT NULL) AND (repeats = 'once'::text)))),
  constraint outreach_session_moved_from_id_fkey FOREIGN KEY (moved_from_id) REFERENCES outreach_session(id) ON DELETE SET NULL,
  constraint outreach_session_place_id_fkey FOREIGN KEY (partner_id, place_id) REFERENCES saved_place(partner_id, id) ON DELETE CASCADE,
  constraint outreach_session_repeats_known CHECK ((repeats = ANY (ARRAY['once'::text, 'weekly'::text]))),
  constraint outreach_session_until_date_check CHECK (((until_date IS NULL) OR ((repeats = 'weekly'::text) AND (until_date >= first_date)))),
  constraint outreach_session_weekdays_check CHECK (((weekdays <@ ARRAY[1, 2, 3, 4, 5, 6, 7]) AND (cardinality(weekdays) <= 7) AND ((weekdays = '{}'::integer[]) OR ((repeats = 'weekly'::text) AND ((EXTRACT(isodow FROM first_date))::integer = ANY (weekdays))))))
);

-- An outreach organisation; none of them may learn that another exists.
create table partner (
  id bigint not null generated always as identity,
  code text not null,
  name text not null,
  created_at timestamp with time zone not null,
  calendar_known_until date,
  left_at timestamp with time zone,
  constraint partner_code_check CHECK ((code ~ '^[a-z0-9][a-z0-9-]{0,39}$'::text)),
  constraint partner_code_key UNIQUE (code),
  constraint partner_id_pkey PRIMARY KEY (id),
  constraint partner_name_check CHECK (((name = btrim(name)) AND ((length(name) >= 1) AND (length(name) <= 80)))),
  constraint partner_name_key UNIQUE (name),
  constraint partner_name_plain CHECK ((name = plain_name(name)))
);

-- Phones that sign in by a PIN. A row goes when the phone is taken away, after too many wrong PINs, and with the role of its account.
create table partner_device (
  id uuid not null default gen_random_uuid(),
  account_id bigint not null,
  token_hash bytea not null,
  pin_hash text not null,
  kind text,
  made_at timestamp with time zone not null,
  last_used_at timestamp with time zone not null,
  wrong_pins integer not null default 0,
  constraint partner_device_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id) ON DELETE CASCADE,
  constraint partner_device_id_primary PRIMARY KEY (id),
  constraint partner_device_kind_length CHECK (((length(kind) >= 1) AND (length(kind) <= 80))),
  constraint partner_device_pin_hash_slow CHECK ((pin_hash ~~ '$argon2id$%'::text)),
  constraint partner_device_token_hash_length CHECK ((length(token_hash) = 32)),
  constraint partner_device_token_hash_unique UNIQUE (token_hash),
  constraint partner_device_wrong_pins_not_negative CHECK ((wrong_pins >= 0))
);

-- Totals that a partner types about its own work. Only that partner reads them; nothing adds them up. Never changed: what is typed again is a row more, and the last one counts.
create table partner_tally (
  id bigint not null generated always as identity,
  partner_id bigint not null,
  measure text not null,
  period_from date not null,
  period_to date not null,
  value integer not null,
  entered_at timestamp with time zone not null,
  entered_by text not null,
  constraint partner_tally_id_primary PRIMARY KEY (id),
  constraint partner_tally_measure_known CHECK ((measure = 'outreach_contacts'::text)),
  constraint partner_tally_partner_id_fkey FOREIGN KEY (partner_id) REFERENCES partner(id) ON DELETE CASCADE,
  constraint partner_tally_period_to_check CHECK ((period_to >= period_from)),
  constraint partner_tally_value_check CHECK ((value >= 0))
);

-- Public keys that sign in an account; the private half never leaves its person's device.
create table passkey (
  id uuid not null default gen_random_uuid(),
  account_id bigint not null,
  credential_id bytea not null,
  public_key bytea not null,
  counter bigint not null,
  name text not null,
  made_at timestamp with time zone not null default clock_timestamp(),
  last_used_at timestamp with time zone,
  constraint passkey_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id) ON DELETE CASCADE,
  constraint passkey_counter_not_negative CHECK ((counter >= 0)),
  constraint passkey_credential_id_length CHECK (((length(credential_id) >= 16) AND (length(credential_id) <= 1023))),
  constraint passkey_credential_id_unique UNIQUE (credential_id),
  constraint passkey_id_primary PRIMARY KEY (id),
  constraint passkey_name_length CHECK (((length(name) >= 1) AND (length(name) <= 80))),
  constraint passkey_name_plain CHECK ((name = plain_name(name)))
);

-- What a sergeant did to a plan and how its windows stood before and after. Never what a late session did: that would tell its hour.
create table patrol_change (
  id bigint not null generated always as identity,
  plan_id bigint not null,
  act text not null,
  changed_at timestamp with time zone not null,
  changed_by text not null,
  windows jsonb not null,
  constraint patrol_change_act_known CHECK ((act = ANY (ARRAY['add'::text, 'change'::text, 'split'::text, 'remove'::text, 'restore'::text, 'agree'::text, 'take_back'::text]))),
  constraint patrol_change_id_primary PRIMARY KEY (id),
  constraint patrol_change_plan_id_fkey FOREIGN KEY (plan_id) REFERENCES patrol_plan(id) ON DELETE CASCADE,
  constraint patrol_change_windows_some CHECK ((jsonb_typeof(windows) = 'array'::text))
);

-- A shift whose sergeant has said what was done of it; saying it again takes the place of what was said.
create table patrol_debrief (
  id bigint not null generated always as identity,
  shift_starts_at timestamp with time zone not null,
  shift_ends_at timestamp with time zone not null,
  logged_at timestamp with time zone not null,
  logged_by text not null,
  constraint patrol_debrief_id_primary PRIMARY KEY (id),
  constraint patrol_debrief_shift_length CHECK ((shift_ends_at > shift_starts_at)),
  constraint patrol_debrief_shift_once UNIQUE (shift_starts_at, shift_ends_at)
);

-- The way from a stop of a window to the next. A window without any was planned without streets: its ways are those of the grid between its stops.
create table patrol_leg (
  window_id bigint not null,
  ordinal integer not null,
  line geometry(LineString,4326),
  ground geometry(Geometry,4326),
  cells bigint[] not null,
  metres double precision not null,
  seconds double precision not null,
  words text not null,
  attribution text,
  constraint patrol_leg_cells_some CHECK ((cardinality(cells) >= 1)),
  constraint patrol_leg_ground_known CHECK (((ground IS NULL) = (line IS NULL))),
  constraint patrol_leg_ground_no_larger CHECK (((line IS NULL) OR ((((st_area(ground) * cos(radians(st_y(st_startpoint(line))))) * (111195.0)::double precision) * (111195.0)::double precision) <= ((20000.0 * (cardinality(cells))::numeric))::double precision))),
  constraint patrol_leg_held TRIGGER DEFERRABLE INITIALLY DEFERRED,
  constraint patrol_leg_line_on_ground CHECK (((line IS NULL) OR st_covers(st_buffer(ground, (0.0000001)::double precision), line))),
  constraint patrol_leg_ordinal_primary PRIMARY KEY (window_id, ordinal),
  constraint patrol_leg_stop_fkey FOREIGN KEY (window_id, ordinal) REFERENCES patrol_stop(window_id, ordinal) ON DELETE CASCADE
);

-- Each stop of a debriefed shift: done or not, and why not where somebody said so. Reasons are of a closed list, so that nobody is named.
create table patrol_outcome (
  debrief_id bigint not null,
  window_id bigint not null,
  ordinal integer not null,
  reason text,
  is_done boolean not null,
  constraint patrol_outcome_debrief_id_fkey FOREIGN KEY (debrief_id) REFERENCES patrol_debrief(id) ON DELETE CASCADE,
  constraint patrol_outcome_reason_known CHECK ((reason = ANY (ARRAY['emergency'::text, 'short_staffed'::text, 'other_duty'::text, 'weather'::text, 'other'::text]))),
  constraint patrol_outcome_reason_missed CHECK (((reason IS NULL) OR (NOT is_done))),
  constraint patrol_outcome_stop_fkey FOREIGN KEY (window_id, ordinal) REFERENCES patrol_stop(window_id, ordinal) ON DELETE CASCADE,
  constraint patrol_outcome_stop_primary PRIMARY KEY (window_id, ordinal)
);

-- One suggestion of the planner and what became of it; a suggestion occupies nothing.
create table patrol_plan (
  id bigint not null generated always as identity,
  revision integer not null default 1,
  status text not null default 'suggested'::text,
  starts_on date not null,
  day_count integer not null,
  unit_count integer not null,
  shifts text[] not null,
  seed bigint not null,
  as_at date not null,
  expected_total double precision not null,
  objective double precision not null,
  bound double precision not null,
  gap double precision not null,
  greedy double precision not null,
  seconds double precision not null,
  stopped text not null,
  refused jsonb not null default '[]'::jsonb,
  calendars_as_at timestamp with time zone,
  created_at timestamp with time zone not null,
  created_by text not null,
  agreed_at timestamp with time zone,
  agreed_by text,
  forecast jsonb,
  options jsonb,
  origin text not null default 'planner'::text,
  constraint patrol_plan_agreed_at_complete CHECK (((agreed_at IS NULL) = (agreed_by IS NULL))),
  constraint patrol_plan_agreed_at_present CHECK (((status <> 'agreed'::text) OR (agreed_at IS NOT NULL))),
  constraint patrol_plan_day_count_range CHECK (((day_count >= 1) AND (day_count <= 28))),
  constraint patrol_plan_forecast_object CHECK ((jsonb_typeof(forecast) = 'object'::text)),
  constraint patrol_plan_id_primary PRIMARY KEY (id),
  constraint patrol_plan_options_object CHECK ((jsonb_typeof(options) = 'object'::text)),
  constraint patrol_plan_origin_known CHECK ((origin = ANY (ARRAY['planner'::text, 'last_week'::text, 'by_hand'::text]))),
  constraint patrol_plan_revision_positive CHECK ((revision >= 1)),
  constraint patrol_plan_shifts_some CHECK ((cardinality(shifts) >= 1)),
  constraint patrol_plan_status_known CHECK ((status = ANY (ARRAY['suggested'::text, 'agreed'::text, 'withdrawn'::text]))),
  constraint patrol_plan_stopped_known CHECK ((stopped = ANY (ARRAY['optimal'::text, 'gap'::text, 'time'::text]))),
  constraint patrol_plan_unit_count_range CHECK (((unit_count >= 1) AND (unit_count <= 12)))
);

-- The stops of a window in walking order: about 15 minutes each, times approximate.
create table patrol_stop (
  window_id bigint not null,
  ordinal integer not null,
  cell bigint not null,
  arrives_at timestamp with time zone not null,
  departs_at timestamp with time zone not null,
  constraint patrol_stop_cell_once UNIQUE (window_id, cell),
  constraint patrol_stop_cell_resolution CHECK ((((cell >> 52) & (15)::bigint) = 10)),
  constraint patrol_stop_departs_at_after_arrival CHECK ((departs_at > arrives_at)),
  constraint patrol_stop_ordinal_primary PRIMARY KEY (window_id, ordinal),
  constraint patrol_stop_window_id_fkey FOREIGN KEY (window_id) REFERENCES patrol_window(id) ON DELETE CASCADE
);

-- A stay of police in a cell as logged. It leaves the server as minutes by cell and day, never by the hour.
create table patrol_visit (
  id bigint not null generated always as identity,
  cell bigint not null,
  starts_at timestamp with time zone not null,
  ends_at timestamp with time zone not null,
  unit_count integer not null default 1,
  logged_at timestamp with time zone not null default clock_timestamp(),
  logged_by text not null,
  debrief_id bigint,
  constraint patrol_visit_cell_once UNIQUE (cell, starts_at, ends_at, unit_count),
  constraint patrol_visit_cell_resolution CHECK ((((cell >> 52) & (15)::bigint) = 10)),
  constraint patrol_visit_debrief_id_fkey FOREIGN KEY (debrief_id) REFERENCES patrol_debrief(id) ON DELETE CASCADE,
  constraint patrol_visit_ends_at_after_start CHECK ((ends_at > starts_at)),
  constraint patrol_visit_id_primary PRIMARY KEY (id),
  constraint patrol_visit_length_range CHECK (((ends_at - starts_at) <= '12:00:00'::interval)),
  constraint patrol_visit_unit_count_range CHECK (((unit_count >= 1) AND (unit_count <= 12)))
);

-- One unit in one zone for one to two hours. Police read unavailable and called_off as "no longer available", never why.
create table patrol_window (
  id bigint not null generated always as identity,
  plan_id bigint not null,
  label text not null,
  zone bigint not null,
  unit integer not null,
  starts_at timestamp with time zone not null,
  ends_at timestamp with time zone not null,
  shift_starts_at timestamp with time zone not null,
  shift_ends_at timestamp with time zone not null,
  status text not null default 'suggested'::text,
  expected double precision not null,
  why_here text not null,
  why_now text not null,
  checked_at timestamp with time zone not null,
  checked_ok boolean not null,
  closed_at timestamp with time zone,
  expected_low double precision,
  expected_high double precision,
  locked boolean not null default false,
  mode text not null default 'foot'::text,
  purpose text not null default 'patrol'::text,
  dismissed boolean not null default false,
  replaced_by bigint,
  constraint patrol_leg_held_by_window TRIGGER DEFERRABLE INITIALLY DEFERRED,
  constraint patrol_window_agreed_clear CHECK (((status <> 'agreed'::text) OR checked_ok)),
  constraint patrol_window_closed_at_present CHECK (((closed_at IS NOT NULL) = (status = ANY (ARRAY['withdrawn'::text, 'unavailable'::text, 'called_off'::text])))),
  constraint patrol_window_dismissed_lost CHECK (((NOT dismissed) OR (status = ANY (ARRAY['unavailable'::text, 'called_off'::text])))),
  constraint patrol_window_ends_at_after_start CHECK ((ends_at > starts_at)),
  constraint patrol_window_expected_range CHECK ((((expected_low IS NULL) = (expected_high IS NULL)) AND (expected_low <= expected_high))),
  constraint patrol_window_id_primary PRIMARY KEY (id),
  constraint patrol_window_label_unique UNIQUE (plan_id, label),
  constraint patrol_window_mode_known CHECK ((mode = ANY (ARRAY['foot'::text, 'cycle'::text, 'vehicle'::text]))),
  constraint patrol_window_plan_id_fkey FOREIGN KEY (plan_id) REFERENCES patrol_plan(id) ON DELETE CASCADE,
  constraint patrol_window_purpose_known CHECK ((purpose = ANY (ARRAY['patrol'::text, 'watch'::text]))),
  constraint patrol_window_replaced_by_lost CHECK (((replaced_by IS NULL) OR (status = ANY (ARRAY['unavailable'::text, 'called_off'::text])))),
  constraint patrol_window_shift_holds CHECK (((shift_starts_at <= starts_at) AND (ends_at <= shift_ends_at))),
  constraint patrol_window_status_known CHECK ((status = ANY (ARRAY['suggested'::text, 'agreed'::text, 'withdrawn'::text, 'unavailable'::text, 'called_off'::text]))),
  constraint patrol_window_unit_range CHECK (((unit >= 1) AND (unit <= 12))),
  constraint patrol_window_zone_resolution CHECK ((((zone >> 52) & (15)::bigint) = 9))
);

-- What is to be done about a place, by which office and by when. An office, never a person.
create table place_action (
  id integer not null generated always as identity,
  plan_id integer,
  pack_id integer,
  words text not null,
  owner text not null,
  due_on date not null,
  state text not null,
  closed_on date,
  revision integer not null,
  created_at timestamp with time zone not null,
  created_by text not null,
  changed_at timestamp with time zone not null,
  changed_by text not null,
  constraint place_action_closed_on_told CHECK (((state = 'open'::text) = (closed_on IS NULL))),
  constraint place_action_id_primary PRIMARY KEY (id),
  constraint place_action_owner_known CHECK ((owner = ANY (ARRAY['outreach'::text, 'coordinator'::text, 'neighbourhood_policing'::text, 'council_lighting'::text, 'council_housing'::text, 'council_cleansing'::text, 'council_licensing'::text, 'council_community_safety'::text, 'highways'::text, 'transport'::text, 'health'::text]))),
  constraint place_action_pack_id_fkey FOREIGN KEY (pack_id) REFERENCES meeting_pack(id),
  constraint place_action_plan_id_fkey FOREIGN KEY (plan_id) REFERENCES place_plan(id),
  constraint place_action_revision_positive CHECK ((revision >= 1)),
  constraint place_action_state_known CHECK ((state = ANY (ARRAY['open'::text, 'done'::text, 'dropped'::text]))),
  constraint place_action_words_length CHECK (((length(words) >= 1) AND (length(words) <= 300)))
);

-- A lamp, an alley, a stop or a venue: where it is and at most the short name of the place, nothing else.
create table place_feature (
  id integer not null generated always as identity,
  layer_id integer not null,
  label text,
  shape geometry(Geometry,4326) not null,
  constraint place_feature_id_primary PRIMARY KEY (id),
  constraint place_feature_label_short CHECK (((length(label) >= 1) AND (length(label) <= 60))),
  constraint place_feature_layer_id_fkey FOREIGN KEY (layer_id) REFERENCES place_layer(id) ON DELETE CASCADE,
  constraint place_feature_shape_plain CHECK (((geometrytype(shape) = ANY (ARRAY['POINT'::text, 'MULTIPOINT'::text, 'LINESTRING'::text, 'MULTILINESTRING'::text, 'POLYGON'::text, 'MULTIPOLYGON'::text])) AND (NOT st_isempty(shape))))
);

-- One imported file of place factors: lamps, alleys, stops or venues that are open late.
create table place_layer (
  id integer not null generated always as identity,
  kind text not null,
  person text not null,
  imported_at timestamp with time zone not null default clock_timestamp(),
  file_name text not null,
  file_sha256 text not null,
  licence text not null default ''::text,
  feature_count integer not null,
  outside_count integer not null,
  constraint place_layer_counts_not_negative CHECK (((feature_count > 0) AND (outside_count >= 0))),
  constraint place_layer_file_name_length CHECK (((length(file_name) >= 1) AND (length(file_name) <= 200))),
  constraint place_layer_file_sha256_hex CHECK ((file_sha256 ~ '^[0-9a-f]{64}$'::text)),
  constraint place_layer_id_primary PRIMARY KEY (id),
  constraint place_layer_kind_file_unique UNIQUE (kind, file_sha256),
  constraint place_layer_kind_known CHECK ((kind = ANY (ARRAY['lighting'::text, 'alley'::text, 'stop'::text, 'late_venue'::text]))),
  constraint place_layer_licence_length CHECK ((length(licence) <= 200))
);

-- What is done about one place, by scanning, analysis, response and assessment. No person, and nothing reckoned from what is protected or patrolled.
create table place_plan (
  id integer not null generated always as identity,
  name text not null,
  revision integer not null,
  state text not null,
  result text not null,
  area_by text not null,
  area_name text,
  cells bigint[] not null,
  scanning text not null,
  analysis text not null,
  response_partners text not null,
  response_place text not null,
  response_diversion text not null,
  response_enforcement text not null,
  stop_rule text not null,
  review_on date not null,
  is_for_meeting boolean not null,
  assessed_operation text,
  assessed_revision integer,
  assessed_as_at date,
  assessed_sentence text,
  created_at timestamp with time zone not null,
  created_by text not null,
  changed_at timestamp with time zone not null,
  changed_by text not null,
  constraint place_plan_area_by_known CHECK ((area_by = ANY (ARRAY['named'::text, 'picked'::text, 'point'::text]))),
  constraint place_plan_area_name_length CHECK (((length(area_name) >= 1) AND (length(area_name) <= 120))),
  constraint place_plan_assessed_whole CHECK ((num_nulls(assessed_operation, assessed_revision, assessed_as_at, assessed_sentence) = ANY (ARRAY[0, 4]))),
  constraint place_plan_cells_some CHECK (((cardinality(cells) >= 1) AND (cardinality(cells) <= 400))),
  constraint place_plan_id_primary PRIMARY KEY (id),
  constraint place_plan_name_form CHECK (((name = btrim(name)) AND ((length(name) >= 1) AND (length(name) <= 80)) AND (name !~ '[[:cntrl:]]'::text))),
  constraint place_plan_name_plain CHECK ((name = plain_name(name))),
  constraint place_plan_name_unique UNIQUE (name),
  constraint place_plan_result_told CHECK (((state <> 'closed'::text) OR (result <> ''::text))),
  constraint place_plan_revision_positive CHECK ((revision >= 1)),
  constraint place_plan_state_known CHECK ((state = ANY (ARRAY['open'::text, 'in_review'::text, 'closed'::text]))),
  constraint place_plan_words_length CHECK ((GREATEST(length(result), length(scanning), length(analysis), length(response_partners), length(response_place), length(response_diversion), length(response_enforcement), length(stop_rule)) <= 1000))
);

-- What a partner says about a plan that is shared with it, to the coordinator. Police read the words alone, once they are passed on.
create table place_plan_comment (
  id bigint not null generated always as identity,
  key uuid not null default gen_random_uuid(),
  plan_id integer not null,
  partner_id bigint not null,
  words text not null,
  said_at timestamp with time zone not null,
  passed_on date,
  constraint place_plan_comment_id_primary PRIMARY KEY (id),
  constraint place_plan_comment_key_unique UNIQUE (key),
  constraint place_plan_comment_partner_id_fkey FOREIGN KEY (partner_id) REFERENCES partner(id) ON DELETE CASCADE,
  constraint place_plan_comment_plan_id_fkey FOREIGN KEY (plan_id) REFERENCES place_plan(id),
  constraint place_plan_comment_words_length CHECK (((length(words) >= 1) AND (length(words) <= 500)))
);

-- Figures of Hotspots as they were when somebody pinned them, with how they were counted and tested. They do not move when records change.
create table place_plan_figure (
  id integer not null generated always as identity,
  plan_id integer not null,
  pinned_at timestamp with time zone not null,
  pinned_by text not null,
  as_at date not null,
  content jsonb not null,
  removed_at timestamp with time zone,
  constraint place_plan_figure_content_object CHECK (((jsonb_typeof(content) = 'object'::text) AND (octet_length((content)::text) <= 65536))),
  constraint place_plan_figure_id_primary PRIMARY KEY (id),
  constraint place_plan_figure_plan_id_fkey FOREIGN KEY (plan_id) REFERENCES place_plan(id)
);

-- Every state that a place plan had, with who made it so and when. Rows are added and never changed.
create table place_plan_revision (
  plan_id integer not null,
  revision integer not null,
  act text not null,
  changed_at timestamp with time zone not null,
  changed_by text not null,
  content jsonb not null,
  constraint place_plan_revision_act_known CHECK ((act = ANY (ARRAY['added'::text, 'changed'::text, 'assessed'::text]))),
  constraint place_plan_revision_content_object CHECK ((jsonb_typeof(content) = 'object'::text)),
  constraint place_plan_revision_plan_id_fkey FOREIGN KEY (plan_id) REFERENCES place_plan(id),
  constraint place_plan_revision_revision_primary PRIMARY KEY (plan_id, revision)
);

-- Which partner may read the place and the response of which plan. The coordinator's: police do not learn which partners there are.
create table place_plan_share (
  plan_id integer not null,
  partner_id bigint not null,
  shared_at timestamp with time zone not null,
  constraint place_plan_share_partner_id_fkey FOREIGN KEY (partner_id) REFERENCES partner(id) ON DELETE CASCADE,
  constraint place_plan_share_partner_id_primary PRIMARY KEY (plan_id, partner_id),
  constraint place_plan_share_plan_id_fkey FOREIGN KEY (plan_id) REFERENCES place_plan(id)
);

-- Where police attended an emergency, as they logged it: a cell and a time, and nothing of whom or why. Partners read the time where it touched a session of theirs; police never read whether it did.
create table police_attended (
  id bigint not null generated always as identity,
  key uuid not null default gen_random_uuid(),
  cell bigint not null,
  starts_at timestamp with time zone not null,
  ends_at timestamp with time zone not null,
  logged_at timestamp with time zone not null,
  logged_by text not null,
  place text,
  constraint police_attended_cell_resolution CHECK ((((cell >> 52) & (15)::bigint) = 10)),
  constraint police_attended_ends_at_after_start CHECK ((ends_at > starts_at)),
  constraint police_attended_id_primary PRIMARY KEY (id),
  constraint police_attended_key_unique UNIQUE (key),
  constraint police_attended_length_range CHECK (((ends_at - starts_at) <= '12:00:00'::interval)),
  constraint police_attended_place_short CHECK (((place = btrim(place)) AND ((length(place) >= 1) AND (length(place) <= 200))))
);

-- A partner's report that police came to a session: it was not kept clear.
create table police_came (
  session_id bigint not null,
  occurs_on date not null,
  reported_at timestamp with time zone not null,
  key uuid not null default gen_random_uuid(),
  read_at timestamp with time zone,
  read_by text,
  sealed_at timestamp with time zone,
  constraint police_came_key_unique UNIQUE (key),
  constraint police_came_read_at_present CHECK (((read_at IS NULL) = (read_by IS NULL))),
  constraint police_came_session_id_fkey FOREIGN KEY (session_id) REFERENCES outreach_session(id) ON DELETE CASCADE,
  constraint police_came_session_id_pkey PRIMARY KEY (session_id, occurs_on)
);

-- A London day that was recorded, with all device minutes in the area and their 95% band.
create table position_day (
  import_id bigint not null,
  day date not null,
  device_count integer not null,
  minutes real not null,
  low real not null,
  high real not null,
  constraint position_day_device_count_least CHECK ((device_count >= 3)),
  constraint position_day_import_id_fkey FOREIGN KEY (import_id) REFERENCES position_import(id) ON DELETE CASCADE,
  constraint position_day_import_id_primary PRIMARY KEY (import_id, day),
  constraint position_day_low_to_high CHECK (((low >= (0)::double precision) AND (low <= minutes) AND (minutes <= high)))
);

-- Device minutes in a cell on a London day, with their 95% band. Never by the hour.
create table position_dose (
  import_id bigint not null,
  day date not null,
  cell bigint not null,
  minutes real not null,
  low real not null,
  high real not null,
  visit_count integer not null,
  constraint position_dose_cell_primary PRIMARY KEY (import_id, day, cell),
  constraint position_dose_cell_resolution CHECK ((((cell >> 52) & (15)::bigint) = 10)),
  constraint position_dose_day_fkey FOREIGN KEY (import_id, day) REFERENCES position_day(import_id, day) ON DELETE CASCADE,
  constraint position_dose_low_to_high CHECK (((low >= (0)::double precision) AND (low <= minutes) AND (minutes <= high))),
  constraint position_dose_minutes_least CHECK ((minutes >= (3)::double precision)),
  constraint position_dose_visit_count_not_negative CHECK ((visit_count >= 0))
);

-- Files of positions that came in together. Neither their names nor any device of theirs is kept.
create table position_import (
  id bigint not null generated always as identity,
  imported_at timestamp with time zone not null,
  imported_by text not null,
  refresh_seconds real not null,
  file_hashes text[] not null,
  constraint position_import_file_hashes_some CHECK (((cardinality(file_hashes) >= 1) AND (cardinality(file_hashes) <= 500))),
  constraint position_import_id_primary PRIMARY KEY (id),
  constraint position_import_refresh_seconds_range CHECK (((refresh_seconds >= (1)::double precision) AND (refresh_seconds <= (120)::double precision)))
);

-- SHA-256 of codes of 99 random bits, each good once in the place of a second factor.
create table recovery_code (
  account_id bigint not null,
  code_hash bytea not null,
  made_at timestamp with time zone not null default clock_timestamp(),
  used_at timestamp with time zone,
  constraint recovery_code_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id) ON DELETE CASCADE,
  constraint recovery_code_code_hash_length CHECK ((length(code_hash) = 32)),
  constraint recovery_code_key_primary PRIMARY KEY (account_id, code_hash)
);

-- The public figures as they were approved: numbered without a gap, chained, and never changed or removed.
create table release (
  number integer not null,
  draft_id integer not null,
  content text not null,
  area_set text not null,
  drafted_by text not null,
  approved_on date not null,
  approved_at timestamp with time zone not null,
  approved_by text not null,
  previous bytea not null,
  hash bytea not null,
  beside text,
  constraint release_approved_by_second CHECK ((lower(approved_by) <> lower(drafted_by))),
  constraint release_draft_id_fkey FOREIGN KEY (draft_id) REFERENCES release_draft(id),
  constraint release_draft_id_unique UNIQUE (draft_id),
  constraint release_hash_length CHECK (((length(hash) = 32) AND (length(previous) = 32))),
  constraint release_hash_unique UNIQUE (hash),
  constraint release_number_positive CHECK ((number >= 1)),
  constraint release_number_primary PRIMARY KEY (number),
  constraint release_previous_unique UNIQUE (previous)
);

-- What would be released, withheld and rounded: no exact figure. Its content never changes; another draft is another row.
create table release_draft (
  id integer not null generated always as identity,
  content text not null,
  area_set text not null,
  after_number integer not null,
  drafted_on date not null,
  drafted_at timestamp with time zone not null,
  drafted_by text not null,
  discarded_at timestamp with time zone,
  discarded_by text,
  constraint release_draft_after_number_not_negative CHECK ((after_number >= 0)),
  constraint release_draft_area_set_written CHECK ((area_set ~ '^[0-9a-f]{64}$'::text)),
  constraint release_draft_content_some CHECK (((length(content) >= 2) AND (length(content) <= 50000000))),
  constraint release_draft_discarded_present CHECK (((discarded_at IS NULL) = (discarded_by IS NULL))),
  constraint release_draft_drafted_by_present CHECK (((length(drafted_by) >= 1) AND (length(drafted_by) <= 200))),
  constraint release_draft_id_primary PRIMARY KEY (id)
);

-- Holds a draft, and any made in its place, until whoever made it takes it back. Its reason is never published, and a partner reads its own alone.
create table release_objection (
  id integer not null generated always as identity,
  draft_id integer not null,
  by_role text not null,
  partner_id bigint,
  reason text not null,
  objected_at timestamp with time zone not null,
  objected_by text not null,
  lifted_at timestamp with time zone,
  constraint release_objection_by_role_known CHECK ((by_role = ANY (ARRAY['partner'::text, 'coordinator'::text, 'operator'::text]))),
  constraint release_objection_draft_id_fkey FOREIGN KEY (draft_id) REFERENCES release_draft(id),
  constraint release_objection_id_primary PRIMARY KEY (id),
  constraint release_objection_partner_id_fkey FOREIGN KEY (partner_id) REFERENCES partner(id) ON DELETE CASCADE,
  constraint release_objection_partner_id_whose CHECK (((partner_id IS NULL) = (by_role <> 'partner'::text))),
  constraint release_objection_reason_length CHECK (((reason = btrim(reason)) AND ((length(reason) >= 1) AND (length(reason) <= 600))))
);

-- A release whose figures are no longer served; its number stays, and this notice stands in their place.
create table release_withdrawal (
  number integer not null,
  notice text not null,
  withdrawn_on date not null,
  withdrawn_at timestamp with time zone not null,
  withdrawn_by text not null,
  constraint release_withdrawal_notice_length CHECK (((notice = btrim(notice)) AND ((length(notice) >= 1) AND (length(notice) <= 600)))),
  constraint release_withdrawal_number_fkey FOREIGN KEY (number) REFERENCES release(number),
  constraint release_withdrawal_number_primary PRIMARY KEY (number)
);

-- Main roads that are drawn and that cells are named after; one road can have several stretches.
create table road (
  road_id integer not null generated always as identity,
  name text not null,
  line geometry(LineString,4326) not null,
  constraint road_road_id_pkey PRIMARY KEY (road_id)
);

-- Where a partner meets women, as the H3 cells (resolution 10) of its protected footprint; never a point.
create table saved_place (
  id bigint not null generated always as identity,
  key uuid not null default gen_random_uuid(),
  partner_id bigint not null,
  label text not null,
  footprint bigint[] not null,
  saved_at timestamp with time zone not null,
  kind text not null default 'circle'::text,
  lattice bigint[],
  class_m integer,
  constraint saved_place_class_known CHECK (((class_m = ANY (ARRAY[100, 150, 200, 300, 400])) AND ((kind = 'circle'::text) OR (class_m = 100)))),
  constraint saved_place_footprint_not_empty CHECK ((cardinality(footprint) > 0)),
  constraint saved_place_id_pkey PRIMARY KEY (id),
  constraint saved_place_key_key UNIQUE (key),
  constraint saved_place_kind_known CHECK ((kind = ANY (ARRAY['circle'::text, 'area'::text, 'corridor'::text]))),
  constraint saved_place_label_check CHECK (((label = btrim(label)) AND ((length(label) >= 1) AND (length(label) <= 60)))),
  constraint saved_place_label_plain CHECK ((label = plain_name(label))),
  constraint saved_place_lattice_form CHECK ((lattice_fault(lattice, kind) IS NULL)),
  constraint saved_place_lattice_whole CHECK (((lattice IS NULL) = (class_m IS NULL))),
  constraint saved_place_partner_id_fkey FOREIGN KEY (partner_id) REFERENCES partner(id) ON DELETE CASCADE,
  constraint saved_place_partner_id_key UNIQUE (partner_id, id)
);

-- Filters of the Hotspots screen under a name: dates, kinds, days, hours, area. Never a record, a count or a chosen place.
create table saved_view (
  id integer not null generated always as identity,
  person text not null,
  name text not null,
  is_shared boolean not null,
  version integer not null,
  filters jsonb not null,
  changed_at timestamp with time zone not null default now(),
  constraint saved_view_filters_object CHECK ((jsonb_typeof(filters) = 'object'::text)),
  constraint saved_view_filters_small CHECK ((octet_length((filters)::text) <= 8192)),
  constraint saved_view_id_primary PRIMARY KEY (id),
  constraint saved_view_name_form CHECK ((((char_length(name) >= 1) AND (char_length(name) <= 60)) AND (name = btrim(name)) AND (name !~ '[[:cntrl:]]'::text))),
  constraint saved_view_name_plain CHECK ((name = plain_name(name))),
  constraint saved_view_version_positive CHECK ((version >= 1))
);

-- How many visits of a session an erasure counted, and up to when they were counted before: for 7 days, so that it can be taken back.
create table sealed_count (
  id bigint not null generated always as identity,
  session_id bigint not null,
  partner_id bigint not null,
  sealed_at timestamp with time zone not null default sure_time(),
  kept integer not null,
  not_kept integer not null,
  recorded_before timestamp with time zone,
  constraint sealed_count_id_primary PRIMARY KEY (id),
  constraint sealed_count_kept_not_negative CHECK (((kept >= 0) AND (not_kept >= 0))),
  constraint sealed_count_session_id_fkey FOREIGN KEY (session_id) REFERENCES outreach_session(id) ON DELETE CASCADE
);

-- The way back of somebody who lost every second factor: an administrator asks, another person confirms, the owner is told.
create table second_factor_clearing (
  id uuid not null default gen_random_uuid(),
  account_id bigint not null,
  owner text not null,
  asked_by text not null,
  asked_at timestamp with time zone not null default clock_timestamp(),
  confirmed_by text,
  cleared_at timestamp with time zone,
  by_host boolean not null default false,
  told_at timestamp with time zone,
  constraint second_factor_clearing_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id) ON DELETE CASCADE,
  constraint second_factor_clearing_cleared_present CHECK (((confirmed_by IS NULL) = (cleared_at IS NULL))),
  constraint second_factor_clearing_id_primary PRIMARY KEY (id),
  constraint second_factor_clearing_not_the_owner CHECK ((by_host OR ((owner <> asked_by) AND (owner <> COALESCE(confirmed_by, ''::text))))),
  constraint second_factor_clearing_told_cleared CHECK (((told_at IS NULL) OR (cleared_at IS NOT NULL))),
  constraint second_factor_clearing_two_people CHECK ((by_host OR (confirmed_by <> asked_by)))
);

-- Browsers in which a password was right and the second factor is still to come; five minutes, and no session.
create table second_step (
  token_hash bytea not null,
  account_id bigint not null,
  epoch integer not null,
  until timestamp with time zone not null,
  constraint second_step_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id) ON DELETE CASCADE,
  constraint second_step_token_hash_length CHECK ((length(token_hash) = 32)),
  constraint second_step_token_hash_primary PRIMARY KEY (token_hash)
);

-- Sessions that close much or for long: who saved it, and who else of the same partner said that it is right. Unanswered it stays closed.
create table second_word (
  session_id bigint not null,
  asked_by text not null,
  asked_at timestamp with time zone not null,
  confirmed_by text,
  confirmed_at timestamp with time zone,
  constraint second_word_confirmed_at_present CHECK (((confirmed_at IS NULL) = (confirmed_by IS NULL))),
  constraint second_word_confirmed_by_another CHECK ((confirmed_by <> asked_by)),
  constraint second_word_session_id_fkey FOREIGN KEY (session_id) REFERENCES outreach_session(id) ON DELETE CASCADE,
  constraint second_word_session_id_primary PRIMARY KEY (session_id)
);

-- Dates on which a repeating session does not take place.
create table session_exception (
  session_id bigint not null,
  occurs_on date not null,
  told_at timestamp with time zone,
  sealed_at timestamp with time zone,
  constraint session_exception_session_id_fkey FOREIGN KEY (session_id) REFERENCES outreach_session(id) ON DELETE CASCADE,
  constraint session_exception_session_id_pkey PRIMARY KEY (session_id, occurs_on)
);

-- A late session tells the duty contact: the partner reads when police were told and when they confirmed; police read which of their own windows are no longer available, never why.
create table session_notice (
  id bigint not null generated always as identity,
  key uuid not null default gen_random_uuid(),
  session_id bigint not null,
  told_at timestamp with time zone not null,
  window_ids bigint[] not null,
  confirmed_at timestamp with time zone,
  confirmed_by text,
  constraint session_notice_confirmed_by_check CHECK (((confirmed_at IS NULL) = (confirmed_by IS NULL))),
  constraint session_notice_id_pkey PRIMARY KEY (id),
  constraint session_notice_key_key UNIQUE (key),
  constraint session_notice_session_id_fkey FOREIGN KEY (session_id) REFERENCES outreach_session(id) ON DELETE CASCADE
);

-- Facts about this database, such as whether it was born as a demonstration.
create table setting (
  key text not null,
  value jsonb not null,
  changed_at timestamp with time zone not null default now(),
  constraint setting_key_key PRIMARY KEY (key)
);

-- Numbers of plans that left on paper or in a file, which cannot be recalled.
create table sheet_issue (
  plan_id bigint not null,
  revision integer not null,
  constraint sheet_issue_plan_id_fkey FOREIGN KEY (plan_id) REFERENCES patrol_plan(id) ON DELETE CASCADE,
  constraint sheet_issue_plan_revision_primary PRIMARY KEY (plan_id, revision)
);

-- Signed-in browsers: the SHA-256 of an opaque token, never the token.
create table sign_in (
  token_hash bytea not null,
  person text not null,
  role text not null,
  partner text,
  created_at timestamp with time zone not null,
  last_seen_at timestamp with time zone not null,
  id uuid not null default gen_random_uuid(),
  account_id bigint,
  epoch integer,
  locked_at timestamp with time zone,
  device text,
  partner_device_id uuid,
  neighbour text,
  fresh_at timestamp with time zone,
  by_provider boolean not null default false,
  constraint sign_in_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id) ON DELETE CASCADE,
  constraint sign_in_device_length CHECK (((length(device) >= 1) AND (length(device) <= 80))),
  constraint sign_in_epoch_present CHECK (((account_id IS NULL) = (epoch IS NULL))),
  constraint sign_in_id_unique UNIQUE (id),
  constraint sign_in_neighbour_liaison CHECK (((neighbour IS NULL) OR (role = 'liaison'::text))),
  constraint sign_in_partner_device_id_fkey FOREIGN KEY (partner_device_id) REFERENCES partner_device(id) ON DELETE CASCADE,
  constraint sign_in_partner_present CHECK (((role = 'partner'::text) = (partner IS NOT NULL))),
  constraint sign_in_role_known CHECK ((role = ANY (ARRAY['sergeant'::text, 'analyst'::text, 'partner'::text, 'coordinator'::text, 'presenter'::text, 'liaison'::text, 'admin'::text, 'auditor'::text]))),
  constraint sign_in_token_hash_key PRIMARY KEY (token_hash),
  constraint sign_in_token_hash_length CHECK ((length(token_hash) = 32))
);

-- Failed sign-ins by typed name and by address, each as a keyed hash: neither can be read back.
create table sign_in_failure (
  kind text not null,
  key bytea not null,
  failures integer not null,
  last_at timestamp with time zone not null,
  waits_until timestamp with time zone not null,
  waiting_tries integer not null default 0,
  constraint sign_in_failure_failures_positive CHECK ((failures >= 0)),
  constraint sign_in_failure_key_length CHECK ((length(key) = 32)),
  constraint sign_in_failure_key_primary PRIMARY KEY (kind, key),
  constraint sign_in_failure_kind_known CHECK ((kind = ANY (ARRAY['name'::text, 'address'::text])))
);

-- The address that a refused sign-in came from, for whoever answers for the security of the machine; erased after a time.
create table sign_in_source (
  audit_id bigint not null,
  address text not null,
  at timestamp with time zone not null default now(),
  constraint sign_in_source_address_short CHECK (((length(address) >= 1) AND (length(address) <= 64))),
  constraint sign_in_source_audit_id_primary PRIMARY KEY (audit_id)
);

-- Challenges that a passkey has answered, until they would have ended by themselves: none counts twice.
create table spent_challenge (
  challenge_hash bytea not null,
  until timestamp with time zone not null,
  constraint spent_challenge_challenge_hash_length CHECK ((length(challenge_hash) = 32)),
  constraint spent_challenge_challenge_hash_primary PRIMARY KEY (challenge_hash)
);

-- The hours of every evening that are kept for patrol, from a date on: interviews are offered outside them.
create table staffing_core (
  from_date date not null,
  hours text not null,
  constraint staffing_core_from_date_primary PRIMARY KEY (from_date),
  constraint staffing_core_hours_written CHECK ((hours ~ '^([01][0-9]|2[0-3]):[0-5][0-9]-([01][0-9]|2[0-3]):[0-5][0-9]$'::text))
);

-- When a unit is available and how it moves; a date without any row is not staffed yet.
create table staffing_duty (
  duty_date date not null,
  unit integer not null,
  hours text not null,
  mode text not null,
  constraint staffing_duty_hours_primary PRIMARY KEY (duty_date, unit, hours),
  constraint staffing_duty_hours_written CHECK ((hours ~ '^([01][0-9]|2[0-3]):[0-5][0-9]-([01][0-9]|2[0-3]):[0-5][0-9]$'::text)),
  constraint staffing_duty_mode_known CHECK ((mode = ANY (ARRAY['foot'::text, 'cycle'::text, 'vehicle'::text]))),
  constraint staffing_duty_unit_range CHECK (((unit >= 1) AND (unit <= 12)))
);

-- What takes a unit from patrol for some hours; without a unit it takes any one. It says no more than the kind.
create table staffing_task (
  id bigint not null generated always as identity,
  task_date date not null,
  unit integer,
  hours text not null,
  kind text not null,
  constraint staffing_task_hours_written CHECK ((hours ~ '^([01][0-9]|2[0-3]):[0-5][0-9]-([01][0-9]|2[0-3]):[0-5][0-9]$'::text)),
  constraint staffing_task_id_primary PRIMARY KEY (id),
  constraint staffing_task_kind_known CHECK ((kind = ANY (ARRAY['match_day'::text, 'court'::text, 'event'::text, 'training'::text, 'other'::text, 'interview'::text]))),
  constraint staffing_task_unit_range CHECK (((unit >= 1) AND (unit <= 12)))
);

-- Totals typed in for an exact period, with no rows, persons or places behind them: never split, never summed.
create table tally (
  tally_id integer not null generated always as identity,
  measure text not null,
  period_from date not null,
  period_to date not null,
  value integer,
  entered_at timestamp with time zone not null default now(),
  entered_by text not null default COALESCE(NULLIF(current_setting('boxster.person'::text, true), ''::text), 'unknown'::text),
  breakdown text,
  part text,
  taken_from text,
  revision integer not null default 1,
  reason text,
  changed_at timestamp with time zone not null default now(),
  changed_by text not null default COALESCE(NULLIF(current_setting('boxster.person'::text, true), ''::text), 'unknown'::text),
  constraint tally_breakdown_check CHECK ((breakdown ~ '^[a-z][a-z0-9_]{0,59}$'::text)),
  constraint tally_measure_check CHECK ((measure ~ '^[a-z][a-z0-9_]{0,59}$'::text)),
  constraint tally_measure_key UNIQUE NULLS NOT DISTINCT (measure, breakdown, part, period_from, period_to),
  constraint tally_part_check CHECK ((part ~ '^[a-z][a-z0-9_]{0,59}$'::text)),
  constraint tally_part_present CHECK (((breakdown IS NULL) = (part IS NULL))),
  constraint tally_period_to_check CHECK ((period_to >= period_from)),
  constraint tally_reason_known CHECK ((reason = ANY (ARRAY['mistyped'::text, 'records_came_late'::text, 'counted_twice'::text, 'wrong_period'::text, 'other_definition'::text]))),
  constraint tally_reason_present CHECK (((revision = 1) = (reason IS NULL))),
  constraint tally_revision_positive CHECK ((revision >= 1)),
  constraint tally_taken_from_length CHECK (((length(taken_from) >= 1) AND (length(taken_from) <= 120))),
  constraint tally_tally_id_pkey PRIMARY KEY (tally_id),
  constraint tally_value_check CHECK ((value >= 0)),
  constraint tally_value_sensitive CHECK (((breakdown IS NULL) OR (breakdown <> ALL (ARRAY['nationality'::text, 'drug_use'::text])) OR (value IS NULL) OR ((value >= 10) AND (period_to = (((period_from + '1 year'::interval) - '1 day'::interval))::date))))
);

-- Every value that a typed total ever had: who typed it, when and why. Written by the database itself.
create table tally_change (
  tally_id integer not null,
  revision integer not null,
  value integer,
  reason text,
  changed_at timestamp with time zone not null,
  changed_by text not null,
  constraint tally_change_revision_primary PRIMARY KEY (tally_id, revision),
  constraint tally_change_tally_id_fkey FOREIGN KEY (tally_id) REFERENCES tally(tally_id) ON DELETE CASCADE,
  constraint tally_change_value_check CHECK ((value >= 0))
);

-- Each time that the surroundings of an operation were looked at for clusters of reports: over what, and with what answer. Equal as-at date, events and question are looked at once.
create table watch_look (
  id bigint not null generated always as identity,
  operation_id integer not null,
  as_at date not null,
  events_version text not null,
  question text not null,
  looked_at timestamp with time zone not null,
  answer text not null,
  reports integer not null,
  left_out integer not null,
  last_report_on date,
  unseen text[] not null,
  strongest_p double precision,
  level double precision not null,
  looks_per_year integer not null,
  replicates integer not null,
  seed integer not null,
  constraint watch_look_answer_known CHECK ((answer = ANY (ARRAY['too_few'::text, 'nothing'::text, 'found'::text]))),
  constraint watch_look_id_primary PRIMARY KEY (id),
  constraint watch_look_level_share CHECK (((level > (0)::double precision) AND (level < (1)::double precision))),
  constraint watch_look_operation_id_fkey FOREIGN KEY (operation_id) REFERENCES operation(operation_id) ON DELETE CASCADE,
  constraint watch_look_question_once UNIQUE (operation_id, as_at, events_version, question),
  constraint watch_look_reports_not_negative CHECK (((reports >= 0) AND (left_out >= 0))),
  constraint watch_look_strongest_p_share CHECK (((strongest_p > (0)::double precision) AND (strongest_p <= (1)::double precision)))
);

CREATE INDEX account_opening_account_id ON public.account_opening USING btree (account_id);
CREATE INDEX account_opening_account_name ON public.account_opening USING btree (account_name);
CREATE INDEX account_opening_partner_id ON public.account_opening USING btree (partner_id);
CREATE INDEX account_partner_id ON public.account USING btree (partner_id);
CREATE INDEX alert_act_alert ON public.alert_act USING btree (alert_id, id);
CREATE INDEX alert_operation ON public.alert USING btree (operation_id, id);
CREATE INDEX area_shape ON public.area USING gist (shape);
CREATE INDEX audit_at ON public.audit USING btree (at);
CREATE INDEX audit_person_id ON public.audit USING btree (person, id);
CREATE INDEX audit_refused_id ON public.audit USING btree (id) WHERE (outcome = 'refused'::text);
CREATE INDEX calendar_report_latest ON public.calendar_report USING btree (partner_id, reported_at DESC, id DESC);
CREATE INDEX control_day_day ON public.control_day USING btree (day);
CREATE INDEX event_batch_id ON public.event USING btree (batch_id);
CREATE INDEX event_batch_placed_by ON public.event USING btree (batch_id, placed_by) WHERE (placed_by <> 'point'::text);
CREATE INDEX event_match_merged_into ON public.event_match USING btree (merged_into) WHERE (merged_into IS NOT NULL);
CREATE INDEX event_starts_at_ends_at ON public.event USING btree (starts_at, ends_at);
CREATE INDEX gazetteer_name_gazetteer_id ON public.gazetteer_name USING btree (gazetteer_id);
CREATE INDEX handover_agreement_id ON public.handover USING btree (agreement_id);
CREATE INDEX handover_neighbour ON public.handover USING btree (neighbour, id DESC);
CREATE INDEX neighbour_agreement_neighbour ON public.neighbour_agreement USING btree (neighbour, id DESC);
CREATE INDEX neighbour_total_agreement_id ON public.neighbour_total USING btree (agreement_id);
CREATE INDEX neighbour_total_quarter ON public.neighbour_total USING btree (neighbour, quarter, id DESC);
CREATE INDEX objection_partner_id ON public.objection USING btree (partner_id);
CREATE INDEX occupancy_session ON public.occupancy USING btree (session_id) WHERE (session_id IS NOT NULL);
CREATE INDEX occupancy_window ON public.occupancy USING btree (window_id) WHERE (window_id IS NOT NULL);
CREATE INDEX operation_report_operation_id ON public.operation_report USING btree (operation_id, revision);
CREATE INDEX outreach_session_moved_from ON public.outreach_session USING btree (moved_from_id) WHERE (moved_from_id IS NOT NULL);
CREATE INDEX outreach_session_partner ON public.outreach_session USING btree (partner_id, calendar_key);
CREATE INDEX outreach_session_place ON public.outreach_session USING btree (place_id);
CREATE INDEX partner_device_account_id ON public.partner_device USING btree (account_id);
CREATE INDEX partner_tally_partner_id ON public.partner_tally USING btree (partner_id, id DESC);
CREATE INDEX passkey_account_id ON public.passkey USING btree (account_id);
CREATE INDEX patrol_change_plan ON public.patrol_change USING btree (plan_id, id);
CREATE INDEX patrol_outcome_debrief ON public.patrol_outcome USING btree (debrief_id);
CREATE INDEX patrol_visit_debrief ON public.patrol_visit USING btree (debrief_id) WHERE (debrief_id IS NOT NULL);
CREATE INDEX patrol_visit_starts_at ON public.patrol_visit USING btree (starts_at);
CREATE INDEX patrol_window_starts_at ON public.patrol_window USING btree (starts_at);
CREATE INDEX place_action_pack_id ON public.place_action USING btree (pack_id);
CREATE INDEX place_action_plan_id ON public.place_action USING btree (plan_id);
CREATE INDEX place_feature_layer_id ON public.place_feature USING btree (layer_id);
CREATE INDEX place_plan_comment_partner_id ON public.place_plan_comment USING btree (partner_id);
CREATE INDEX place_plan_comment_plan_id ON public.place_plan_comment USING btree (plan_id, id);
CREATE INDEX place_plan_figure_plan_id ON public.place_plan_figure USING btree (plan_id, id);
CREATE INDEX place_plan_share_partner_id ON public.place_plan_share USING btree (partner_id);
CREATE INDEX police_attended_ends_at ON public.police_attended USING btree (ends_at);
CREATE INDEX position_day_day ON public.position_day USING btree (day);
CREATE INDEX position_dose_day ON public.position_dose USING btree (day, cell);
CREATE INDEX release_objection_draft_id ON public.release_objection USING btree (draft_id);
CREATE INDEX release_objection_partner_id ON public.release_objection USING btree (partner_id);
CREATE INDEX sealed_count_session ON public.sealed_count USING btree (session_id);
CREATE INDEX second_step_account_id ON public.second_step USING btree (account_id);
CREATE INDEX second_step_until ON public.second_step USING btree (until);
CREATE INDEX session_notice_open ON public.session_notice USING btree (told_at) WHERE (confirmed_at IS NULL);
CREATE INDEX session_notice_session ON public.session_notice USING btree (session_id);
CREATE INDEX sign_in_account_id ON public.sign_in USING btree (account_id);
CREATE INDEX sign_in_failure_last_at ON public.sign_in_failure USING btree (last_at);
CREATE INDEX sign_in_partner_device_id ON public.sign_in USING btree (partner_device_id) WHERE (partner_device_id IS NOT NULL);
CREATE INDEX sign_in_source_at ON public.sign_in_source USING btree (at);
CREATE INDEX spent_challenge_until ON public.spent_challenge USING btree (until);
CREATE INDEX staffing_task_task_date ON public.staffing_task USING btree (task_date);
CREATE INDEX watch_look_latest ON public.watch_look USING btree (operation_id, id);
CREATE UNIQUE INDEX authenticator_app_one_confirmed ON public.authenticator_app USING btree (account_id) WHERE (confirmed_at IS NOT NULL);
CREATE UNIQUE INDEX authenticator_app_one_waiting ON public.authenticator_app USING btree (account_id) WHERE (confirmed_at IS NULL);
CREATE UNIQUE INDEX event_removal_one_open ON public.event_removal USING btree ((true)) WHERE (erased_at IS NULL);
CREATE UNIQUE INDEX import_profile_name_unique ON public.import_profile USING btree (lower(name));
CREATE UNIQUE INDEX saved_view_person_name_unique ON public.saved_view USING btree (person, lower(name));
CREATE UNIQUE INDEX second_factor_clearing_one_open ON public.second_factor_clearing USING btree (account_id) WHERE (cleared_at IS NULL);

CREATE OR REPLACE FUNCTION public.account_is_shut(account_number bigint, way text)
 RETURNS boolean
 LANGUAGE sql
 STABLE
AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION public.acting_neighbour()
 RETURNS text
 LANGUAGE sql
 STABLE
AS $function$ select nullif(current_setting('boxster.neighbour', true), '') $function$;

CREATE OR REPLACE FUNCTION public.acting_partner()
 RETURNS text
 LANGUAGE sql
 STABLE
AS $function$ select nullif(current_setting('boxster.partner', true), '') $function$;

CREATE OR REPLACE FUNCTION public.acting_person()
 RETURNS text
 LANGUAGE sql
 STABLE
AS $function$ select nullif(current_setting('boxster.person', true), '') $function$;

CREATE OR REPLACE FUNCTION public.acting_person_is_there()
 RETURNS boolean
 LANGUAGE sql
 STABLE
AS $function$
  select acting_role() = 'operator'
    or not exists (select from account where account.name = acting_person())
    or exists (
      select from sign_in join account on account.id = sign_in.account_id
      where account.name = acting_person()
        and sign_in.fresh_at > clock_timestamp() - interval '6 minutes'
    )
$function$;

CREATE OR REPLACE FUNCTION public.acting_role()
 RETURNS text
 LANGUAGE sql
 STABLE
AS $function$ select nullif(current_setting('boxster.role', true), '') $function$;

CREATE OR REPLACE FUNCTION public.allow(table_name text, verb text, roles text[], rows text DEFAULT 'true'::text, columns text DEFAULT ''::text)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION public.announce()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  perform pg_notify('boxster', tg_table_name);
  return null;
end
$function$;

CREATE OR REPLACE FUNCTION public.announce_opening()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  perform pg_notify('boxster', concat_ws(' ', tg_table_name, new.partner_id));
  return null;
end
$function$;

CREATE OR REPLACE FUNCTION public.announce_partner()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  perform pg_notify('boxster',
    tg_table_name || ' ' || case tg_op when 'DELETE' then old.partner_id else new.partner_id end);
  return null;
end
$function$;

CREATE OR REPLACE FUNCTION public.announce_place_plan()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  perform pg_notify('boxster', 'place_plan');
  return null;
end
$function$;

CREATE OR REPLACE FUNCTION public.announce_police_opening()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  perform pg_notify('boxster', 'police_opening');
  return null;
end
$function$;

CREATE OR REPLACE FUNCTION public.announce_session()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  perform pg_notify('boxster',
    tg_table_name || ' ' || case tg_op when 'DELETE' then old.session_id else new.session_id end);
  return null;
end
$function$;

CREATE OR REPLACE FUNCTION public.ask_second_factor_clearing()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION public.audit_text(entry audit)
 RETURNS text
 LANGUAGE sql
 STABLE
AS $function$
  select json_build_array(
    entry.id::text,
    to_char(entry.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
    entry.person, entry.role, entry.partner, entry.verb, entry.act, entry.purpose,
    entry.outcome, entry.detail::text
  )::text
$function$;

CREATE OR REPLACE FUNCTION public.cells_under(cell bigint)
 RETURNS SETOF bigint
 LANGUAGE sql
 IMMUTABLE
AS $function$
  select cell + (1::bigint << 52) - ((7 - finest)::bigint << 15) from generate_series(0, 6) as finest
$function$;

CREATE OR REPLACE FUNCTION public.cells_whole(parent bigint)
 RETURNS SETOF bigint
 LANGUAGE sql
 IMMUTABLE
AS $function$
  select parent + (1::bigint << 52) - ((7 - finest)::bigint << 18) from generate_series(0, 6) as finest
$function$;

CREATE OR REPLACE FUNCTION public.chain_audit()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION public.chain_release()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare
  draft release_draft;
  last_number integer;
  last_hash bytea;
begin
  -- A restore brings rows as they were, and "boxster release check" verifies the chain.
  if current_user = 'boxster_copier' then
    return new;
  end if;
  perform pg_advisory_xact_lock(7322);
  select * into draft from release_draft where release_draft.id = new.draft_id;
  select release.number, release.hash into last_number, last_hash
  from release order by release.number desc limit 1;
  if draft.id is null or draft.discarded_at is not null then
    raise exception 'this draft is gone'
      using errcode = '23514', constraint = 'release_draft_stands', table = 'release';
  end if;
  -- Every form of a release is made of its content alone: notes on operations, licence lines and mark are in it.
  if draft.content::json -> 'movedNotes' is null or draft.content::json -> 'sources' is null
    or draft.content::json -> 'mark' is null
  then
    raise exception 'this draft does not hold all that a release shows'
      using errcode = '23514', constraint = 'release_draft_whole', table = 'release';
  end if;
  if draft.after_number <> coalesce(last_number, 0) then
    raise exception 'another release was approved since this draft was made'
      using errcode = '23514', constraint = 'release_draft_is_next', table = 'release';
  end if;
  -- One to a draft that never became a release holds every other as well: a draft made anew is no answer to it.
  if exists (
    select from release_objection
    where release_objection.lifted_at is null
      and not exists (select from release where release.draft_id = release_objection.draft_id)
  ) then
    raise exception 'an objection holds this draft'
      using errcode = '23514', constraint = 'release_not_held', table = 'release';
  end if;
  -- Who may hold it needs time to read it. By the database's own clock; the demonstration's stands still.
  if now() < draft.drafted_at + interval '72 hours'
    and not exists (select from setting where setting.key = 'demo')
  then
    raise exception 'this draft can still be objected to'
      using errcode = '23514', constraint = 'release_time_to_object', table = 'release';
  end if;
  new.number := coalesce(last_number, 0) + 1;
  new.content := draft.content;
  new.area_set := draft.area_set;
  new.beside := null;
  new.drafted_by := draft.drafted_by;
  new.previous := coalesce(last_hash, decode(repeat('00', 32), 'hex'));
  new.hash := sha256(new.previous || convert_to(release_text(new), 'UTF8'));
  return new;
end
$function$;

CREATE OR REPLACE FUNCTION public.check_clock_mark()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION public.check_operation_phases()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if exists (
    select from operation_phase
    join operation on operation.operation_id = operation_phase.operation_id
    where operation.operation_id = new.operation_id
      and (
        operation_phase.starts_on < operation.starts_on
        or coalesce(operation_phase.ends_on, operation_phase.starts_on) > operation.ends_on
      )
  ) then
    raise exception 'a phase lies outside its operation'
      using errcode = '23514', constraint = 'operation_phase_inside', table = 'operation_phase';
  end if;
  return null;
end
$function$;

CREATE OR REPLACE FUNCTION public.check_place_lattice()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if new.lattice is null then
    raise exception 'a place is saved by its lattice cells'
      using errcode = '23502', constraint = 'saved_place_lattice_given', table = 'saved_place';
  end if;
  if exists (
    select under.cell
    from unnest(new.lattice) as given (cell), cells_under(given.cell) as under (cell)
    except
    select unnest(new.footprint)
  ) then
    raise exception 'the footprint of a place leaves out a part of its lattice cells'
      using errcode = '23514', constraint = 'saved_place_lattice_inside', table = 'saved_place';
  end if;
  return new;
end
$function$;

CREATE OR REPLACE FUNCTION public.check_recorded_until()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if new.recorded_until > coalesce(old.recorded_until, '-infinity')
    and new.recorded_until > coalesce(clock_mark_at('erased'), '-infinity') - interval '14 days' then
    raise exception 'a visit counts as kept clear for good 14 days after it ended, by the database''s clock'
      using errcode = '23514', constraint = 'outreach_session_recorded_sure', table = 'outreach_session';
  end if;
  return new;
end
$function$;

CREATE OR REPLACE FUNCTION public.check_sealed_date()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if new.sealed_at is null then
    return new;
  end if;
  if old.occurs_on > coalesce(last_erasable_date(), '-infinity') then
    raise exception 'a date is erased 14 days after it, by the database''s clock'
      using errcode = '23514', constraint = tg_table_name || '_over', table = tg_table_name;
  end if;
  new.sealed_at := sure_time();
  return new;
end
$function$;

CREATE OR REPLACE FUNCTION public.check_sealed_session()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if new.sealed_at is null then
    return new;
  end if;
  if last_erasable_date() is null or visits_since(old, last_erasable_date() + 1) then
    raise exception 'a session is erased 14 days after it ended, by the database''s clock'
      using errcode = '23514', constraint = 'outreach_session_over', table = 'outreach_session';
  end if;
  new.sealed_at := sure_time();
  return new;
end
$function$;

CREATE OR REPLACE FUNCTION public.check_tally_basis()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if current_user <> 'boxster_copier'
    and new.breakdown in ('nationality', 'drug_use')
    and new.value is not null
    and (
      select in_force
      from lawful_basis
      where lawful_basis.breakdown = new.breakdown
      order by lawful_basis.id desc
      limit 1
    ) is not true
  then
    raise exception 'no lawful basis is recorded'
      using errcode = 'check_violation', constraint = 'tally_breakdown_basis', table = 'tally';
  end if;
  return new;
end
$function$;

CREATE OR REPLACE FUNCTION public.clock_mark_at(mark text)
 RETURNS timestamp with time zone
 LANGUAGE sql
 STABLE
AS $function$ select at from clock_mark where name = mark $function$;

CREATE OR REPLACE FUNCTION public.confirm_second_factor_clearing()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION public.date_leaving()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  new.asked_at := greatest(clock_timestamp(), clock_mark_at('seen'));
  new.due_at := new.asked_at + interval '24 hours';
  return new;
end
$function$;

CREATE OR REPLACE FUNCTION public.drop_partner_password()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION public.end_account_sessions()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION public.fence(table_name text)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION public.guard_account_opening()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION public.hold_event_references()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  named integer;
begin
  for named in select distinct batch_id from written order by batch_id loop
    perform from batch where id = named for key share;
    if not found then
      raise exception 'there is no batch % for an event', named
        using errcode = '23503', constraint = 'event_batch_id_fkey', table = 'event';
    end if;
  end loop;
  for named in
    select distinct type_code from written where type_code is not null order by type_code
  loop
    perform from event_type where code = named for key share;
    if not found then
      raise exception 'there is no type % for an event', named
        using errcode = '23503', constraint = 'event_type_code_fkey', table = 'event';
    end if;
  end loop;
  return null;
end
$function$;

CREATE OR REPLACE FUNCTION public.hold_patrol_legs()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  judged bigint;
  person_before text := coalesce(current_setting('boxster.person', true), '');
  broken boolean;
begin
  if tg_table_name = 'patrol_window' then
    judged := new.id;
  elsif tg_op = 'DELETE' then
    judged := old.window_id;
  elsif tg_table_name = 'occupancy' then
    judged := old.window_id;
  else
    judged := new.window_id;
  end if;
  perform set_config('boxster.person', coalesce(nullif(person_before, ''), 'the database'), true);
  select exists (
    select from patrol_window
    where patrol_window.id = judged
      and patrol_window.status = 'agreed'
      and exists (select from patrol_leg where patrol_leg.window_id = judged)
      and (
        (select count(*) from patrol_leg where patrol_leg.window_id = judged)
          <> (select count(*) - 1 from patrol_stop where patrol_stop.window_id = judged)
        or exists (
          select from (
            select unnest(patrol_leg.cells) from patrol_leg where patrol_leg.window_id = judged
            union
            select patrol_stop.cell from patrol_stop where patrol_stop.window_id = judged
          ) as walked (cell)
          where not exists (
            select from occupancy
            where occupancy.window_id = judged
              and occupancy.cell = walked.cell
              and occupancy.active
              and occupancy.during @> tstzrange(patrol_window.starts_at, patrol_window.ends_at, '[)')
          )
        )
      )
  ) into broken;
  perform set_config('boxster.person', person_before, true);
  if broken then
    raise exception 'an agreed patrol holds every cell of its ways for all of its time'
      using errcode = '23514', constraint = 'patrol_leg_held', table = 'patrol_leg';
  end if;
  return null;
end
$function$;

CREATE OR REPLACE FUNCTION public.is_demonstration()
 RETURNS boolean
 LANGUAGE sql
 STABLE
AS $function$ select exists (select from setting where key = 'demo') $function$;

CREATE OR REPLACE FUNCTION public.is_police(role text)
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE
AS $function$ select role in ('sergeant', 'analyst') $function$;

CREATE OR REPLACE FUNCTION public.keep_batch_of_events()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  if tg_op = 'UPDATE' then
    if not exists (select id from gone except select id from batch) then
      return null;
    end if;
    perform refuse_old_snapshot();
  end if;
  if exists (select from event where not exists (select from batch where batch.id = event.batch_id)) then
    raise exception 'an event names this batch'
      using errcode = '23503', constraint = 'event_batch_id_fkey', table = 'event';
  end if;
  return null;
end
$function$;

CREATE OR REPLACE FUNCTION public.keep_decided_alerts()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'public'
AS $function$
begin
  if exists (select from alert where operation_id = old.operation_id and state <> 'open') then
    raise exception 'an alert of this operation was decided about'
      using errcode = 'foreign_key_violation', constraint = 'alert_operation_id_fkey', table = 'alert';
  end if;
  return old;
end
$function$;

CREATE OR REPLACE FUNCTION public.keep_held_draft()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if current_user = 'boxster_copier' then
    return new;
  end if;
  perform pg_advisory_xact_lock(7322);
  if exists (
    select from release_objection
    where release_objection.draft_id = new.id and release_objection.lifted_at is null
  ) then
    raise exception 'an objection holds this draft'
      using errcode = '23514', constraint = 'release_draft_held', table = 'release_draft';
  end if;
  return new;
end
$function$;

CREATE OR REPLACE FUNCTION public.keep_longest_span()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if new.longest_minutes < old.longest_minutes then
    raise exception 'the longest span of a batch can only grow'
      using errcode = '23514', constraint = 'batch_longest_minutes_grows', table = 'batch';
  end if;
  return new;
end
$function$;

CREATE OR REPLACE FUNCTION public.keep_reported_counted()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if exists (
    select from event as merged
    join event as kept on kept.id = new.merged_into
    where merged.id = new.event_id and merged.source <> 'police' and kept.source = 'police'
  ) then
    raise exception 'a report must not count through a record of police'
      using errcode = '23514', constraint = 'event_match_reported_counts', table = 'event_match';
  end if;
  return new;
end
$function$;

CREATE OR REPLACE FUNCTION public.keep_tally_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if current_user = 'boxster_copier' then
    return null;
  end if;
  insert into tally_change (tally_id, revision, value, reason, changed_at, changed_by)
  values (new.tally_id, new.revision, new.value, new.reason, new.changed_at, new.changed_by);
  return null;
end
$function$;

CREATE OR REPLACE FUNCTION public.keep_type_of_events()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  if tg_op <> 'TRUNCATE' then
    if not exists (select code from gone except select code from event_type) then
      return null;
    end if;
    perform refuse_old_snapshot();
  end if;
  if exists (
    select from event
    where type_code is not null
      and not exists (select from event_type where event_type.code = event.type_code)
  ) then
    raise exception 'an event has this type'
      using errcode = '23503', constraint = 'event_type_code_fkey', table = 'event';
  end if;
  return null;
end
$function$;

CREATE OR REPLACE FUNCTION public.last_erasable_date()
 RETURNS date
 LANGUAGE sql
 STABLE
AS $function$ select (clock_mark_at('erased') at time zone 'UTC')::date - 13 $function$;

CREATE OR REPLACE FUNCTION public.lattice_fault(lattice bigint[], kind text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE
AS $function$
  select case
    when cardinality(lattice) = 0 then 'there is no cell'
    when lattice <> array(select distinct cell from unnest(lattice) as given (cell) order by 1)
      or array_position(lattice, null) is not null then 'each cell stands once, in order'
    when exists (
      select from unnest(lattice) as given (cell) where (cell >> 59) & 15 <> 1 or (cell >> 52) & 15 <> 9
    ) then 'a cell is not of the lattice'
    when kind = 'circle' and cardinality(lattice) > 1
      and lattice <> array(select whole from cells_whole(parent_cell(lattice[1])) as whole order by 1)
      then 'a place lies in one cell or in the seven under one parent'
    when kind <> 'circle' and exists (
      select from unnest(lattice) as given (cell) group by parent_cell(cell) having count(*) between 2 and 6
    ) then 'a parent of two cells is not whole'
  end
$function$;

CREATE OR REPLACE FUNCTION public.may_decide(opening account_opening)
 RETURNS boolean
 LANGUAGE sql
 STABLE
AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION public.needs_second_person(role text)
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE
AS $function$ select role in ('partner', 'coordinator', 'admin', 'auditor') or is_police(role) $function$;

CREATE OR REPLACE FUNCTION public.note_account_opening()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION public.note_event_span()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  update batch
  set longest_minutes = longest.minutes
  from (
    select batch_id, ceil(max(extract(epoch from ends_at - starts_at)) / 60)::integer as minutes
    from written
    group by batch_id
  ) as longest
  where longest.batch_id = batch.id and longest.minutes > batch.longest_minutes;
  return null;
end
$function$;

CREATE OR REPLACE FUNCTION public.note_link_opening()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION public.note_partner_password()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION public.openers_of(name text)
 RETURNS SETOF text
 LANGUAGE sql
 STABLE
AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION public.order_release_objection()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if current_user = 'boxster_copier' then
    return new;
  end if;
  perform pg_advisory_xact_lock(7322);
  if exists (
    select from release_draft
    where release_draft.id = new.draft_id and release_draft.discarded_at is not null
  ) then
    raise exception 'this draft is gone'
      using errcode = '23514', constraint = 'release_draft_stands', table = 'release_objection';
  end if;
  if exists (select from release where release.draft_id = new.draft_id) then
    raise exception 'this draft is a release'
      using errcode = '23514', constraint = 'release_objection_in_time', table = 'release_objection';
  end if;
  return new;
end
$function$;

CREATE OR REPLACE FUNCTION public.own_partner()
 RETURNS bigint
 LANGUAGE sql
 STABLE
AS $function$ select id from partner where code = acting_partner() $function$;

CREATE OR REPLACE FUNCTION public.parent_cell(cell bigint)
 RETURNS bigint
 LANGUAGE sql
 IMMUTABLE
AS $function$
  select (cell | (7::bigint << 18)) - (1::bigint << 52)
$function$;

CREATE OR REPLACE FUNCTION public.plain_name(name text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
AS $function$
  select regexp_replace(
    name,
    '[\u0001-\u001F\u007F-\u009F\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180B-\u180F\u200B-\u200F\u2028-\u202E\u2060-\u206F\u3164\uFE00-\uFE0F\uFEFF\uFFA0\uFFF0-\uFFFB\U0001D173-\U0001D17A\U000E0000-\U000E0FFF]',
    '', 'g'
  )
$function$;

CREATE OR REPLACE FUNCTION public.refuse_audit_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'the audit chain is append-only'
    using errcode = '42501', constraint = 'audit_append_only', table = 'audit';
end
$function$;

CREATE OR REPLACE FUNCTION public.refuse_early_leaving()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if not exists (
    select from leaving where partner_id = new.id and due_at <= sure_time()
  ) then
    raise exception 'a partner leaves a day after it was asked'
      using errcode = '23514', constraint = 'partner_leaves_a_day_later', table = 'partner';
  end if;
  return new;
end
$function$;

CREATE OR REPLACE FUNCTION public.refuse_moved_place()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'a saved place keeps its lattice cells and its footprint: save a new place instead'
    using errcode = '23514', constraint = 'saved_place_footprint_fixed', table = 'saved_place';
end
$function$;

CREATE OR REPLACE FUNCTION public.refuse_old_snapshot()
 RETURNS void
 LANGUAGE plpgsql
AS $function$
begin
  if current_setting('transaction_isolation') <> 'read committed' then
    raise exception 'batches and types are taken away in a transaction that is read committed'
      using errcode = '0A000';
  end if;
end
$function$;

CREATE OR REPLACE FUNCTION public.refuse_others_factor()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION public.refuse_release_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'a release is never changed'
    using errcode = '42501', constraint = tg_table_name || '_frozen', table = tg_table_name;
end
$function$;

CREATE OR REPLACE FUNCTION public.refuse_unconfirmed()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION public.refuse_unsealed_erasure()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if old.sealed_at is null or old.sealed_at > sure_time() - interval '7 days' then
    raise exception 'what is erased is sealed for 7 days first'
      using errcode = '23514', constraint = tg_table_name || '_sealed_a_week', table = tg_table_name;
  end if;
  return old;
end
$function$;

CREATE OR REPLACE FUNCTION public.refuse_used_again()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION public.release_text(entry release)
 RETURNS text
 LANGUAGE sql
 STABLE
AS $function$
  select concat_ws(
    E'\n', entry.number, to_char(entry.approved_on, 'YYYY-MM-DD'), entry.area_set, entry.content,
    case when entry.beside is null then (
      select string_agg(earlier.beside, E'\n' order by earlier.number)
      from release as earlier
      where earlier.number < entry.number
    ) end
  )
$function$;

CREATE OR REPLACE FUNCTION public.replace_openings(account_number bigint, parts text[])
 RETURNS void
 LANGUAGE sql
AS $function$
  update account_opening set replaced_at = clock_timestamp()
  where account_opening.account_id = account_number and account_opening.opens = any (parts)
    and account_opening.second in ('waits', 'refused') and account_opening.replaced_at is null
$function$;

CREATE OR REPLACE FUNCTION public.stays_closed(starts timestamp without time zone, called_off_at timestamp with time zone)
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE
AS $function$ select starts at time zone 'UTC' - interval '14 hours' <= called_off_at + interval '24 hours' $function$;

CREATE OR REPLACE FUNCTION public.sure_time()
 RETURNS timestamp with time zone
 LANGUAGE sql
AS $function$
  select case
    when clock_timestamp() > clock_mark_at('seen') + interval '3 days' then clock_mark_at('seen')
    else clock_timestamp()
  end
$function$;

CREATE OR REPLACE FUNCTION public.take_away_devices()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if (old.role, old.partner_id) is distinct from (new.role, new.partner_id)
    or (old.disabled_at is null and new.disabled_at is not null)
  then
    delete from device_link where account_id = new.id;
    delete from partner_device where account_id = new.id;
  end if;
  return null;
end
$function$;

CREATE OR REPLACE FUNCTION public.take_events_of_batch()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  if exists (select from gone) then
    perform refuse_old_snapshot();
    delete from event where batch_id in (select id from gone);
  end if;
  return null;
end
$function$;

CREATE OR REPLACE FUNCTION public.visits_since(session outreach_session, since date)
 RETURNS boolean
 LANGUAGE sql
 STABLE
AS $function$
  select case
    when session.repeats = 'weekly' and session.until_date is null and session.ended_at is null then true
    else exists (
      select from generate_series(
        greatest(since, session.first_date)::timestamp,
        least(
          coalesce(session.until_date, case session.repeats when 'once' then session.first_date end),
          -- No later date stays closed.
          (session.ended_at at time zone 'UTC')::date + 2
        ),
        interval '1 day'
      ) as given (day)
      where (
          session.repeats = 'once'
          or extract(isodow from day)::int = any (
            session.weekdays || case session.weekdays
              when '{}' then array[extract(isodow from session.first_date)::int] else '{}' end
          )
          and (date_trunc('week', day)::date - date_trunc('week', session.first_date)::date)
            / 7 % session.every_weeks = 0
        )
        and (session.ended_at is null or stays_closed(day + session.starts_local, session.ended_at))
        and not exists (
          select from session_exception
          where session_exception.session_id = session.id and session_exception.occurs_on = day::date
            and stays_closed(day + session.starts_local, told_at) is not true
        )
    )
  end
$function$;

CREATE OR REPLACE FUNCTION public.what_opens(act text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE
AS $function$
  select case act
    when 'passwords' then 'password'
    when 'secret' then 'password'
    when 'password' then 'password'
    when 'provider' then 'provider'
    when 'link' then 'phone'
    when 'extended' then 'longer'
    else 'account'
  end
$function$;

CREATE OR REPLACE FUNCTION public.write_opening(opened account, what text, by_itself boolean DEFAULT false, last_end timestamp with time zone DEFAULT NULL::timestamp with time zone)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
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
$function$;

CREATE TRIGGER account_announced AFTER UPDATE ON public.account FOR EACH STATEMENT EXECUTE FUNCTION announce();

CREATE TRIGGER account_devices_taken_away AFTER UPDATE ON public.account FOR EACH ROW EXECUTE FUNCTION take_away_devices();

CREATE TRIGGER account_opening_noted AFTER INSERT OR UPDATE ON public.account FOR EACH ROW EXECUTE FUNCTION note_account_opening();

CREATE TRIGGER account_partner_password_dropped BEFORE UPDATE ON public.account FOR EACH ROW EXECUTE FUNCTION drop_partner_password();

CREATE TRIGGER account_partner_password_noted AFTER UPDATE ON public.account FOR EACH ROW WHEN ((old.partner_password IS DISTINCT FROM new.partner_password)) EXECUTE FUNCTION note_partner_password();

CREATE TRIGGER account_sessions_ended BEFORE UPDATE ON public.account FOR EACH ROW EXECUTE FUNCTION end_account_sessions();

CREATE TRIGGER account_opening_announced AFTER INSERT OR UPDATE ON public.account_opening FOR EACH ROW EXECUTE FUNCTION announce_opening();

CREATE TRIGGER account_opening_guarded BEFORE INSERT OR UPDATE ON public.account_opening FOR EACH ROW EXECUTE FUNCTION guard_account_opening();

CREATE TRIGGER police_opening_announced AFTER INSERT OR UPDATE ON public.account_opening FOR EACH ROW WHEN (is_police(new.role)) EXECUTE FUNCTION announce_police_opening();

CREATE TRIGGER alert_announced AFTER INSERT OR DELETE OR UPDATE ON public.alert FOR EACH STATEMENT EXECUTE FUNCTION announce();

CREATE TRIGGER audit_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.audit FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();

CREATE TRIGGER audit_chained BEFORE INSERT ON public.audit FOR EACH ROW EXECUTE FUNCTION chain_audit();

CREATE TRIGGER authenticator_app_counts_once BEFORE UPDATE ON public.authenticator_app FOR EACH ROW EXECUTE FUNCTION refuse_used_again();

CREATE TRIGGER authenticator_app_of_owner_or_two BEFORE INSERT OR DELETE ON public.authenticator_app FOR EACH ROW EXECUTE FUNCTION refuse_others_factor();

CREATE TRIGGER batch_announced AFTER INSERT OR UPDATE ON public.batch FOR EACH STATEMENT EXECUTE FUNCTION announce();

CREATE TRIGGER batch_longest_minutes_grows BEFORE UPDATE OF longest_minutes ON public.batch FOR EACH ROW EXECUTE FUNCTION keep_longest_span();

CREATE TRIGGER batch_of_events_kept AFTER UPDATE ON public.batch REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION keep_batch_of_events();

CREATE TRIGGER batch_of_events_kept_whole AFTER TRUNCATE ON public.batch FOR EACH STATEMENT EXECUTE FUNCTION keep_batch_of_events();

CREATE TRIGGER batch_takes_its_events AFTER DELETE ON public.batch REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION take_events_of_batch();

CREATE TRIGGER calendar_report_announced AFTER INSERT ON public.calendar_report FOR EACH ROW EXECUTE FUNCTION announce_partner();

CREATE TRIGGER clock_mark_checked BEFORE UPDATE ON public.clock_mark FOR EACH ROW WHEN ((CURRENT_USER = ANY (ARRAY['boxster_clerk'::name, 'boxster_system'::name, 'boxster_admin'::name, 'boxster_operator'::name]))) EXECUTE FUNCTION check_clock_mark();

CREATE TRIGGER device_link_opening_noted AFTER INSERT OR DELETE OR UPDATE OF secret_hash ON public.device_link FOR EACH ROW EXECUTE FUNCTION note_link_opening();

CREATE TRIGGER event_references_held AFTER INSERT ON public.event REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION hold_event_references();

CREATE TRIGGER event_references_held_again AFTER UPDATE ON public.event REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION hold_event_references();

CREATE TRIGGER event_span_noted AFTER INSERT ON public.event REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION note_event_span();

CREATE TRIGGER event_span_noted_again AFTER UPDATE ON public.event REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION note_event_span();

CREATE TRIGGER event_match_reported_counts BEFORE INSERT OR UPDATE ON public.event_match FOR EACH ROW EXECUTE FUNCTION keep_reported_counted();

CREATE TRIGGER event_type_of_events_kept AFTER DELETE ON public.event_type REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION keep_type_of_events();

CREATE TRIGGER event_type_of_events_kept_again AFTER UPDATE ON public.event_type REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION keep_type_of_events();

CREATE TRIGGER event_type_of_events_kept_whole AFTER TRUNCATE ON public.event_type FOR EACH STATEMENT EXECUTE FUNCTION keep_type_of_events();

CREATE TRIGGER handover_announced AFTER INSERT OR UPDATE ON public.handover FOR EACH STATEMENT EXECUTE FUNCTION announce();

CREATE TRIGGER leaving_announced AFTER INSERT OR DELETE ON public.leaving FOR EACH ROW EXECUTE FUNCTION announce_partner();

CREATE TRIGGER leaving_dated BEFORE INSERT ON public.leaving FOR EACH ROW WHEN ((CURRENT_USER = 'boxster_partner'::name)) EXECUTE FUNCTION date_leaving();

CREATE TRIGGER meeting_pack_announced AFTER INSERT ON public.meeting_pack FOR EACH STATEMENT EXECUTE FUNCTION announce();

CREATE TRIGGER meeting_series_announced AFTER INSERT ON public.meeting_series FOR EACH STATEMENT EXECUTE FUNCTION announce();

CREATE TRIGGER neighbour_agreement_announced AFTER INSERT ON public.neighbour_agreement FOR EACH STATEMENT EXECUTE FUNCTION announce();

CREATE TRIGGER neighbour_total_announced AFTER INSERT ON public.neighbour_total FOR EACH STATEMENT EXECUTE FUNCTION announce();

CREATE CONSTRAINT TRIGGER patrol_leg_held_in_occupancy AFTER DELETE OR UPDATE ON public.occupancy DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((old.kind = 'patrol'::text)) EXECUTE FUNCTION hold_patrol_legs();

CREATE TRIGGER operation_alerts_kept BEFORE DELETE ON public.operation FOR EACH ROW EXECUTE FUNCTION keep_decided_alerts();

CREATE TRIGGER operation_announced AFTER INSERT OR DELETE OR UPDATE ON public.operation FOR EACH STATEMENT EXECUTE FUNCTION announce();

CREATE TRIGGER operation_phase_inside AFTER UPDATE OF starts_on, ends_on ON public.operation FOR EACH ROW EXECUTE FUNCTION check_operation_phases();

CREATE TRIGGER operation_watched AFTER INSERT OR DELETE OR UPDATE ON public.operation FOR EACH STATEMENT EXECUTE FUNCTION announce();

CREATE TRIGGER operation_phase_inside AFTER INSERT OR UPDATE ON public.operation_phase FOR EACH ROW EXECUTE FUNCTION check_operation_phases();

CREATE TRIGGER outreach_session_announced AFTER INSERT OR DELETE OR UPDATE OF ended_at, recorded_until ON public.outreach_session FOR EACH ROW EXECUTE FUNCTION announce_partner();

CREATE TRIGGER outreach_session_over BEFORE UPDATE OF sealed_at ON public.outreach_session FOR EACH ROW WHEN ((CURRENT_USER = 'boxster_system'::name)) EXECUTE FUNCTION check_sealed_session();

CREATE TRIGGER outreach_session_recorded_sure BEFORE UPDATE OF recorded_until ON public.outreach_session FOR EACH ROW WHEN ((CURRENT_USER = 'boxster_system'::name)) EXECUTE FUNCTION check_recorded_until();

CREATE TRIGGER outreach_session_sealed_a_week BEFORE DELETE ON public.outreach_session FOR EACH ROW WHEN ((CURRENT_USER = 'boxster_system'::name)) EXECUTE FUNCTION refuse_unsealed_erasure();

CREATE TRIGGER outreach_session_sealed_announced AFTER UPDATE OF sealed_at ON public.outreach_session FOR EACH ROW EXECUTE FUNCTION announce_partner();

CREATE TRIGGER partner_leaves_a_day_later BEFORE UPDATE OF left_at ON public.partner FOR EACH ROW WHEN (((old.left_at IS NULL) AND (new.left_at IS NOT NULL))) EXECUTE FUNCTION refuse_early_leaving();

CREATE TRIGGER partner_device_confirmed BEFORE INSERT ON public.partner_device FOR EACH ROW EXECUTE FUNCTION refuse_unconfirmed();

CREATE TRIGGER passkey_counts_once BEFORE UPDATE ON public.passkey FOR EACH ROW EXECUTE FUNCTION refuse_used_again();

CREATE TRIGGER passkey_of_owner_or_two BEFORE INSERT OR DELETE ON public.passkey FOR EACH ROW EXECUTE FUNCTION refuse_others_factor();

CREATE CONSTRAINT TRIGGER patrol_leg_held AFTER INSERT OR UPDATE ON public.patrol_leg DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION hold_patrol_legs();

CREATE TRIGGER patrol_plan_announced AFTER INSERT OR DELETE OR UPDATE ON public.patrol_plan FOR EACH STATEMENT EXECUTE FUNCTION announce();

CREATE CONSTRAINT TRIGGER patrol_leg_held_by_window AFTER INSERT OR UPDATE ON public.patrol_window DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((new.status = 'agreed'::text)) EXECUTE FUNCTION hold_patrol_legs();

CREATE TRIGGER patrol_window_announced AFTER INSERT OR DELETE OR UPDATE ON public.patrol_window FOR EACH STATEMENT EXECUTE FUNCTION announce();

CREATE TRIGGER place_action_announced AFTER INSERT OR UPDATE ON public.place_action FOR EACH STATEMENT EXECUTE FUNCTION announce();

CREATE TRIGGER place_plan_announced AFTER INSERT OR UPDATE ON public.place_plan FOR EACH STATEMENT EXECUTE FUNCTION announce();

CREATE TRIGGER place_plan_comment_announced AFTER INSERT OR DELETE OR UPDATE ON public.place_plan_comment FOR EACH STATEMENT EXECUTE FUNCTION announce();

CREATE TRIGGER place_plan_comment_passed_on AFTER UPDATE OF passed_on ON public.place_plan_comment FOR EACH STATEMENT EXECUTE FUNCTION announce_place_plan();

CREATE TRIGGER place_plan_figure_announced AFTER INSERT OR UPDATE ON public.place_plan_figure FOR EACH STATEMENT EXECUTE FUNCTION announce();

CREATE TRIGGER place_plan_share_announced AFTER INSERT OR DELETE ON public.place_plan_share FOR EACH STATEMENT EXECUTE FUNCTION announce();

CREATE TRIGGER police_attended_announced AFTER INSERT OR DELETE ON public.police_attended FOR EACH STATEMENT EXECUTE FUNCTION announce();

CREATE TRIGGER police_came_announced AFTER INSERT OR DELETE ON public.police_came FOR EACH ROW EXECUTE FUNCTION announce_session();

CREATE TRIGGER police_came_over BEFORE UPDATE OF sealed_at ON public.police_came FOR EACH ROW WHEN ((CURRENT_USER = 'boxster_system'::name)) EXECUTE FUNCTION check_sealed_date();

CREATE TRIGGER police_came_sealed_a_week BEFORE DELETE ON public.police_came FOR EACH ROW WHEN ((CURRENT_USER = 'boxster_system'::name)) EXECUTE FUNCTION refuse_unsealed_erasure();

CREATE TRIGGER recovery_code_counts_once BEFORE UPDATE ON public.recovery_code FOR EACH ROW EXECUTE FUNCTION refuse_used_again();

CREATE TRIGGER recovery_code_of_owner_or_two BEFORE INSERT OR DELETE ON public.recovery_code FOR EACH ROW EXECUTE FUNCTION refuse_others_factor();

CREATE TRIGGER release_announced AFTER INSERT ON public.release FOR EACH STATEMENT EXECUTE FUNCTION announce();

CREATE TRIGGER release_chained BEFORE INSERT ON public.release FOR EACH ROW EXECUTE FUNCTION chain_release();

CREATE TRIGGER release_frozen BEFORE DELETE OR UPDATE OR TRUNCATE ON public.release FOR EACH STATEMENT EXECUTE FUNCTION refuse_release_change();

CREATE TRIGGER release_draft_announced AFTER INSERT OR UPDATE ON public.release_draft FOR EACH STATEMENT EXECUTE FUNCTION announce();

CREATE TRIGGER release_draft_frozen BEFORE UPDATE OF id, content, area_set, after_number, drafted_on, drafted_at, drafted_by ON public.release_draft FOR EACH STATEMENT EXECUTE FUNCTION refuse_release_change();

CREATE TRIGGER release_draft_held BEFORE UPDATE OF discarded_at ON public.release_draft FOR EACH ROW EXECUTE FUNCTION keep_held_draft();

CREATE TRIGGER release_draft_kept BEFORE DELETE OR TRUNCATE ON public.release_draft FOR EACH STATEMENT EXECUTE FUNCTION refuse_release_change();

CREATE TRIGGER release_objection_announced AFTER INSERT OR DELETE OR UPDATE ON public.release_objection FOR EACH STATEMENT EXECUTE FUNCTION announce();

CREATE TRIGGER release_objection_ordered BEFORE INSERT ON public.release_objection FOR EACH ROW EXECUTE FUNCTION order_release_objection();

CREATE TRIGGER release_withdrawal_announced AFTER INSERT ON public.release_withdrawal FOR EACH STATEMENT EXECUTE FUNCTION announce();

CREATE TRIGGER release_withdrawal_frozen BEFORE DELETE OR UPDATE OR TRUNCATE ON public.release_withdrawal FOR EACH STATEMENT EXECUTE FUNCTION refuse_release_change();

CREATE TRIGGER saved_place_announced AFTER INSERT OR DELETE OR UPDATE ON public.saved_place FOR EACH ROW EXECUTE FUNCTION announce_partner();

CREATE TRIGGER saved_place_footprint_fixed BEFORE UPDATE ON public.saved_place FOR EACH ROW WHEN (((old.footprint IS DISTINCT FROM new.footprint) OR (old.lattice IS DISTINCT FROM new.lattice) OR (old.class_m IS DISTINCT FROM new.class_m) OR (old.kind IS DISTINCT FROM new.kind))) EXECUTE FUNCTION refuse_moved_place();

CREATE TRIGGER saved_place_lattice_checked BEFORE INSERT ON public.saved_place FOR EACH ROW WHEN ((CURRENT_USER <> 'boxster_copier'::name)) EXECUTE FUNCTION check_place_lattice();

CREATE TRIGGER second_factor_clearing_asked BEFORE INSERT ON public.second_factor_clearing FOR EACH ROW EXECUTE FUNCTION ask_second_factor_clearing();

CREATE TRIGGER second_factor_clearing_confirmed BEFORE UPDATE ON public.second_factor_clearing FOR EACH ROW EXECUTE FUNCTION confirm_second_factor_clearing();

CREATE TRIGGER session_exception_announced AFTER INSERT OR DELETE ON public.session_exception FOR EACH ROW EXECUTE FUNCTION announce_session();

CREATE TRIGGER session_exception_over BEFORE UPDATE OF sealed_at ON public.session_exception FOR EACH ROW WHEN ((CURRENT_USER = 'boxster_system'::name)) EXECUTE FUNCTION check_sealed_date();

CREATE TRIGGER session_exception_sealed_a_week BEFORE DELETE ON public.session_exception FOR EACH ROW WHEN ((CURRENT_USER = 'boxster_system'::name)) EXECUTE FUNCTION refuse_unsealed_erasure();

CREATE TRIGGER session_notice_announced AFTER INSERT OR DELETE OR UPDATE ON public.session_notice FOR EACH ROW EXECUTE FUNCTION announce_session();

CREATE TRIGGER sign_in_announced AFTER DELETE OR UPDATE OF locked_at, token_hash ON public.sign_in FOR EACH STATEMENT EXECUTE FUNCTION announce();

CREATE TRIGGER sign_in_confirmed BEFORE INSERT ON public.sign_in FOR EACH ROW WHEN ((new.account_id IS NOT NULL)) EXECUTE FUNCTION refuse_unconfirmed();

CREATE TRIGGER tally_announced AFTER INSERT OR UPDATE ON public.tally FOR EACH STATEMENT EXECUTE FUNCTION announce();

CREATE TRIGGER tally_basis BEFORE INSERT OR UPDATE OF breakdown, value ON public.tally FOR EACH ROW EXECUTE FUNCTION check_tally_basis();

CREATE TRIGGER tally_kept AFTER INSERT OR UPDATE OF value, revision ON public.tally FOR EACH ROW EXECUTE FUNCTION keep_tally_change();

CREATE TRIGGER watch_look_announced AFTER INSERT ON public.watch_look FOR EACH STATEMENT EXECUTE FUNCTION announce();

-- account: all by copier
--   where true
-- account: insert by admin, operator
-- account: select by admin, auditor, gate, operator
-- account: update by admin, gate, operator
-- account_opening: all by copier
--   where true
-- account_opening: delete by keeper
-- account_opening: insert by admin, gate, operator
-- account_opening: select by admin, auditor, gate, keeper, operator
-- account_opening: select by partner
--   where ((partner_id = ( SELECT own_partner() AS own_partner)))
-- account_opening: select by sergeant
--   where (is_police(role))
-- account_opening: select by coordinator
--   where (needs_second_person(role))
-- account_opening: update by admin, gate, operator
-- alert: all by copier
--   where true
-- alert: insert by system
-- alert: select by analyst, operator, sergeant, system
-- alert: update by analyst, sergeant, system
-- alert_act: all by copier
--   where true
-- alert_act: insert by system
-- alert_act: insert by analyst, sergeant
--   where (((act = ANY (ARRAY['acknowledged'::text, 'handed_over'::text, 'closed'::text])) AND (acted_by = ( SELECT acting_person() AS acting_person))))
-- alert_act: select by analyst, operator, sergeant, system
-- area: all by copier
--   where true
-- area: delete by operator, system
-- area: delete by analyst
--   where ((kind = ANY (ARRAY['ward'::text, 'lsoa'::text, 'beat'::text])))
-- area: insert by operator, system
-- area: insert by analyst
--   where ((kind = ANY (ARRAY['ward'::text, 'lsoa'::text, 'beat'::text])))
-- area: select by admin, analyst, auditor, coordinator, keeper, liaison, operator, partner, presenter, publisher, sergeant, system
-- area: update by operator, system
-- area: update by analyst
--   where ((kind = ANY (ARRAY['borough'::text, 'neighbour'::text])))
-- audit: all by copier
--   where true
-- audit: insert by clerk
-- audit: select by auditor, clerk, operator
-- audit: select by admin, analyst, coordinator, liaison, partner, presenter, sergeant
--   where (((person = ( SELECT acting_person() AS acting_person)) AND (role <> ALL (ARRAY['operator'::text, 'system'::text]))))
-- authenticator_app: all by copier
--   where true
-- authenticator_app: delete by gate
-- authenticator_app: insert by gate
-- authenticator_app: select by admin, auditor, gate, operator
-- authenticator_app: update by gate
-- batch: all by copier
--   where true
-- batch: insert by analyst, operator
-- batch: select by analyst, operator, publisher, sergeant, system
-- batch: update by analyst, operator
-- batch_quality: all by copier
--   where true
-- batch_quality: insert by analyst, operator
-- batch_quality: select by analyst, operator, sergeant
-- boundary_set: all by copier
--   where true
-- boundary_set: delete by analyst, operator, system
-- boundary_set: insert by analyst, operator
-- boundary_set: select by analyst, operator, system
-- calendar_reminder: all by copier
--   where true
-- calendar_reminder: delete by keeper
-- calendar_reminder: insert by coordinator
-- calendar_reminder: select by auditor, coordinator, keeper
-- calendar_reminder: select by partner
--   where ((partner_id = ( SELECT own_partner() AS own_partner)))
-- calendar_reminder: update by coordinator
-- calendar_report: all by copier
--   where true
-- calendar_report: delete by keeper
-- calendar_report: insert by operator
-- calendar_report: insert by partner
--   where ((partner_id = ( SELECT own_partner() AS own_partner)))
-- calendar_report: select by coordinator, keeper, operator
-- calendar_report: select by partner
--   where ((partner_id = ( SELECT own_partner() AS own_partner)))
-- call_count: all by copier
--   where true
-- call_count: delete by gate
-- call_count: insert by gate
-- call_count: select by gate
-- call_count: update by gate
-- clock_mark: all by copier
--   where true
-- clock_mark: select by admin, clerk, keeper, operator, partner, system
-- clock_mark: update by clerk
--   where ((name = 'seen'::text))
-- clock_mark: update by system
--   where ((name = ANY (ARRAY['seen'::text, 'erased'::text])))
-- clock_mark: update by admin, operator
--   where ((name = ANY (ARRAY['seen'::text, 'said'::text])))
-- comparison_key: all by copier
--   where true
-- comparison_key: insert by keeper
-- comparison_key: select by keeper
-- control_day: all by copier
--   where true
-- control_day: insert by keeper
-- control_day: select by keeper
-- control_day: select by analyst, auditor
--   where (((week + 7) <= ((now() AT TIME ZONE 'Europe/London'::text))::date))
-- control_draw: all by copier
--   where true
-- control_draw: insert by keeper
-- control_draw: select by keeper, sergeant
-- control_draw: select by analyst, auditor
--   where (((week + 7) <= ((now() AT TIME ZONE 'Europe/London'::text))::date))
-- device_link: all by copier
--   where true
-- device_link: delete by admin, gate, operator
-- device_link: insert by gate
-- device_link: select by admin, gate, operator
-- device_link: update by gate
-- edge_figure: all by copier
--   where true
-- edge_figure: insert by publisher
-- edge_figure: select by publisher
-- edge_line: all by copier
--   where true
-- edge_line: delete by analyst, operator, system
-- edge_line: insert by analyst, operator, system
-- edge_line: select by admin, analyst, auditor, coordinator, keeper, liaison, operator, partner, presenter, publisher, sergeant, system
-- edge_line: update by operator, system
-- event: all by copier
--   where true
-- event: delete by system
-- event: delete by analyst, operator
--   where ((batch_id IN ( SELECT batch.id FROM batch WHERE (batch.undone_at IS NOT NULL))))
-- event: delete by system
--   where (ends_at < ( SELECT (max((event_removal.before + 1)))::timestamp with time zone AS max FROM event_removal WHERE ((event_removal.erased_at IS NULL) AND (event_removal.due_at <= clock_mark_at('erased'::text)))))
-- event: insert by analyst, operator
-- event: select by analyst, operator, sergeant, system
-- event: select by publisher
--   where ((source = ANY (ARRAY['resident'::text, 'partner'::text])))
-- event: update by analyst, operator
-- event_match: all by copier
--   where true
-- event_match: delete by analyst, operator
-- event_match: insert by analyst, operator
-- event_match: select by analyst, operator, publisher, sergeant, system
-- event_removal: all by copier
--   where true
-- event_removal: delete by system
-- event_removal: insert by system
-- event_removal: select by admin, analyst, auditor, operator, publisher, sergeant, system
-- event_removal: update by system
-- event_type: all by copier
--   where true
-- event_type: delete by analyst, operator, system
-- event_type: insert by analyst, operator
-- event_type: select by analyst, operator, sergeant, system
-- footprint_view: all by copier
--   where true
-- footprint_view: delete by keeper, system
-- footprint_view: insert by keeper
-- footprint_view: select by keeper, system
-- footprint_view: select by partner
--   where ((partner_id = ( SELECT own_partner() AS own_partner)))
-- footprint_view: update by keeper
-- footprint_viewer: all by copier
--   where true
-- footprint_viewer: delete by keeper, system
-- footprint_viewer: insert by keeper
-- footprint_viewer: select by keeper, system
-- gazetteer: all by copier
--   where true
-- gazetteer: delete by analyst, operator
-- gazetteer: insert by analyst, operator
-- gazetteer: select by analyst, operator, system
-- gazetteer_name: all by copier
--   where true
-- gazetteer_name: insert by analyst, operator
-- gazetteer_name: select by analyst, operator, system
-- gazetteer_name: select by partner
--   where ((kind = 'postcode'::text))
-- handover: all by copier
--   where true
-- handover: insert by analyst, sergeant
--   where (((handed_by = ( SELECT acting_person() AS acting_person)) AND (told_outreach_at IS NULL) AND (acknowledged_at IS NULL)))
-- handover: select by analyst, sergeant
-- handover: select by liaison
--   where (((neighbour = ( SELECT acting_neighbour() AS acting_neighbour)) AND (told_outreach_at IS NOT NULL)))
-- handover: update by liaison
--   where (((neighbour = ( SELECT acting_neighbour() AS acting_neighbour)) AND (told_outreach_at IS NOT NULL)))
-- handover: update by analyst, sergeant
--   where ((told_outreach_at IS NULL) AND (handed_by <> ( SELECT acting_person() AS acting_person)))
-- harm_weights: all by copier
--   where true
-- harm_weights: insert by analyst, operator
-- harm_weights: select by analyst, operator, sergeant
-- import_profile: all by copier
--   where true
-- import_profile: delete by analyst, operator
-- import_profile: insert by analyst, operator
-- import_profile: select by analyst, operator
-- import_profile: update by analyst, operator
-- kept_clear: all by copier
--   where true
-- kept_clear: insert by keeper
-- kept_clear: select by keeper
-- kept_clear: select by partner
--   where ((partner_id = ( SELECT own_partner() AS own_partner)))
-- kept_clear: update by keeper
-- lawful_basis: all by copier
--   where true
-- lawful_basis: insert by admin
--   where ((recorded_by = ( SELECT acting_person() AS acting_person)))
-- lawful_basis: select by admin, analyst, auditor, operator, sergeant
-- leaving: all by copier
--   where true
-- leaving: delete by keeper
-- leaving: delete by partner
--   where ((partner_id = ( SELECT own_partner() AS own_partner)))
-- leaving: insert by partner
--   where ((partner_id = ( SELECT own_partner() AS own_partner)))
-- leaving: select by auditor, coordinator, keeper, system
-- leaving: select by partner
--   where ((partner_id = ( SELECT own_partner() AS own_partner)))
-- meeting_pack: all by copier
--   where true
-- meeting_pack: insert by analyst, coordinator, operator, sergeant
-- meeting_pack: select by analyst, auditor, coordinator, operator, sergeant
-- meeting_series: all by copier
--   where true
-- meeting_series: insert by analyst, coordinator, operator, sergeant
-- meeting_series: select by analyst, auditor, coordinator, operator, sergeant
-- migration: all by copier
--   where true
-- migration: select by system
-- named_place: all by copier
--   where true
-- named_place: delete by operator, system
-- named_place: insert by operator, system
-- named_place: select by admin, analyst, auditor, coordinator, keeper, liaison, operator, partner, presenter, publisher, sergeant, system
-- named_place: update by operator, system
-- neighbour_agreement: all by copier
--   where true
-- neighbour_agreement: insert by analyst, operator
--   where ((entered_by = ( SELECT acting_person() AS acting_person)))
-- neighbour_agreement: select by analyst, operator, sergeant
-- neighbour_agreement: select by liaison
--   where ((neighbour = ( SELECT acting_neighbour() AS acting_neighbour)))
-- neighbour_question: all by copier
--   where true
-- neighbour_question: insert by keeper
-- neighbour_question: select by keeper
-- neighbour_question: update by keeper
-- neighbour_total: all by copier
--   where true
-- neighbour_total: insert by liaison
--   where (((neighbour = ( SELECT acting_neighbour() AS acting_neighbour)) AND (given_by = ( SELECT acting_person() AS acting_person))))
-- neighbour_total: insert by operator
--   where ((given_by = ( SELECT acting_person() AS acting_person)))
-- neighbour_total: select by analyst, operator, sergeant
-- neighbour_total: select by liaison
--   where ((neighbour = ( SELECT acting_neighbour() AS acting_neighbour)))
-- objection: all by copier
--   where true
-- objection: delete by keeper, system
-- objection: insert by partner
--   where ((partner_id = ( SELECT own_partner() AS own_partner)))
-- objection: select by auditor, coordinator, keeper, system
-- objection: select by partner
--   where ((partner_id = ( SELECT own_partner() AS own_partner)))
-- objection: update by coordinator
-- occupancy: all by copier
--   where true
-- occupancy: delete by keeper
-- occupancy: delete by system
--   where (((kind = 'protected'::text) AND (upper(during) <= (( SELECT clock_mark_at('erased'::text) AS clock_mark_at) - '14 days'::interval))))
-- occupancy: insert by keeper
-- occupancy: select by keeper
-- occupancy: select by system
--   where ((kind = 'protected'::text))
-- occupancy: update by keeper
-- operation: all by copier
--   where true
-- operation: delete by analyst, operator, sergeant
-- operation: insert by analyst, operator, sergeant
-- operation: select by analyst, operator, publisher, sergeant
-- operation: update by analyst, operator, sergeant
-- operation_cell: all by copier
--   where true
-- operation_cell: delete by analyst, operator, sergeant
-- operation_cell: insert by analyst, operator, sergeant
-- operation_cell: select by analyst, operator, publisher, sergeant
-- operation_phase: all by copier
--   where true
-- operation_phase: delete by analyst, operator, sergeant
-- operation_phase: insert by analyst, operator, sergeant
-- operation_phase: select by analyst, operator, publisher, sergeant
-- operation_report: all by copier
--   where true
-- operation_report: insert by analyst, operator, sergeant
-- operation_report: select by analyst, operator, sergeant
-- operation_revision: all by copier
--   where true
-- operation_revision: insert by analyst, operator, sergeant
-- operation_revision: select by analyst, operator, sergeant
-- outreach_session: all by keeper, operator, partner
--   where (sealed_at IS NULL)
-- outreach_session: all by copier
--   where true
-- outreach_session: delete by keeper, operator, system
-- outreach_session: insert by operator
-- outreach_session: insert by partner
--   where ((partner_id = ( SELECT own_partner() AS own_partner)))
-- outreach_session: select by keeper, operator, system
-- outreach_session: select by partner
--   where ((partner_id = ( SELECT own_partner() AS own_partner)))
-- outreach_session: update by keeper, operator, system
-- outreach_session: update by partner
--   where ((partner_id = ( SELECT own_partner() AS own_partner)))
-- partner: all by copier
--   where true
-- partner: insert by admin, operator
-- partner: select by admin, auditor, coordinator, gate, keeper, operator, system
-- partner: select by partner
--   where ((code = ( SELECT acting_partner() AS acting_partner)))
-- partner: update by keeper, operator
-- partner: update by partner
--   where ((code = ( SELECT acting_partner() AS acting_partner)))
-- partner_device: all by copier
--   where true
-- partner_device: delete by admin, gate, operator
-- partner_device: insert by gate
-- partner_device: select by admin, auditor, gate, operator
-- partner_device: update by gate
-- partner_tally: all by copier
--   where true
-- partner_tally: delete by keeper
-- partner_tally: insert by partner
--   where ((partner_id = ( SELECT own_partner() AS own_partner)))
-- partner_tally: select by keeper
-- partner_tally: select by partner
--   where ((partner_id = ( SELECT own_partner() AS own_partner)))
-- passkey: all by copier
--   where true
-- passkey: delete by gate
-- passkey: insert by gate
-- passkey: select by admin, auditor, gate, operator
-- passkey: update by gate
-- patrol_change: all by copier
--   where true
-- patrol_change: insert by operator, sergeant
-- patrol_change: select by operator, sergeant
-- patrol_debrief: all by copier
--   where true
-- patrol_debrief: delete by sergeant
-- patrol_debrief: insert by sergeant
-- patrol_debrief: select by operator, sergeant
-- patrol_leg: all by copier
--   where true
-- patrol_leg: delete by operator, sergeant
-- patrol_leg: insert by operator, sergeant
-- patrol_leg: select by keeper, operator, sergeant
-- patrol_leg: select by analyst, auditor
--   where (false)
-- patrol_leg: update by operator, sergeant
-- patrol_outcome: all by copier
--   where true
-- patrol_outcome: delete by sergeant
-- patrol_outcome: insert by sergeant
-- patrol_outcome: select by operator, sergeant
-- patrol_plan: all by copier
--   where true
-- patrol_plan: delete by operator, sergeant
--   where (((status = 'suggested'::text) AND (created_by = ( SELECT acting_person() AS acting_person))))
-- patrol_plan: insert by operator, sergeant
-- patrol_plan: select by analyst, auditor, keeper, operator, sergeant
-- patrol_plan: update by keeper, operator, sergeant
-- patrol_stop: all by copier
--   where true
-- patrol_stop: delete by operator, sergeant
-- patrol_stop: insert by operator, sergeant
-- patrol_stop: select by keeper, operator, sergeant
-- patrol_stop: select by analyst, auditor
--   where ((EXISTS ( SELECT FROM patrol_window WHERE (patrol_window.id = patrol_stop.window_id))))
-- patrol_stop: update by operator, sergeant
-- patrol_visit: all by copier
--   where true
-- patrol_visit: delete by operator, sergeant
-- patrol_visit: insert by operator, sergeant
-- patrol_visit: select by analyst, operator, sergeant
-- patrol_window: all by copier
--   where true
-- patrol_window: insert by operator, sergeant
-- patrol_window: select by keeper, operator, sergeant
-- patrol_window: select by analyst, auditor
--   where ((status = 'agreed'::text))
-- patrol_window: update by keeper, operator, sergeant
-- place_action: all by copier
--   where true
-- place_action: insert by analyst, coordinator, operator, sergeant
-- place_action: select by analyst, auditor, coordinator, operator, sergeant
-- place_action: update by coordinator, operator
-- place_action: update by analyst, sergeant
--   where ((owner = 'neighbourhood_policing'::text))
-- place_feature: all by copier
--   where true
-- place_feature: insert by analyst, operator
-- place_feature: select by analyst, operator, sergeant
-- place_layer: all by copier
--   where true
-- place_layer: delete by analyst, operator
-- place_layer: insert by analyst, operator
-- place_layer: select by analyst, operator, sergeant
-- place_plan: all by copier
--   where true
-- place_plan: insert by analyst, operator, sergeant
-- place_plan: select by analyst, auditor, coordinator, operator, sergeant
-- place_plan: select by partner
--   where ((EXISTS ( SELECT FROM place_plan_share WHERE (place_plan_share.plan_id = place_plan.id))))
-- place_plan: update by analyst, operator, sergeant
-- place_plan_comment: all by copier
--   where true
-- place_plan_comment: delete by keeper
-- place_plan_comment: insert by partner
--   where (((partner_id = ( SELECT own_partner() AS own_partner)) AND (EXISTS ( SELECT FROM place_plan_share WHERE (place_plan_share.plan_id = place_plan_comment.plan_id))) AND (passed_on IS NULL)))
-- place_plan_comment: select by auditor, coordinator, keeper
-- place_plan_comment: select by partner
--   where ((partner_id = ( SELECT own_partner() AS own_partner)))
-- place_plan_comment: select by analyst, operator, sergeant
--   where ((passed_on IS NOT NULL))
-- place_plan_comment: update by coordinator
-- place_plan_figure: all by copier
--   where true
-- place_plan_figure: insert by analyst, operator, sergeant
-- place_plan_figure: select by analyst, operator, sergeant
-- place_plan_figure: update by analyst, sergeant
-- place_plan_revision: all by copier
--   where true
-- place_plan_revision: insert by analyst, operator, sergeant
-- place_plan_revision: select by analyst, auditor, coordinator, operator, sergeant
-- place_plan_share: all by copier
--   where true
-- place_plan_share: delete by coordinator, keeper
-- place_plan_share: insert by coordinator
-- place_plan_share: select by auditor, coordinator, keeper
-- place_plan_share: select by partner
--   where ((partner_id = ( SELECT own_partner() AS own_partner)))
-- police_attended: all by copier
--   where true
-- police_attended: delete by sergeant, system
-- police_attended: insert by sergeant
-- police_attended: select by keeper, sergeant, system
-- police_came: all by keeper, operator, partner
--   where (sealed_at IS NULL)
-- police_came: all by copier
--   where true
-- police_came: delete by system
-- police_came: delete by partner
--   where ((EXISTS ( SELECT FROM outreach_session WHERE (outreach_session.id = police_came.session_id))))
-- police_came: insert by partner
--   where ((EXISTS ( SELECT FROM outreach_session WHERE (outreach_session.id = police_came.session_id))))
-- police_came: select by keeper, system
-- police_came: select by partner
--   where ((EXISTS ( SELECT FROM outreach_session WHERE (outreach_session.id = police_came.session_id))))
-- police_came: update by keeper, system
-- position_day: all by copier
--   where true
-- position_day: delete by operator, system
-- position_day: insert by operator
-- position_day: select by analyst, operator, sergeant, system
-- position_dose: all by copier
--   where true
-- position_dose: delete by operator, system
-- position_dose: insert by operator
-- position_dose: select by analyst, operator, sergeant, system
-- position_import: all by copier
--   where true
-- position_import: delete by operator, system
-- position_import: insert by operator
-- position_import: select by operator, system
-- recovery_code: all by copier
--   where true
-- recovery_code: delete by gate
-- recovery_code: insert by gate
-- recovery_code: select by gate
-- recovery_code: update by gate
-- release: all by copier
--   where true
-- release: insert by auditor, operator
--   where ((approved_by = ( SELECT acting_person() AS acting_person)))
-- release: select by analyst, auditor, coordinator, operator, partner, public
-- release_draft: all by copier
--   where true
-- release_draft: insert by analyst, operator
--   where (((drafted_by = ( SELECT acting_person() AS acting_person)) AND (discarded_at IS NULL)))
-- release_draft: select by analyst, auditor, coordinator, operator, partner
-- release_draft: update by analyst, operator
-- release_objection: all by copier
--   where true
-- release_objection: delete by keeper
-- release_objection: insert by coordinator
--   where (((by_role = 'coordinator'::text) AND (objected_by = ( SELECT acting_person() AS acting_person)) AND (lifted_at IS NULL)))
-- release_objection: insert by operator
--   where (((by_role = 'operator'::text) AND (objected_by = ( SELECT acting_person() AS acting_person)) AND (lifted_at IS NULL)))
-- release_objection: insert by partner
--   where (((partner_id = ( SELECT own_partner() AS own_partner)) AND (objected_by = ( SELECT acting_person() AS acting_person)) AND (lifted_at IS NULL)))
-- release_objection: select by analyst, auditor, coordinator, keeper, operator
-- release_objection: select by partner
--   where ((partner_id = ( SELECT own_partner() AS own_partner)))
-- release_objection: update by coordinator
--   where ((by_role = 'coordinator'::text))
-- release_objection: update by operator
--   where ((by_role = 'operator'::text))
-- release_objection: update by partner
--   where ((partner_id = ( SELECT own_partner() AS own_partner)))
-- release_withdrawal: all by copier
--   where true
-- release_withdrawal: insert by analyst, auditor, operator
--   where ((withdrawn_by = ( SELECT acting_person() AS acting_person)))
-- release_withdrawal: select by analyst, auditor, operator, public
-- road: all by copier
--   where true
-- road: delete by operator, system
-- road: insert by operator, system
-- road: select by admin, analyst, auditor, coordinator, keeper, liaison, operator, partner, presenter, publisher, sergeant, system
-- road: update by operator, system
-- saved_place: all by copier
--   where true
-- saved_place: delete by keeper, system
-- saved_place: delete by partner
--   where ((partner_id = ( SELECT own_partner() AS own_partner)))
-- saved_place: delete by system
--   where (EXISTS ( SELECT FROM partner WHERE ((partner.id = saved_place.partner_id) AND ((partner.left_at + '72:00:00'::interval) <= sure_time()))))
-- saved_place: insert by operator
-- saved_place: insert by partner
--   where ((partner_id = ( SELECT own_partner() AS own_partner)))
-- saved_place: select by keeper, operator, system
-- saved_place: select by partner
--   where ((partner_id = ( SELECT own_partner() AS own_partner)))
-- saved_place: update by keeper
-- saved_place: update by partner
--   where ((partner_id = ( SELECT own_partner() AS own_partner)))
-- saved_view: all by copier
--   where true
-- saved_view: delete by analyst, sergeant
--   where ((person = ( SELECT acting_person() AS acting_person)))
-- saved_view: insert by analyst, sergeant
--   where ((person = ( SELECT acting_person() AS acting_person)))
-- saved_view: select by analyst, sergeant
--   where (((person = ( SELECT acting_person() AS acting_person)) OR is_shared))
-- saved_view: update by analyst, sergeant
--   where ((person = ( SELECT acting_person() AS acting_person)))
-- sealed_count: all by copier
--   where true
-- sealed_count: delete by system
-- sealed_count: insert by system
-- sealed_count: select by system
-- second_factor_clearing: all by copier
--   where true
-- second_factor_clearing: delete by admin, auditor, coordinator, operator
--   where ((cleared_at IS NULL))
-- second_factor_clearing: insert by admin, operator
-- second_factor_clearing: select by admin, auditor, coordinator, gate, operator
-- second_factor_clearing: update by admin, auditor, coordinator, gate
-- second_step: all by copier
--   where true
-- second_step: delete by gate
-- second_step: insert by gate
-- second_step: select by gate
-- second_word: all by copier
--   where true
-- second_word: insert by operator
-- second_word: insert by partner
--   where ((EXISTS ( SELECT FROM outreach_session WHERE (outreach_session.id = second_word.session_id))))
-- second_word: select by keeper, operator
-- second_word: select by partner
--   where ((EXISTS ( SELECT FROM outreach_session WHERE (outreach_session.id = second_word.session_id))))
-- second_word: update by partner
--   where ((EXISTS ( SELECT FROM outreach_session WHERE (outreach_session.id = second_word.session_id))))
-- session_exception: all by keeper, operator, partner
--   where (sealed_at IS NULL)
-- session_exception: all by copier
--   where true
-- session_exception: delete by operator, system
-- session_exception: delete by partner
--   where ((EXISTS ( SELECT FROM outreach_session WHERE (outreach_session.id = session_exception.session_id))))
-- session_exception: insert by operator
-- session_exception: insert by partner
--   where ((EXISTS ( SELECT FROM outreach_session WHERE (outreach_session.id = session_exception.session_id))))
-- session_exception: select by keeper, operator, system
-- session_exception: select by partner
--   where ((EXISTS ( SELECT FROM outreach_session WHERE (outreach_session.id = session_exception.session_id))))
-- session_exception: update by system
-- session_notice: all by copier
--   where true
-- session_notice: delete by system
-- session_notice: insert by keeper
-- session_notice: select by keeper, system
-- session_notice: select by partner
--   where ((EXISTS ( SELECT FROM outreach_session WHERE (outreach_session.id = session_notice.session_id))))
-- session_notice: update by keeper
-- setting: all by copier
--   where true
-- setting: insert by operator, system
-- setting: insert by analyst
--   where ((key = 'forecast-choice'::text))
-- setting: insert by admin
--   where ((key = ANY (ARRAY['local-passwords'::text, 'second-factor-for-police'::text, 'police-contact'::text])))
-- setting: select by admin, auditor, operator, system
-- setting: select by clerk
--   where ((key = 'demo'::text))
-- setting: select by analyst, sergeant
--   where ((key = 'forecast-choice'::text))
-- setting: select by gate
--   where ((key = ANY (ARRAY['local-passwords'::text, 'second-factor-for-police'::text, 'police-contact'::text])))
-- setting: update by operator, system
-- setting: update by analyst
--   where ((key = 'forecast-choice'::text))
-- setting: update by admin
--   where ((key = ANY (ARRAY['local-passwords'::text, 'second-factor-for-police'::text, 'police-contact'::text])))
-- sheet_issue: all by copier
--   where true
-- sheet_issue: insert by operator, sergeant
-- sheet_issue: select by keeper, operator, sergeant
-- sign_in: all by copier
--   where true
-- sign_in: delete by gate
-- sign_in: insert by gate
-- sign_in: select by gate
-- sign_in: update by gate
-- sign_in_failure: all by copier
--   where true
-- sign_in_failure: delete by gate
-- sign_in_failure: insert by gate
-- sign_in_failure: select by gate
-- sign_in_failure: update by gate
-- sign_in_source: all by copier
--   where true
-- sign_in_source: delete by system
-- sign_in_source: insert by clerk
-- sign_in_source: select by auditor, system
-- spent_challenge: all by copier
--   where true
-- spent_challenge: delete by gate
-- spent_challenge: insert by gate
-- spent_challenge: select by gate
-- staffing_core: all by copier
--   where true
-- staffing_core: delete by operator, sergeant
-- staffing_core: insert by operator, sergeant
-- staffing_core: select by operator, sergeant
-- staffing_duty: all by copier
--   where true
-- staffing_duty: delete by operator, sergeant
-- staffing_duty: insert by operator, sergeant
-- staffing_duty: select by operator, sergeant
-- staffing_task: all by copier
--   where true
-- staffing_task: delete by operator, sergeant
-- staffing_task: insert by operator, sergeant
-- staffing_task: select by operator, sergeant
-- tally: all by copier
--   where true
-- tally: insert by analyst, operator
-- tally: select by analyst, auditor, operator, sergeant, system
-- tally: update by analyst, operator
-- tally_change: all by copier
--   where true
-- tally_change: insert by analyst, operator
-- tally_change: select by analyst, auditor, operator, sergeant
-- watch_look: all by copier
--   where true
-- watch_look: insert by system
-- watch_look: select by analyst, operator, sergeant, system
-- account: insert of created_at, expires_at, name, neighbour, oidc_name, partner_id, role, shown_name by admin, operator
-- account: select of created_at, disabled_at, epoch, expires_at, has_password, id, name, neighbour, oidc_issuer, oidc_name, oidc_subject, partner_id, partner_password, password_set_at, role, setup_until, shown_name by admin, auditor, operator
-- account: update of disabled_at, expires_at, neighbour, oidc_name, partner_id, partner_password, role, shown_name by admin, operator
-- account: update of disabled_at, oidc_issuer, oidc_name, oidc_subject, openings_seen_at, password_hash, password_set_at, setup_hash, setup_until, shown_name by gate
-- account_opening: insert of account_id, account_name, act, partner_id, role, second, shuts_from by admin, gate, operator
-- account_opening: select of account_id, account_name, act, asked_at, asked_role, decided_at, decided_role, due_at, id, key, opens, partner_id, replaced_at, role, second by partner
-- account_opening: update of replaced_at by admin, operator
-- account_opening: update of replaced_at, second by gate
-- alert: update of handed_neighbour, handed_role, state by analyst, sergeant
-- area: update of shape by analyst
-- authenticator_app: insert of account_id, sealed_secret by gate
-- authenticator_app: select of account_id, confirmed_at by admin, auditor, operator
-- authenticator_app: update of confirmed_at, last_step, last_used_at by gate
-- batch: select of id, imported_at, longest_minutes, months, outside_count, profile, row_count, undone_at by sergeant
-- batch: select of id, imported_at, longest_minutes, months, profile, undone_at by system
-- batch: select of id, longest_minutes, months, profile, undone_at by publisher
-- calendar_reminder: select of partner_id by keeper
-- calendar_report: select of id, partner_id, paused_until, reported_at, state by coordinator
-- clock_mark: update of at by admin, clerk, operator, system
-- control_draw: select of days_per_place, drawn_at, place_count, seed, week by analyst, auditor
-- control_draw: select of days_per_place, place_count, week by sergeant
-- device_link: select of account_id, until by admin, operator
-- event: select of batch_id, category, cell, ends_at, id, kind, segment, source, starts_at, streets, type_code, ward by sergeant
-- event: select of batch_id, ends_at, id, kind, source, starts_at, type_code by system
-- event: select of category, cell, ends_at, id, kind, source, starts_at, ward by publisher
-- event: update of segment, streets, ward by operator
-- event: update of ward by analyst
-- event_match: select of event_id, id, merged_into by publisher, sergeant, system
-- event_removal: select of erased_at, id by publisher, sergeant
-- event_removal: update of erased_at, erased_count by system
-- footprint_view: select of alias, day, partner_id by system
-- footprint_viewer: select of alias, partner_id by system
-- gazetteer: select of format, id by system
-- gazetteer_name: select of at, cell, id, kind, name, reach_m by system
-- gazetteer_name: select of cell, id, kind, name by partner
-- handover: select of acknowledged_at, handed_at, id, neighbour, period, told_outreach_at, words by liaison
-- handover: update of acknowledged_at, acknowledged_by by liaison
-- handover: update of told_outreach_at, told_outreach_by by analyst, sergeant
-- leaving: select of due_at, partner_id by auditor, coordinator
-- objection: select of about, answered_at, id, key, partner_id, raised_at by auditor
-- objection: select of answered_at, id by system
-- objection: select of id, partner_id by keeper
-- objection: update of answer, answered_at, answered_by by coordinator
-- occupancy: select of during, kind by system
-- outreach_session: select of id, partner_id, recorded_until, sealed_at by system
-- outreach_session: update of calendar_key, closed_until by keeper
-- outreach_session: update of recorded_until, sealed_at by system
-- partner: select of code, created_at, id, left_at, name by admin, auditor, coordinator
-- partner: select of code, id, left_at by system
-- partner: select of code, id, left_at, name by gate
-- partner: update of calendar_known_until by operator, partner
-- partner: update of calendar_known_until, code, left_at, name by keeper
-- partner_device: select of account_id, id, kind, last_used_at, made_at by admin, auditor, operator
-- passkey: insert of account_id, counter, credential_id, name, public_key by gate
-- passkey: select of account_id by admin, auditor, operator
-- passkey: update of counter, last_used_at by gate
-- patrol_plan: update of revision by keeper
-- patrol_window: update of closed_at, ends_at, status by keeper
-- place_plan: select of changed_at, changed_by, created_at, id, is_for_meeting, name, response_diversion, response_enforcement, response_partners, response_place, result, review_on, revision, state, stop_rule by auditor, coordinator
-- place_plan: select of id, name, response_diversion, response_enforcement, response_partners, response_place, review_on, state by partner
-- place_plan_comment: select of id, key, partner_id, passed_on, plan_id, said_at by auditor
-- place_plan_comment: select of key, passed_on, plan_id, words by analyst, operator, sergeant
-- place_plan_comment: select of partner_id, said_at by keeper
-- place_plan_comment: update of passed_on by coordinator
-- place_plan_figure: update of removed_at by analyst, sergeant
-- place_plan_revision: select of act, changed_at, changed_by, plan_id, revision by auditor, coordinator
-- police_attended: select of ends_at, id by system
-- police_came: select of occurs_on, sealed_at, session_id by system
-- police_came: update of read_at, read_by by keeper
-- police_came: update of sealed_at by system
-- recovery_code: insert of account_id, code_hash by gate
-- recovery_code: update of used_at by gate
-- release: select of approved_on, area_set, beside, content, draft_id, hash, number, previous by public
-- release: select of draft_id, number by coordinator, partner
-- release_draft: select of after_number, content, discarded_at, drafted_at, drafted_on, id by partner
-- release_draft: update of discarded_at, discarded_by by analyst, operator
-- release_objection: select of by_role, draft_id, id, lifted_at, objected_at by analyst, auditor, operator
-- release_objection: select of by_role, draft_id, id, lifted_at, objected_at, objected_by, reason by coordinator
-- release_objection: update of lifted_at by coordinator, operator, partner
-- release_withdrawal: select of notice, number, withdrawn_on by public
-- saved_place: select of footprint, id, key, partner_id, saved_at by keeper
-- saved_place: select of id, partner_id by system
-- saved_place: update of label by keeper, partner
-- second_factor_clearing: insert of account_id by admin, operator
-- second_factor_clearing: update of confirmed_by by admin, auditor, coordinator
-- second_factor_clearing: update of told_at by gate
-- second_word: update of confirmed_at, confirmed_by by partner
-- session_exception: select of occurs_on, sealed_at, session_id, told_at by system
-- session_exception: update of sealed_at by system
-- session_notice: select of id, told_at by system
-- tally: select of breakdown, measure, part, period_from, period_to, tally_id, value by system
