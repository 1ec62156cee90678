-- The number that partners phone while police have not confirmed: set by an administrator, read as a partner's session is described.

drop policy setting_select_gate on setting;
drop policy setting_insert_admin on setting;
drop policy setting_update_admin on setting;
select allow(
  'setting', 'select', '{gate}',
  'key in (''local-passwords'', ''second-factor-for-police'', ''police-contact'')'
);
select allow(
  'setting', verb, '{admin}',
  'key in (''local-passwords'', ''second-factor-for-police'', ''police-contact'')'
)
from unnest(array['insert', 'update']) as verbs (verb);
