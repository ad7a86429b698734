-- An alias may be taken away; that too is a move, to nowhere.
ALTER TABLE catalog.alias_move ALTER COLUMN moved_to DROP NOT NULL;
