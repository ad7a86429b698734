-- Row-level security by tenant. The settings are made for one transaction by Database.asTenant and asPlatform;
-- outside of them nothing is seen.
create function may_see(tenant text) returns boolean
    language sql stable parallel safe
    return tenant = current_setting('sampan.tenant', true) or current_setting('sampan.scope', true) = 'platform';

-- To be called in a room's migration for each of its tables that has a tenant_id.
create function protect(protected regclass) returns void
    language plpgsql as
$$
begin
    execute format('alter table %s alter column tenant_id set not null', protected);
    execute format('alter table %s enable row level security', protected);
    execute format('alter table %s force row level security', protected);
    execute format('create policy tenant on %s using (database.may_see(tenant_id)) '
                   'with check (database.may_see(tenant_id))', protected);
end
$$;

revoke all on function protect(regclass) from public;
