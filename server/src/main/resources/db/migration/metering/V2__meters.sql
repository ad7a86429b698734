-- Calls of language models are counted in tokens: the prompt (in the supplier's cache or not) and the answer.
alter table usage
    add column input bigint not null default 0 check (input >= 0),
    add column cached_input bigint not null default 0 check (cached_input >= 0),
    add column output bigint not null default 0 check (output >= 0),
    -- Who answered when it was no model of ours, what that cost, and who says how much was used.
    add column supplier text collate "C",
    add column cost_nanos bigint check (cost_nanos >= 0),
    add column cost_currency char(3),
    add column source text check (source in ('PROVIDER', 'ESTIMATED')),
    add check ((cost_nanos is null) = (cost_currency is null)),
    add check ((supplier is null) = (source is null));
-- An answer of no tokens is a call all the same.
alter table usage drop constraint usage_units_check, add check (units >= 0);
