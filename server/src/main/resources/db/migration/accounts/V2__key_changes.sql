-- Every node asks for keys changed since the last number it saw. A number drawn under a lock that is held until the
-- commit becomes visible after all smaller ones, so none is ever overlooked, however long a node was cut off.
create sequence key_change;

drop index api_key_changed;
alter table api_key drop column changed_at;
alter table api_key add column changed bigint not null default 0;
update api_key set changed = nextval('accounts.key_change');
alter table api_key alter column changed drop default;
create index api_key_changed on api_key (changed);

create function number_change() returns trigger
    language plpgsql as
$$
begin
    perform pg_advisory_xact_lock('accounts.api_key'::regclass::oid::bigint);
    new.changed := nextval('accounts.key_change');
    return new;
end
$$;
create trigger changed before insert or update of revoked_at on api_key
    for each row execute function number_change();
