-- A plan keeps its ways when the streets that they follow are removed or replaced, and with them whose data those are.

alter table patrol_leg add column attribution text null;
comment on column patrol_leg.attribution is
  'Whom the streets of its line ask to be named, as they were then; null for nobody, and for ways from before this was kept.';
