-- A price may have other rates for prompts of so many tokens and more.
alter table rate add column from_prompt bigint not null default 0 check (from_prompt >= 0);
alter table rate drop constraint rate_pkey, add primary key (version, from_prompt, meter);
alter table rate alter column from_prompt drop default;

-- Which tier of its price a line goes by, and which fund has paid it; null: the wallet.
alter table invoice_line
    add column from_prompt bigint not null default 0,
    add column fund text collate "C";
alter table invoice_line alter column from_prompt drop default;
