-- What one of each meter costs in a version of a price.
create table rate (
    version text collate "C" not null references price,
    meter   text collate "C" not null,
    nanos   bigint not null check (nanos >= 0),
    primary key (version, meter)
);
insert into rate (version, meter, nanos) select version, 'unit', nanos from price;
revoke update, delete on rate from sampan_app;
alter table price drop column nanos;

alter table invoice_line add column meter text collate "C" not null default 'unit';
alter table invoice_line alter column meter drop default;
