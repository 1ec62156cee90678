-- An auditor asks by day and for refusals; the other questions go by person (0009) or along the chain.
create index audit_at on audit (at);
create index audit_refused_id on audit (id) where outcome = 'refused';
